// The matrix: what the filters leave of it.

const pool = () => (state.all ? partners : partners.filter((p) => p.in_table));
const inTime = (p) => !state.asof || (p.date !== null && p.date <= state.asof);
const columns = () => pool().filter((p) => inTime(p) && (!state.group || p.groups.includes(state.group)));

const fits = (s, g, status = state.status, grade = state.grade) => (!status || STATUS[s].id === status) && (!grade || GRADE[g].id === grade);

const grid = $("grid");
const region = $("region");
/** What the filters leave, in order. */
let shown = { partners: [], areas: [] };
/** The part of it that is drawn: all of it, or what can be seen of a large matrix. */
let drawn = { top: 0, bottom: 0, left: 0, right: 0, lead: 0 };
/** Where the keyboard is: row -1 holds the partners, column -1 the areas. */
let active = { row: 0, column: 0 };
let printing = false;
/** Of a large data set only the part is drawn that can be seen. */
const LARGE = partners.length * areas.length > 2000;

function showMatrix() {
  const opened = state.open.split("/");
  const [partner, area] = [partnerOf.get(opened[0]) ?? shown.partners[active.column], areaOf.get(opened[1]) ?? shown.areas[active.row]];
  const focused = grid.contains(document.activeElement);
  const list = columns();
  shown = { partners: list, areas: areas.filter((a) => list.some((p) => fits(p.status[a.index], p.grade[a.index]))) };
  active = {
    row: active.row < 0 ? -1 : Math.max(shown.areas.indexOf(area), 0),
    column: active.column < 0 ? -1 : Math.max(shown.partners.indexOf(partner), 0),
  };
  const empty = shown.areas.length === 0;
  region.hidden = empty;
  $("nothing").hidden = !empty;
  sift();
  showFrame();
  showCounts();
  if (empty) grid.replaceChildren();
  else draw(focused);
}

/** Pale what the filters of cells leave out. */
function sift() {
  grid.classList.toggle("sifted", Boolean(state.status || state.grade));
  patterns.forEach((row, s) => row.forEach((cell, g) => cell.classList.toggle("pale", !fits(s, g))));
}

/** Title, caveat and source of what is shown. */
function showFrame() {
  const newer = shown.partners.some((p) => !p.in_table);
  const frame = data.frames[!newer ? "table" : shown.partners.some((p) => p.in_table) ? "all" : "newer"];
  const day = inWords(state.asof);
  $("title").textContent = day ? `${frame.title}, as of ${day}` : frame.title;
  $("caveat").textContent = frame.caveat;
  $("source").textContent = `Source: ${frame.source}${day ? ` As of ${day}: marks as coded in ${data.edition}.` : ""}`;
}

/** How much is shown, and beside each choice of a filter how much it would leave. */
function showCounts() {
  const tally = STATUS.map(() => GRADE.map(() => 0));
  for (const p of shown.partners) areas.forEach((a) => { tally[p.status[a.index]][p.grade[a.index]] += 1; });
  const cells = (status, grade) => tally.flatMap((row, s) => row.filter((_, g) => fits(s, g, status, grade))).reduce((sum, n) => sum + n, 0);
  const label = (id, number) => {
    for (const option of $(id).options) if (option.value) option.textContent = `${option.dataset.words} (${number(option.value)})`;
  };
  label("group", (group) => pool().filter((p) => inTime(p) && p.groups.includes(group)).length);
  label("status", (status) => cells(status, state.grade));
  label("grade", (grade) => cells(state.status, grade));
  const fitting = state.status || state.grade ? `; ${count(cells(), "cell fits", "cells fit")}, the others are pale` : "";
  $("count").textContent = `${count(shown.areas.length, "area")} by ${count(shown.partners.length, "partnership")}${fitting}.`;
}
