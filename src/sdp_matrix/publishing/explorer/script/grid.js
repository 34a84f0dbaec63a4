// The grid: the part of the matrix that is drawn, cell by cell.

const isLarge = () => LARGE && !printing;

/** A length of the style sheet, given there in rem, in pixels. */
function pixels(name) {
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return parseFloat(getComputedStyle(region).getPropertyValue(name)) * em;
}

/** The rows and columns around those that can be seen. */
function extent() {
  const all = { top: 0, bottom: shown.areas.length, left: 0, right: shown.partners.length };
  if (!isLarge()) return all;
  const around = (from, length, unit, spare, most) => {
    const first = Math.max(Math.floor(from / unit) - spare, 0);
    return [Math.min(first, most), Math.min(Math.ceil((from + length) / unit) + spare, most)];
  };
  const [top, bottom] = around(region.scrollTop, innerHeight, pixels("--row"), 6, all.bottom);
  const [left, right] = around(region.scrollLeft, innerWidth, pixels("--cell"), 4, all.right);
  return { top, bottom, left, right };
}

function draw(focus) {
  drawn = extent();
  drawn.lead = drawn.left > 0 ? 1 : 0;
  grid.classList.toggle("large", isLarge());
  grid.style.setProperty("width", `calc(var(--first) + ${shown.partners.length} * var(--cell))`);
  const list = shown.partners.slice(drawn.left, drawn.right);
  grid.replaceChildren(widths(list), head(list), body(list));
  if (isLarge()) number();
  region.style.setProperty("--head", `${grid.tHead.offsetHeight}px`);
  markCompared();
  activate(active.row, active.column, focus, false);
}

function widths(list) {
  const column = (cells) => {
    const element = h("col", {});
    element.style.setProperty("width", cells ? `calc(${cells} * var(--cell))` : "var(--first)");
    return element;
  };
  const gaps = [drawn.left, shown.partners.length - drawn.right].map((n) => (n ? column(n) : null));
  return h("colgroup", {}, column(0), gaps[0], list.map(() => column(1)), gaps[1]);
}

/** A row, with a gap at each end where columns are not drawn. */
function line(first, cells) {
  const gap = (n) => (n ? h("td", { "aria-hidden": "true" }) : null);
  return h("tr", {}, first, gap(drawn.left), cells, gap(shown.partners.length - drawn.right));
}

/** Say where the drawn cells stand in the whole. */
function number() {
  const above = grid.tHead.rows.length;
  grid.setAttribute("aria-rowcount", above + shown.areas.length);
  grid.setAttribute("aria-colcount", shown.partners.length + 1);
  [...grid.tHead.rows].forEach((row, i) => row.setAttribute("aria-rowindex", i + 1));
  for (let i = drawn.top; i < drawn.bottom; i += 1) rowAt(i).setAttribute("aria-rowindex", above + i + 1);
  for (const row of [headRow(), ...grid.querySelectorAll("tbody tr:not([aria-hidden])")]) {
    for (let i = drawn.left; i < drawn.right; i += 1) row.cells[1 + drawn.lead + i - drawn.left].setAttribute("aria-colindex", i + 2);
  }
}

function head(list) {
  const rows = data.header.map((titles, i) => spanRow(list, titles, i === 0 ? data.row_heading : ""));
  const names = list.map((p) =>
    h("th", { scope: "col", class: "name", "aria-label": p.name, "aria-selected": "false", title: p.name },
      h("span", { class: "long clamp" }, p.heading), h("span", { class: "short" }, p.short)));
  const days = list.map((p) => h("td", {}, p.date_words, footnote(p, "date")));
  const first = (text) => h("td", { class: "first" }, text);
  return h("thead", {}, rows, line(first("Partner"), names), line(first("Date"), days));
}

/** Adjacent columns under the first heading of the row whose group the partner belongs to. */
function spanRow(list, titles, label) {
  const cells = [];
  let last = null;
  for (const p of list) {
    const heading = titles.find((t) => p.groups.includes(t.group)) ?? null;
    const marker = titles.map((t) => p.marks.get(`group:${t.group}`)).find(Boolean) ?? null;
    if (last && last.heading === heading && last.marker === marker) last.cell.colSpan += 1;
    else {
      last = { heading, marker, cell: h(heading ? "th" : "td", { class: "span", scope: heading ? "colgroup" : null },
        heading && h("span", { class: "long" }, heading.title), heading && h("span", { class: "short" }, heading.short ?? heading.title),
        // A footnote alone would look like a fault.
        !heading && marker ? "–" : null,
        marker && h("sup", {}, `[${marker}]`)) };
      cells.push(last.cell);
    }
  }
  return line(h("td", { class: "first" }, label), cells);
}

function footnote(p, field) {
  const marker = p.marks.get(field);
  return marker ? h("sup", {}, `[${marker}]`) : null;
}

// One cell of each kind is made and copied, which is several times faster.
const patterns = STATUS.map((s) => GRADE.map((g) =>
  h("td", { "data-s": s.id, "data-g": g.id, "aria-label": `${s.words}, ${g.id === "unknown" ? "no evidence" : g.words}` }, s.mark)));

function body(list) {
  const skipped = (rows) => {
    if (!rows) return null;
    const cell = h("td", {});
    cell.style.setProperty("height", `calc(${rows} * var(--row))`);
    return h("tr", { "aria-hidden": "true" }, cell);
  };
  const rows = shown.areas.slice(drawn.top, drawn.bottom).map((a) => {
    const first = h("th", { scope: "row", class: "first", title: a.label },
      h("span", {}, h("span", { class: "number" }, a.number), h("span", { class: "long clamp" }, a.title), h("span", { class: "short" }, a.label)));
    return line(first, list.map((p) => {
      const cell = patterns[p.status[a.index]][p.grade[a.index]].cloneNode(true);
      if (p.marks.has(a.id)) cell.append(footnote(p, a.id));
      return cell;
    }));
  });
  return h("tbody", {}, skipped(drawn.top), rows, skipped(shown.areas.length - drawn.bottom));
}
