// The rest of the page, once.

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
  $(id).append(h("option", { value: "" }, first), ...list.map(([value, words]) => h("option", { value, "data-words": words }, words)));
}

function fill() {
  options("group", "all groups", data.groups.map((g) => [g.id, g.title]));
  options("status", "any status", STATUS.map((s) => [s.id, s.words]));
  options("grade", "any evidence", GRADE.map((g) => [g.id, g.id === "unknown" ? "no evidence" : g.words]));
  options("verdict", "any verdict", data.verdicts.map((v) => [v.id, `${v.words} (${data.statements.filter((s) => s.verdict === v.id).length})`]));
  $("days").append(...partners.filter((p) => p.date).map((p) => h("option", { value: p.date, label: p.name })));
  const newer = partners.filter((p) => !p.in_table);
  $("all-label").textContent = `also ${count(newer.length, "newer partnership")}`;
  $("newer").hidden = newer.length === 0;
  $("legend").append(
    ...STATUS.map((s) => h("li", {}, h("b", { class: `mark-${s.id} tint-${s.id}` }, s.mark), s.words)),
    ...GRADE.filter((g) => g.id === "contested").map((g) => h("li", {}, h("b", { class: `grade-${g.id}` }), `${g.words}: ${g.meaning}`)));
  $("footnotes").append(...data.departures.map((d) => h("li", {}, h("b", {}, `[${d.marker}]`), d.text)));
  $("footnotes").closest(".notes").hidden = data.departures.length === 0;
  $("colophon").textContent = `${data.colophon} Unknown never counts as absent.`;
  $("more").open = matchMedia("(min-width: 40rem)").matches;
}

function onTabKey(event) {
  const i = VIEWS.indexOf(state.view);
  const to = { ArrowRight: i + 1, ArrowLeft: i - 1 + VIEWS.length, Home: 0, End: VIEWS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  change({ view: VIEWS[to % VIEWS.length], search: "" });
  $(`tab-${state.view}`).focus();
}

function listen() {
  for (const view of VIEWS) $(`tab-${view}`).addEventListener("click", () => change({ view, search: "" }));
  document.querySelector(".tabs").addEventListener("keydown", onTabKey);
  for (const id of ["group", "status", "grade", "verdict"]) $(id).addEventListener("input", (event) => change({ [id]: event.target.value }));
  for (const id of ["all", "same"]) $(id).addEventListener("change", (event) => change({ [id]: event.target.checked ? "1" : "" }));
  // A year that is still being typed is before the least day, and no answer yet.
  $("asof").addEventListener("input", ({ target }) => { if (target.validity.valid) change({ asof: target.value }); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", (event) => {
    event.preventDefault();
    change({ group: "", status: "", grade: "", asof: "", all: "" });
  });
  $("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector("#results button")?.focus();
  });
  $("search").addEventListener("input", (event) => change({ search: event.target.value }));
  $("share").addEventListener("click", share);
  $("download").addEventListener("click", download);
  grid.addEventListener("keydown", onGridKey);
  grid.addEventListener("click", onGridClick);
  // Who comes from elsewhere is led to the cell; who scrolls away from it is not called back.
  grid.addEventListener("focus", ({ relatedTarget }) => { if (relatedTarget) activate(active.row, active.column, true); });
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
