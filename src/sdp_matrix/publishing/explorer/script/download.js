// Download: what is shown, as csv.

const TABLES = {
  matrix: () => areaTable(shown.areas, shown.partners),
  compare: () => areaTable(areas, comparedIds().map((id) => partnerOf.get(id))),
  statements: () => [["verdict", "statement", "reference", "place"], ...shownStatements().map((s) => [s.verdict, s.paraphrase, s.reference, s.locator])],
  search: () => [["kind", "result", "partner", "status"], ...results().flatMap(([kind, list]) => list.flatMap(({ title, area, cells }) =>
    (cells ? cells.map(({ p }) => [kind, title, p.id, STATUS[p.status[area.index]].id]) : [[kind, title, "", ""]])))],
};

/** Areas by partners, as `matrix -f csv` has them. */
function areaTable(list, chosen) {
  return [["number", "area_id", "area", ...chosen.map((p) => p.id)],
    ...list.map((a) => [a.number, a.id, a.title, ...chosen.map((p) => STATUS[p.status[a.index]].id)])];
}

/** A text that a spreadsheet would take for a formula gets a sign before it. */
function field(value) {
  const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function download() {
  const name = searched().length ? "search" : state.view;
  const text = TABLES[name]().map((row) => row.map(field).join(",")).join("\r\n");
  const address = URL.createObjectURL(new Blob([`${text}\r\n`], { type: "text/csv" }));
  h("a", { href: address, download: `sdp-${name}.csv` }).click();
  URL.revokeObjectURL(address);
  announce("What is shown was downloaded.");
}
