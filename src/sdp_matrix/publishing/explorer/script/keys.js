// Moving through the grid by keyboard, mouse and scrolling.

const headRow = () => grid.tHead.rows[data.header.length];
const rowAt = (row) => (row < 0 ? headRow() : grid.tBodies[0].rows[row - drawn.top + (drawn.top ? 1 : 0)]);
const cellAt = (row, column) => rowAt(row).cells[column < 0 ? 0 : 1 + drawn.lead + column - drawn.left];
const isDrawn = ({ row, column }) =>
  (row < 0 || (row >= drawn.top && row < drawn.bottom)) && (column < 0 || (column >= drawn.left && column < drawn.right));

/** Make one cell the one that Tab reaches; scroll to it unless told not to. */
function activate(row, column, focus, reveal = true) {
  grid.querySelector("[tabindex]")?.removeAttribute("tabindex");
  grid.removeAttribute("tabindex");
  active = { row, column: row < 0 ? Math.max(column, 0) : column };
  if (!isDrawn(active) && reveal) scrollTo(active);
  if (!isDrawn(active)) {
    // Scrolled out of sight: the grid itself takes the keys until the cell is asked for again.
    grid.tabIndex = 0;
    if (focus) grid.focus({ preventScroll: true });
    return;
  }
  const cell = cellAt(active.row, active.column);
  cell.tabIndex = 0;
  if (focus) cell.focus({ preventScroll: !reveal });
}

function scrollTo({ row, column }) {
  if (row >= 0) region.scrollTop = (row - 2) * pixels("--row");
  if (column >= 0) region.scrollLeft = (column - 2) * pixels("--cell");
  draw(false);
}

function onGridKey(event) {
  const { row, column } = active;
  const bottom = shown.areas.length - 1;
  const last = shown.partners.length - 1;
  const far = event.ctrlKey || event.metaKey;
  const moves = {
    ArrowUp: () => [Math.max(row - 1, column < 0 ? 0 : -1), column],
    ArrowDown: () => [Math.min(row + 1, bottom), column],
    ArrowLeft: () => [row, Math.max(column - 1, row < 0 ? 0 : -1)],
    ArrowRight: () => [row, Math.min(column + 1, last)],
    Home: () => [far ? 0 : row, row < 0 && !far ? 0 : -1],
    End: () => [far ? bottom : row, last],
    PageUp: () => [Math.max(row - 10, 0), column],
    PageDown: () => [Math.min(row + 10, bottom), column],
  };
  if (moves[event.key]) activate(...moves[event.key](), true);
  else if (event.key === " " && row < 0) toggleCompared(shown.partners[column].id);
  else if (event.key === "Enter" || event.key === " ") openCell();
  else return;
  event.preventDefault();
}

function openCell() {
  const partner = shown.partners[active.column]?.id ?? "";
  const area = shown.areas[active.row]?.id;
  change({ open: area ? `${partner}/${area}` : partner });
}

function onGridClick(event) {
  const cell = event.target.closest("tbody td[data-s], tbody th, .name");
  if (!cell) return;
  const row = cell.closest("tbody") ? cell.parentNode.sectionRowIndex - (drawn.top ? 1 : 0) + drawn.top : -1;
  const column = cell.cellIndex === 0 ? -1 : cell.cellIndex - 1 - drawn.lead + drawn.left;
  activate(row, column, true, false);
  openCell();
}

let waiting = false;

/** Draw the next part of a large matrix once what can be seen leaves the part that is drawn. */
function onScroll() {
  if (waiting || !isLarge()) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const seen = extent();
    if (["top", "bottom", "left", "right"].some((side) => Math.abs(seen[side] - drawn[side]) > 2)) draw(grid.contains(document.activeElement));
  });
}
