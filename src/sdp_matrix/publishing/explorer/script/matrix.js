// The matrix: what the filters leave of it.

const pool = () => (state.all ? partners : partners.filter((p) => p.in_table));
const inTime = (p) => !state.asof || (p.date !== null && p.date <= state.asof);
const columns = () => pool().filter((p) => inTime(p) && (!state.group || p.groups.includes(state.group)));

/** Stops of the slider: each day on which a partnership was added. */
const stops = () => [...new Set(pool().map((p) => p.date).filter(Boolean))].sort();

function fits(p, index) {
  return (!state.status || STATUS[p.status[index]].id === state.status) && (!state.grade || GRADE[p.grade[index]].id === state.grade);
}

function rowsOf(shown) {
  return state.status || state.grade ? areas.filter((a) => shown.some((p) => fits(p, a.index))) : areas;
}

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
  const [partner, area] = [shown.partners[active.column], shown.areas[active.row]];
  const focused = grid.contains(document.activeElement);
  const chosen = columns();
  shown = { partners: chosen, areas: rowsOf(chosen) };
  active = {
    row: active.row < 0 ? -1 : Math.max(shown.areas.indexOf(area), 0),
    column: active.column < 0 ? -1 : Math.max(shown.partners.indexOf(partner), 0),
  };
  const empty = chosen.length === 0 || shown.areas.length === 0;
  region.hidden = empty;
  $("nothing").hidden = !empty;
  sift();
  showSlider();
  showCount();
  if (empty) grid.replaceChildren();
  else draw(focused);
}

function showCount() {
  let words = `${count(shown.areas.length, "area")} by ${count(shown.partners.length, "partnership")}`;
  if (state.status || state.grade) {
    const cells = shown.partners.reduce((sum, p) => sum + shown.areas.filter((a) => fits(p, a.index)).length, 0);
    words += `; ${count(cells, "cell fits", "cells fit")}, the others are pale`;
  }
  $("count").textContent = `${words}.`;
}

/** Pale what the filters of cells leave out, and sign grades where they are asked for: the style sheet does it. */
function sift() {
  for (const element of [grid, $("legend")]) element.classList.toggle("graded", Boolean(state.grade));
  grid.classList.toggle("sifted", Boolean(state.status || state.grade));
  grid.dataset.status = state.status;
  grid.dataset.grade = state.grade;
}

function showSlider() {
  const days = stops();
  const slider = $("asof");
  slider.max = Math.max(days.length - 1, 0);
  const index = state.asof ? days.filter((day) => day <= state.asof).length - 1 : days.length - 1;
  slider.value = Math.max(index, 0);
  const words = state.asof ? inWords(state.asof) : "today";
  $("asof-day").textContent = words;
  slider.setAttribute("aria-valuetext", words);
  slider.disabled = days.length < 2;
}
