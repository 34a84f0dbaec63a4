// Search through everything.

let index = null;

// A title that is a description of the compilers stands in square brackets.
function titleOf(r) {
  return r.descriptive ? `[${r.title}]` : r.title;
}

function entries() {
  const all = [];
  const add = (kind, title, go, ...texts) => all.push({ kind, title, go, text: fold([title, ...texts].filter(Boolean).join(" ")) });
  for (const p of partners) add("Partnership", p.name, { open: p.id }, p.id, p.iso, p.title, p.heading, ...p.signatories.flatMap((s) => [s.name, s.office]), ...p.milestones.flatMap((m) => [m.event, m.place, m.note]));
  for (const a of areas) add("Area", `${a.number} ${a.title}`, { open: `/${a.id}` }, a.text, a.definition, ...a.includes, ...a.excludes);
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

function showResults() {
  index ??= entries();
  const words = fold(state.search).split(/\s+/).filter(Boolean);
  const found = words.length ? index.filter((entry) => words.every((w) => entry.text.includes(w))) : [];
  $("result-count").textContent = words.length === 0 ? "Type into the box at the top of the page."
    : found.length > MOST ? `${found.length} results; the first ${MOST} are shown.` : found.length ? `${count(found.length, "result")}.` : "Nothing found; try fewer or shorter words.";
  $("results").replaceChildren(...found.slice(0, MOST).map((entry) => h("li", {},
    h("button", { type: "button", onclick: () => change(entry.go) }, entry.title), h("span", { class: "small" }, ` ${entry.kind}`))));
}
