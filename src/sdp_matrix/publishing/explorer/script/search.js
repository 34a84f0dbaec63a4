// Search: partnerships, areas with their marks, statements and references.

const searched = () => fold(state.search).split(/\s+/).filter(Boolean);
const MOST = 100;
let index = null;

/** What can be found, by kind; each cell of an area has a text of its own beside that of the area. */
function entries() {
  const text = (...texts) => fold(texts.flat(2).filter(Boolean).join(" "));
  const cited = (id) => [data.references[id]?.publisher, data.references[id]?.title];
  const names = (p) => [p.id, p.name, p.heading, p.short, p.iso, p.aliases];
  const cell = (p, a) => ({ p, text: text(names(p), STATUS[p.status[a.index]].words, GRADE[p.grade[a.index]].words, p.cells[a.id]?.note,
    p.cells[a.id]?.evidence.flatMap((e) => [e.note, e.locator, ...cited(e.reference)])) });
  return {
    partnership: partners.map((p) => ({ title: p.name, go: { open: p.id }, text: text(names(p), p.title, p.signatories.flatMap((s) => [s.name, s.office]),
      p.milestones.flatMap((m) => [m.event, m.place, m.note]), p.mechanisms.flatMap((m) => [m.kind, m.text])) })),
    area: areas.map((a) => ({ title: `${a.number} ${a.title}`, go: { open: `/${a.id}` }, area: a, text: text(a.text, a.definition, a.includes, a.excludes), cells: partners.map((p) => cell(p, a)) })),
    statement: data.statements.map((s) => ({ title: s.paraphrase, go: { view: "statements", verdict: s.verdict, search: "" }, text: text(s.paraphrase, s.note, cited(s.reference)) })),
    reference: Object.entries(data.references).map(([id, r]) => ({ title: `${r.publisher}: ${titleOf(r)}`, go: { open: `@${id}` }, text: text(id, cited(id), r.note) })),
  };
}

/** Entries with all words by kind; an area stays with those of its cells in which, or in the area, all words are. */
function results() {
  index ??= entries();
  const words = searched();
  const has = (...texts) => words.every((word) => texts.some((text) => text.includes(word)));
  const kept = (entry) => (entry.cells ? { ...entry, cells: entry.cells.filter((cell) => has(entry.text, cell.text)) } : entry);
  return Object.entries(index).map(([kind, list]) => [kind, list.map(kept).filter((entry) => (entry.cells ? entry.cells.length : has(entry.text)))])
    .filter(([, list]) => list.length);
}

function showResults() {
  const lists = results();
  $("result-count").textContent = lists.length ? `${listed(lists.map(([kind, list]) => count(list.length, kind)))}.` : "Nothing found; try fewer or shorter words.";
  $("result-list").replaceChildren(...lists.flatMap(([kind, list]) => [h("h3", {}, `${capital(kind)}s`), h("ul", { class: "results" },
    list.slice(0, MOST).map(resultLine), list.length > MOST ? h("li", {}, `… and ${list.length - MOST} more`) : null)]));
}

function resultLine({ title, go, area, cells }) {
  return h("li", {}, h("button", { type: "button", class: "inline", onclick: () => change(go) }, title),
    cells ? h("p", { class: "strip" }, cells.slice(0, MOST).map(({ p }) => cellButton(p, area))) : null);
}

/** A mark with a name, of its partner or of its area, which opens its evidence. */
function cellButton(p, a, name = p.name) {
  const status = STATUS[p.status[a.index]];
  const contested = GRADE[p.grade[a.index]].id === "contested";
  return h("button", { type: "button", class: `tint-${status.id}`, "aria-haspopup": "dialog", onclick: () => change({ open: `${p.id}/${a.id}` }) },
    h("span", { class: contested ? "grade-contested" : "" }, `${status.mark} ${name}`), h("span", { class: "for-readers" }, `: ${status.words}${contested ? ", contested" : ""}, ${name === a.label ? p.name : a.label}`));
}
