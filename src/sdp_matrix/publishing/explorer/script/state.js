// What the address holds, so that a view can be shared.

const VIEWS = ["matrix", "compare", "statements"];
const DEFAULTS = { view: "matrix", group: "", status: "", grade: "", asof: "", all: "", compare: "", same: "", verdict: "", search: "", open: "" };
let state = { ...DEFAULTS };

function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const read = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) if (parameters.has(name)) read[name] = parameters.get(name);
  if (!VIEWS.includes(read.view)) read.view = DEFAULTS.view;
  if (!/^\d{4}-\d\d-\d\d$/.test(read.asof) || Number.isNaN(Date.parse(read.asof))) read.asof = "";
  return read;
}

function address() {
  const changed = Object.entries(state).filter(([name, value]) => value !== DEFAULTS[name]);
  return changed.length ? `#${new URLSearchParams(changed)}` : "";
}

/** Change the state, the address and what is shown. */
function change(changes) {
  state = { ...state, ...changes };
  history.replaceState(null, "", address() || location.pathname + location.search);
  // What lies below a dialog stays as it is, so that the focus can return to where it was.
  if (Object.keys(changes).join() === "open") showDialog();
  else show();
}

/** Results stand in the place of the view for as long as words are searched. */
function show() {
  const searching = searched().length > 0;
  for (const view of VIEWS) {
    const tab = $(`tab-${view}`);
    tab.setAttribute("aria-selected", !searching && view === state.view);
    tab.tabIndex = view === state.view ? 0 : -1;
    $(`view-${view}`).hidden = searching || view !== state.view;
  }
  $("results").hidden = !searching;
  if (searching) showResults();
  else ({ matrix: showMatrix, compare: showCompare, statements: showStatements })[state.view]();
  fillControls();
  showDialog();
}

function fillControls() {
  for (const name of ["group", "status", "grade", "asof", "verdict", "search"]) if ($(name).value !== state[name]) $(name).value = state[name];
  $("all").checked = Boolean(state.all);
  $("same").checked = Boolean(state.same);
  const compared = comparedIds().length;
  $("tab-compare").textContent = compared ? `Compare (${compared})` : "Compare";
}
