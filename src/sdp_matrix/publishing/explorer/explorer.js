"use strict";
// The explorer. All content is put in as text nodes; the policy of the page forbids anything else.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const STATUS = data.statuses;
  const GRADE = data.grades;
  const UNKNOWN = STATUS.findIndex((s) => s.id === "unknown");
  const ABSENT = STATUS.findIndex((s) => s.id === "not-covered");
  const VIEWS = ["matrix", "compare", "statements", "search"];
  const partners = data.partners.map((p) => ({
    ...p,
    status: Uint8Array.from(p.status, Number),
    grade: Uint8Array.from(p.grade, Number),
    marks: new Map(data.departures.filter((d) => d.partner === p.id).map((d) => [d.field, d.marker])),
  }));
  const areas = data.areas.map((a, index) => ({
    ...a,
    index,
    text: fold([a.number, a.id, a.title, a.label, ...a.aliases].join(" ")),
  }));
  const partnerOf = new Map(partners.map((p) => [p.id, p]));
  const areaOf = new Map(areas.map((a) => [a.id, a]));

  /** Make an element; children that are not elements become text. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const sentence = (text) => capital(text) + (/[.!?]$/.test(text) ? "" : ".");
  const count = (n, one, many) => `${n} ${n === 1 ? one : (many ?? `${one}s`)}`;
  const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

  // ---- State: what the address holds, so that a view can be shared

  const DEFAULTS = { view: "matrix", q: "", group: "", status: "", grade: "", asof: "", all: "", compare: "", same: "", verdict: "", search: "", open: "" };
  let state = { ...DEFAULTS };

  function readAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    const read = { ...DEFAULTS };
    for (const name of Object.keys(DEFAULTS)) if (given.has(name)) read[name] = given.get(name);
    if (!VIEWS.includes(read.view)) read.view = DEFAULTS.view;
    return read;
  }

  function address() {
    const said = Object.entries(state).filter(([name, value]) => value !== DEFAULTS[name]);
    return said.length ? `#${new URLSearchParams(said)}` : "";
  }

  /** Change the state, the address and what is shown. */
  function change(changes) {
    state = { ...state, ...changes };
    history.replaceState(null, "", address() || location.pathname + location.search);
    // What lies below a dialog stays as it is, so that the focus can return to where it was.
    if (Object.keys(changes).join() === "open") showDialog();
    else show();
  }

  function show() {
    for (const view of VIEWS) {
      const chosen = view === state.view;
      const tab = $(`tab-${view}`);
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      $(`view-${view}`).hidden = !chosen;
    }
    ({ matrix: showMatrix, compare: showCompare, statements: showStatements, search: showResults })[state.view]();
    fillControls();
    showDialog();
  }

  function fillControls() {
    for (const name of ["q", "group", "status", "grade", "verdict", "search"]) if ($(name).value !== state[name]) $(name).value = state[name];
    $("all").checked = Boolean(state.all);
    $("same").checked = Boolean(state.same);
    const compared = comparedIds().length;
    $("tab-compare").textContent = compared ? `Compare (${compared})` : "Compare";
  }

  // ---- The matrix

  const pool = () => (state.all ? partners : partners.filter((p) => p.in_table));
  const inTime = (p) => !state.asof || (p.date !== null && p.date <= state.asof);
  const columns = () => pool().filter((p) => inTime(p) && (!state.group || p.groups.includes(state.group)));

  /** Stops of the slider: each day on which a partnership was added. */
  const stops = () => [...new Set(pool().map((p) => p.date).filter(Boolean))].sort();

  function fits(p, index) {
    return (!state.status || STATUS[p.status[index]].id === state.status) && (!state.grade || GRADE[p.grade[index]].id === state.grade);
  }

  function rowsOf(shown) {
    const words = fold(state.q).split(/\s+/).filter(Boolean);
    const byCell = state.status || state.grade;
    return areas.filter((a) => words.every((w) => a.text.includes(w)) && (!byCell || shown.some((p) => fits(p, a.index))));
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

  /** Pale what the filters of cells leave out: the style sheet does it. */
  function sift() {
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

  function inWords(day) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
    if (!parts) return day;
    const months = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
    return `${Number(parts[3])} ${months[parts[2] - 1] ?? "?"} ${parts[1]}`;
  }

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
    grid.replaceChildren(h("caption", { class: "for-readers" }, data.title), widths(list), head(list), body(list));
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
        h("span", { class: "long clamp" }, p.heading), h("span", { class: "short" }, p.iso)));
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

  // ---- Moving through the grid

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

  // ---- Comparison

  const comparedIds = () => [...new Set(state.compare.split(","))].filter((id) => partnerOf.has(id));

  function toggleCompared(id) {
    const ids = comparedIds();
    const chosen = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
    change({ compare: chosen.join(",") });
    const name = partnerOf.get(id).name;
    announce(chosen.includes(id) ? `${name} is in the comparison, ${chosen.length} in all.` : `${name} left the comparison.`);
  }

  function markCompared() {
    const ids = comparedIds();
    shown.partners.slice(drawn.left, drawn.right).forEach((p, i) => headRow().cells[1 + drawn.lead + i].setAttribute("aria-selected", ids.includes(p.id)));
  }

  function showCompare() {
    const ids = comparedIds();
    const picker = $("picker");
    if (picker.querySelectorAll("input").length === 0) {
      picker.append(...partners.map((p) =>
        h("label", {}, h("input", { type: "checkbox", value: p.id, onchange: () => toggleCompared(p.id) }), h("span", {}, p.name))));
    }
    for (const input of picker.querySelectorAll("input")) input.checked = ids.includes(input.value);
    const chosen = ids.map((id) => partnerOf.get(id));
    const result = chosen.length < 2
      ? [h("p", { class: "empty" }, chosen.length ? "Choose one more partnership." : "Choose two or more partnerships to see where they differ.")]
      : chosen.length === 2 ? pair(...chosen) : several(chosen);
    $("comparison").replaceChildren(...result);
  }

  const present = (p, a) => (p.status[a.index] === UNKNOWN ? null : p.status[a.index] !== ABSENT);

  function relation(left, right, a) {
    const [one, two] = [present(left, a), present(right, a)];
    if (one === null || two === null) return "unknown";
    if (one && two) return left.status[a.index] === right.status[a.index] ? "both" : "kind";
    return one ? "left" : two ? "right" : "neither";
  }

  function pair(left, right) {
    const titles = {
      left: `Only ${left.name}`, right: `Only ${right.name}`, kind: "Both, but not the same status",
      unknown: "Not known on one side or both", both: "Both", neither: "Neither",
    };
    const groups = Object.groupBy(areas, (a) => relation(left, right, a));
    const size = (name) => groups[name]?.length ?? 0;
    const differ = size("left") + size("right") + size("kind");
    const order = Object.keys(titles).filter((name) => size(name) && (state.same || (name !== "both" && name !== "neither")));
    return [
      h("h3", {}, `${left.name} and ${right.name}: ${differing(differ)}`),
      h("ul", { class: "figures" }, Object.keys(titles).map((name) =>
        name === "unknown" && !size(name) ? null : h("li", {}, h("b", {}, size(name)), titles[name]))),
      identity([left, right]),
      order.map((name) => statusTable(`${titles[name]} (${size(name)})`, [left, right], groups[name])),
    ].flat();
  }

  function differing(n) {
    return n ? `${n} of ${count(areas.length, "area")} ${n === 1 ? "differs" : "differ"}` : `no known difference in ${areas.length} areas`;
  }

  function several(chosen) {
    const differ = areas.filter((a) => chosen.some((p) => present(p, a) === true) && chosen.some((p) => present(p, a) === false));
    const same = areas.filter((a) => !differ.includes(a));
    return [
      h("h3", {}, `${listed(chosen.map((p) => p.name))}: ${differing(differ.length)}`),
      identity(chosen),
      differ.length ? statusTable(`Areas that differ (${differ.length})`, chosen, differ) : null,
      state.same && same.length ? statusTable(`Areas that are not known to differ (${same.length})`, chosen, same) : null,
    ].filter(Boolean);
  }

  function identity(chosen) {
    const signed = (p, eu) => p.signatories.filter((s) => s.eu === eu).map((s) => s.name).join("; ") || "not established";
    const titles = new Map(data.groups.map((g) => [g.id, g.title]));
    const rows = [
      ["Date", (p) => `${p.date_words}, ${p.act}`],
      ["Place", (p) => p.fields.place.value ?? "not recorded"],
      ["For the EU", (p) => signed(p, true)],
      ["For the partner", (p) => signed(p, false)],
      ["Groups", (p) => p.groups.map((g) => titles.get(g)).join(", ") || "none"],
      ["Areas present", (p) => String(areas.filter((a) => present(p, a)).length)],
    ];
    return plainTable("Who, when, where", chosen, rows.map(([label, of]) => h("tr", {}, h("th", { scope: "row" }, label), chosen.map((p) => h("td", {}, of(p))))));
  }

  function plainTable(caption, chosen, rows) {
    const table = h("table", { class: "facts" },
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, h("td", {}), chosen.map((p) => h("th", { scope: "col" }, p.name)))),
      h("tbody", {}, rows));
    table.style.setProperty("--sides", chosen.length);
    return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, table);
  }

  function statusTable(caption, chosen, list) {
    return plainTable(caption, chosen, list.map((a) => h("tr", {},
      h("th", { scope: "row", class: "area" }, `${a.number} ${a.title}`),
      chosen.map((p) => {
        const status = STATUS[p.status[a.index]];
        const grade = GRADE[p.grade[a.index]];
        return h("td", {}, h("button", { type: "button", "aria-haspopup": "dialog", onclick: () => change({ open: `${p.id}/${a.id}` }) },
          h("span", { class: `mark-${status.id}` }, `${status.mark} ${status.words}`),
          grade.id === "contested" ? h("span", { class: "grade-contested", title: grade.meaning }) : null,
          h("span", { class: "for-readers" }, `: ${p.name}, ${a.label}, evidence`)));
      }))));
  }

  // ---- Evidence

  const dialog = $("dialog");
  let opener = null;

  function showDialog() {
    const content = state.open ? contentOf(state.open) : null;
    if (!content) {
      if (dialog.open) dialog.close();
      return;
    }
    $("dialog-title").textContent = content.title;
    $("dialog-body").replaceChildren(...content.body.flat(3).filter(Boolean));
    if (!dialog.open) {
      opener = document.activeElement;
      dialog.showModal();
    }
    dialog.scrollTop = 0;
  }

  function onClosed() {
    if (state.open) change({ open: "" });
    if (opener?.isConnected) opener.focus();
    else if (state.view === "matrix" && shown.partners.length) activate(active.row, active.column, true);
  }

  function contentOf(open) {
    const [partner, area] = open.split("/");
    const p = partnerOf.get(partner);
    const a = areaOf.get(area);
    if (p && a) return cellContent(p, a);
    if (p && area === undefined) return partnerContent(p);
    return a && partner === "" ? areaContent(a) : null;
  }

  function cellContent(p, a) {
    const status = STATUS[p.status[a.index]];
    const grade = GRADE[p.grade[a.index]];
    const own = p.cells[a.id];
    const departure = data.departures.find((d) => d.partner === p.id && d.field === a.id);
    const others = partners.filter((q) => q !== p && q.status[a.index] === p.status[a.index]).map((q) => q.name);
    const printed = p.printed ? STATUS[p.printed[a.index]] : null;
    const evidence = [...(printed ? [{ ...data.printed_in, supports: printed.id, note: null }] : []), ...(own ? own.evidence : [])];
    return {
      title: `${p.name}: ${a.title}`,
      body: [
        verdict(status, grade),
        own?.note ? h("p", {}, own.note) : null,
        departure ? h("p", {}, departure.text) : null,
        printed?.id === "not-covered" ? h("p", { class: "small" }, data.limits) : null,
        h("h3", {}, "Evidence"),
        pieces(evidence, status.id, "No source was found that settles this cell."),
        h("h3", {}, "What the area means"),
        codebook(a),
        h("h3", {}, `Also ${status.words}`),
        h("p", {}, others.length ? `${listed(others.slice(0, 40))}${others.length > 40 ? " …" : ""}.` : "No other partnership."),
      ],
    };
  }

  function verdict(status, grade) {
    return h("p", { class: "verdict" },
      h("span", { class: `pill tint-${status.id}` }, `${status.mark} ${status.words}`),
      h("span", { class: `pill grade-${grade.id}` }, `${grade.words}: ${grade.meaning}`));
  }

  function pieces(evidence, value, none) {
    if (!evidence.length) return h("p", {}, none);
    const seen = new Set();
    return h("ul", { class: "evidence" }, evidence.map((piece) => {
      const again = seen.has(piece.reference);
      seen.add(piece.reference);
      const neutral = piece.supports === "planned" || piece.supports === "unknown";
      const agrees = fold(piece.supports) === fold(String(value));
      return h("li", { class: neutral ? null : agrees ? "agrees" : "disagrees" },
        h("p", {}, h("strong", {}, `${agrees ? "Supports" : neutral ? "Says" : "Contradicts: supports"} ${inWords(piece.supports).replaceAll("-", " ")}`)),
        citation(piece.reference, piece.locator, !again),
        piece.note ? h("p", {}, sentence(piece.note)) : null);
    }));
  }

  function citation(id, locator, withNote = false) {
    const r = data.references[id];
    if (!r) return h("p", { class: "small" }, id);
    return h("p", { class: "small" }, `${r.publisher}, `, link(r), `, ${r.kind}, ${r.date}`,
      locator ? `, ${locator}` : "", ` (${r.about}).`, withNote && r.note ? ` ${r.note}` : "");
  }

  function link(r) {
    return r.url && /^https?:\/\//i.test(r.url) ? h("a", { href: r.url, rel: "noopener noreferrer", target: "_blank" }, titleOf(r)) : h("span", {}, titleOf(r));
  }

  function codebook(a) {
    const list = (title, items) => (items.length ? [h("p", {}, h("strong", {}, title)), h("ul", {}, items.map((item) => h("li", {}, item)))] : []);
    return h("div", {},
      h("p", {}, a.definition ?? "No definition is recorded."),
      list("Counts", a.includes),
      list("Does not count", a.excludes),
      list("Cases that decided a rule", a.borderline.map((b) => `${sentence(b.case)} ${sentence(b.decision)}`)),
      a.examples ? list("Examples", [`Covered: ${sentence(a.examples[0])}`, `Not covered: ${sentence(a.examples[1])}`]) : []);
  }

  function partnerContent(p) {
    const field = (name, words) => (p.fields[name].value === null ? [] : [
      h("h3", {}, `${words}: ${name === "date" ? p.date_words : p.fields[name].value}`),
      p.fields[name].note ? h("p", {}, p.fields[name].note) : null,
      pieces(p.fields[name].evidence, p.fields[name].value, "No evidence is recorded."),
    ]);
    const titles = new Map(data.groups.map((g) => [g.id, g.title]));
    const departures = data.departures.filter((d) => d.partner === p.id);
    const chosen = comparedIds().includes(p.id);
    return {
      title: p.name,
      body: [
        h("p", {}, p.title),
        h("p", {}, h("button", { type: "button", onclick: () => change({ open: "", compare: [...comparedIds().filter((id) => id !== p.id), ...(chosen ? [] : [p.id])].join(",") }) },
          chosen ? "Take out of the comparison" : "Add to the comparison")),
        departures.map((d) => h("p", {}, d.text)),
        field("date", "Date"), field("act", "Act"), field("place", "Place"), field("occasion", "Occasion"),
        h("h3", {}, "Signatories"),
        p.signatories.length ? h("ul", { class: "evidence" }, p.signatories.map((s) => h("li", {},
          h("p", {}, h("strong", {}, s.name), s.office ? `, ${s.office}` : "", s.eu ? ", for the EU" : ""), citation(s.reference, null),
          s.note ? h("p", {}, sentence(s.note)) : null))) : h("p", {}, "Not established."),
        h("h3", {}, "Groups"),
        h("p", {}, p.groups.length ? `${listed(p.groups.map((g) => titles.get(g)))}.` : "None."),
        Object.entries(p.fields).filter(([name, found]) => name.startsWith("group:") && found.grade === "contested").map(([name, found]) => [
          h("h3", {}, `${titles.get(name.slice(6))}: ${found.value.replaceAll("-", " ")}`),
          found.note ? h("p", {}, found.note) : null,
          pieces(found.evidence, found.value, ""),
        ]),
        p.milestones.length ? [h("h3", {}, "Milestones"), h("dl", {}, p.milestones.map((m) => [
          h("dt", {}, m.date), h("dd", {}, capital(m.event), m.place ? `, ${m.place}` : "", m.note ? `: ${m.note}` : "", citation(m.reference, null))]))] : [],
        p.other_topics.length ? [h("h3", {}, "Topics without a row in the table"), h("ul", {}, p.other_topics.map((topic) => h("li", {}, topic)))] : [],
      ],
    };
  }

  function areaContent(a) {
    const bys = STATUS.map((status, i) => [status, partners.filter((p) => p.status[a.index] === i).map((p) => p.name)]);
    return {
      title: `${a.number} ${a.title}`,
      body: [codebook(a), h("h3", {}, "Across the partnerships"),
        h("dl", {}, bys.filter(([, names]) => names.length).map(([status, names]) => [h("dt", {}, `${status.mark} ${status.words}`), h("dd", {}, listed(names.slice(0, 60)), names.length > 60 ? " …" : "")]))],
    };
  }

  // ---- Statements

  function showStatements() {
    const list = data.statements.filter((s) => !state.verdict || s.verdict === state.verdict);
    const counts = [...new Set(data.statements.map((s) => s.verdict))].map((v) => `${data.statements.filter((s) => s.verdict === v).length} ${verdictWords(v)}`);
    $("statement-count").textContent = state.verdict ? `${list.length} of ${count(data.statements.length, "statement")}.` : `${count(data.statements.length, "statement")}: ${listed(counts)}.`;
    $("statement-list").replaceChildren(...list.map((s) => h("li", {},
      h("p", {}, h("span", { class: `badge verdict-${["true", "false"].includes(s.verdict) ? s.verdict : "other"}` }, verdictWords(s.verdict)), s.paraphrase),
      h("p", {}, sentence(s.now)),
      s.then ? h("p", {}, `On ${s.then_day}: ${sentence(s.then)}`) : null,
      s.note ? h("p", { class: "small" }, s.note) : null,
      citation(s.reference, s.locator))));
  }

  const verdictWords = (verdict) => data.verdicts.find((v) => v.id === verdict)?.words ?? verdict;

  // ---- Search through everything

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

  // ---- The rest of the page, once

  function announce(text) {
    $("announcement").textContent = text;
  }

  /** Paper cannot scroll: all of a large matrix is drawn for it. */
  function onPrint(begins) {
    const large = isLarge();
    printing = begins;
    if (state.view === "matrix" && shown.partners.length && large !== isLarge()) draw(false);
  }

  async function share() {
    try {
      await navigator.clipboard.writeText(location.href);
      announce("The link was copied.");
      $("share").textContent = "Link copied";
    } catch {
      announce("The address of this page holds the view; copy it from the address bar.");
      $("share").textContent = "Copy it from the address bar";
    }
    setTimeout(() => { $("share").textContent = "Copy link"; }, 3000);
  }

  function options(id, first, list) {
    $(id).append(h("option", { value: "" }, first), ...list.map(([value, words]) => h("option", { value }, words)));
  }

  function fill() {
    options("group", "all groups", data.groups.map((g) => [g.id, g.title]));
    options("status", "any status", STATUS.map((s) => [s.id, s.words]));
    options("grade", "any evidence", GRADE.map((g) => [g.id, g.id === "unknown" ? "no evidence" : g.words]));
    options("verdict", "any verdict", data.verdicts.map((v) => [v.id, v.words]));
    const newer = partners.filter((p) => !p.in_table);
    $("all-label").textContent = `also ${count(newer.length, "newer partnership")}`;
    $("all").closest("p").hidden = newer.length === 0;
    $("legend").append(
      ...STATUS.map((s) => h("li", {}, h("b", { class: `mark-${s.id} tint-${s.id}` }, s.mark), s.words)),
      ...GRADE.filter((g) => g.id === "contested" || g.id === "single-source").map((g) => h("li", {}, h("b", { class: `grade-${g.id}` }), `${g.words}: ${g.meaning}`)));
    $("footnotes").append(...data.departures.map((d) => h("li", {}, h("b", {}, `[${d.marker}]`), d.text)));
    $("footnotes").closest(".notes").hidden = data.departures.length === 0;
    $("limits").textContent = data.limits ?? "";
    $("source").textContent = `Source: ${data.source}`;
    $("colophon").textContent = `${data.edition} Unknown is never taken for absent.`;
    grid.setAttribute("aria-label", data.title);
    $("more").open = matchMedia("(min-width: 40rem)").matches;
  }

  function onTabKey(event) {
    const i = VIEWS.indexOf(state.view);
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1 + VIEWS.length, Home: 0, End: VIEWS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    change({ view: VIEWS[to % VIEWS.length] });
    $(`tab-${state.view}`).focus();
  }

  function listen() {
    for (const view of VIEWS) $(`tab-${view}`).addEventListener("click", () => change({ view }));
    document.querySelector(".tabs").addEventListener("keydown", onTabKey);
    for (const id of ["q", "group", "status", "grade", "verdict"]) $(id).addEventListener("input", (event) => change({ [id]: event.target.value }));
    for (const id of ["all", "same"]) $(id).addEventListener("change", (event) => change({ [id]: event.target.checked ? "1" : "" }));
    $("asof").addEventListener("input", (event) => {
      const days = stops();
      const i = Number(event.target.value);
      change({ asof: i >= days.length - 1 ? "" : days[i] });
    });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("reset", (event) => {
      event.preventDefault();
      change({ q: "", group: "", status: "", grade: "", asof: "", all: "" });
    });
    $("search-form").addEventListener("submit", (event) => event.preventDefault());
    $("search").addEventListener("input", (event) => change({ search: event.target.value, view: "search" }));
    $("share").addEventListener("click", share);
    grid.addEventListener("keydown", onGridKey);
    grid.addEventListener("click", onGridClick);
    grid.addEventListener("focus", () => activate(active.row, active.column, true));
    region.addEventListener("scroll", onScroll, { passive: true });
    addEventListener("resize", onScroll);
    addEventListener("beforeprint", () => onPrint(true));
    addEventListener("afterprint", () => onPrint(false));
    dialog.addEventListener("close", onClosed);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    $("dialog-close").addEventListener("click", () => dialog.close());
    addEventListener("hashchange", () => { state = readAddress(); show(); });
  }

  fill();
  listen();
  state = readAddress();
  show();
})();
