// Comparing partnerships.

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
    ...order.map((name) => statusTable(`${titles[name]} (${size(name)})`, [left, right], groups[name])),
    ...identity([left, right]),
  ];
}

function differing(n) {
  return n ? `${n} of ${count(areas.length, "area")} ${n === 1 ? "differs" : "differ"}` : `no known difference in ${areas.length} areas`;
}

function several(chosen) {
  const differ = areas.filter((a) => chosen.some((p) => present(p, a) === true) && chosen.some((p) => present(p, a) === false));
  const same = areas.filter((a) => !differ.includes(a));
  return [
    h("h3", {}, `${listed(chosen.map((p) => p.name))}: ${differing(differ.length)}`),
    differ.length ? statusTable(`Areas that differ (${differ.length})`, chosen, differ) : null,
    state.same && same.length ? statusTable(`Areas that are not known to differ (${same.length})`, chosen, same) : null,
    ...identity(chosen),
  ].filter(Boolean);
}

function identity(chosen) {
  const signed = (p, eu) => p.signatories.filter((s) => s.eu === eu).map((s) => s.name).join("; ") || "not established";
  const rows = [
    ["Date", (p) => `${p.date_words}, ${p.act}`],
    ["Place", (p) => p.fields.place.value ?? "not recorded"],
    ["For the EU", (p) => signed(p, true)],
    ["For the partner", (p) => signed(p, false)],
    ["Groups", (p) => p.groups.map((g) => groupTitle.get(g)).join(", ") || "none"],
    ["Areas present", (p) => String(areas.filter((a) => present(p, a)).length)],
  ];
  const kinds = [...new Set(chosen.flatMap((p) => p.mechanisms.map((m) => m.kind)))];
  const texts = (kind) => (p) => p.mechanisms.filter((m) => m.kind === kind).map((m) => h("p", {}, sentence(m.text)));
  const table = (caption, list) => plainTable(caption, chosen, list.map(([label, of]) => h("tr", {}, h("th", { scope: "row" }, label), chosen.map((p) => h("td", {}, of(p))))));
  return [table("Who, when, where", rows), ...(kinds.length ? [table(MECHANISMS, kinds.map((kind) => [capital(kind), texts(kind)]))] : [])];
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
    h("th", { scope: "row", class: "area" }, `${a.number} `, h("span", { class: "long" }, a.title), h("span", { class: "short" }, a.label)),
    chosen.map((p) => {
      const status = STATUS[p.status[a.index]];
      const grade = GRADE[p.grade[a.index]];
      return h("td", {}, h("button", { type: "button", "aria-haspopup": "dialog", onclick: () => change({ open: `${p.id}/${a.id}` }) },
        h("span", { class: `mark-${status.id}` }, `${status.mark} ${status.words}`),
        grade.id === "contested" ? h("span", { class: "grade-contested", title: grade.meaning }) : null,
        h("span", { class: "for-readers" }, `: ${p.name}, ${a.label}, evidence`)));
    }))));
}
