// Search through everything.

let index = null;

function entries() {
  const all = [];
  const add = (kind, title, go, ...texts) => all.push({ kind, title, go, text: fold([title, ...texts].filter(Boolean).join(" ")) });
  for (const p of partners) add("Partnership", p.name, { open: p.id }, p.id, p.iso, p.title, p.heading, ...p.signatories.flatMap((s) => [s.name, s.office]), ...p.milestones.flatMap((m) => [m.event, m.place, m.note]));
  for (const a of areas) add("Area", `${a.number} ${a.title}`, { open: `/${a.id}` }, a.text, a.definition, ...a.includes, ...a.excludes);
  for (const [id, r] of Object.entries(data.references)) add("Reference", `${r.publisher}: ${titleOf(r)}`, { open: `@${id}` }, id, r.note);
  for (const s of data.statements) add("Statement", s.paraphrase, { view: "statements", verdict: s.verdict }, s.note, cited(s.reference));
  for (const p of partners) {
    for (const [id, cell] of Object.entries(p.cells)) {
      add("Evidence", `${p.name}: ${areaOf.get(id).label}`, { open: `${p.id}/${id}` }, cell.note, cell.grade, ...cell.evidence.flatMap((e) => [e.note, e.locator, cited(e.reference)]));
    }
  }
  return all;
}

function cited(id) {
  const r = data.references[id];
  return r ? `${r.publisher} ${r.title}` : id;
}

const MOST = 100;

const searched = () => fold(state.search).split(/\s+/).filter(Boolean);

function results() {
  index ??= entries();
  const words = searched();
  return words.length ? index.filter((entry) => words.every((w) => entry.text.includes(w))) : [];
}

function showResults() {
  const [words, found] = [searched(), results()];
  $("result-count").textContent = words.length === 0 ? "Type into the box at the top of the page."
    : found.length > MOST ? `${found.length} results; the first ${MOST} are shown.` : found.length ? `${count(found.length, "result")}.` : "Nothing found; try fewer or shorter words.";
  $("results").replaceChildren(...found.slice(0, MOST).map((entry) => h("li", {},
    h("button", { type: "button", onclick: () => change(entry.go) }, entry.title), h("span", { class: "small" }, ` ${entry.kind}`))));
}
