// What the address holds, so that a view can be shared.

const VIEWS = ["matrix", "compare", "statements", "search"];
const DEFAULTS = { view: "matrix", group: "", status: "", grade: "", asof: "", all: "", compare: "", same: "", verdict: "", search: "", open: "" };
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
  for (const name of ["group", "status", "grade", "verdict", "search"]) if ($(name).value !== state[name]) $(name).value = state[name];
  $("all").checked = Boolean(state.all);
  $("same").checked = Boolean(state.same);
  const compared = comparedIds().length;
  $("tab-compare").textContent = compared ? `Compare (${compared})` : "Compare";
}
