// The dialog: a cell with its evidence, a partnership, an area.

const dialog = $("dialog");
let opener = null;

function showDialog() {
  const content = state.open ? contentOf(state.open) : null;
  if (!content) {
    if (dialog.open) dialog.close();
    return;
  }
  $("dialog-title").textContent = content.title;
  $("dialog-action").replaceChildren(content.action ?? "");
  $("dialog-body").replaceChildren(...content.body.flat(3).filter(Boolean));
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  $("dialog-close").focus();
  dialog.scrollTop = 0;
}

function onClosed() {
  if (dialog.open) return; // opened again before this event, which comes late
  if (state.open) change({ open: "" });
  // The browser has given the focus back already, and "close" comes later: who has moved on is not called back.
  if (document.activeElement !== document.body) return;
  if (opener?.isConnected) opener.focus();
  else if (state.view === "matrix" && shown.partners.length) activate(active.row, active.column, true);
}

function contentOf(open) {
  if (open.startsWith("@")) return referenceContent(open.slice(1));
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
      printed?.id === "not-covered" ? h("p", { class: "small" }, data.frames.table.caveat) : null,
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
    const which = stance(piece, value);
    const verb = { agrees: "Supports", neutral: "Says", disagrees: "Contradicts: supports" }[which];
    return h("li", { class: which },
      h("p", {}, h("strong", {}, `${verb} ${inWords(piece.supports).replaceAll("-", " ")}`)),
      citation(piece.reference, piece.locator, !again),
      piece.note ? h("p", {}, sentence(piece.note)) : null);
  }));
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
  const field = (name, value) => [
    h("h3", {}, `${capital(name)}: ${value.replaceAll("-", " ")}`),
    p.fields[name].note ? h("p", {}, p.fields[name].note) : null,
    pieces(p.fields[name].evidence, p.fields[name].value, "No evidence is recorded."),
  ];
  const compared = comparedIds();
  const others = compared.filter((id) => id !== p.id);
  const isCompared = others.length < compared.length;
  const recorded = ["act", "place", "occasion"].filter((name) => p.fields[name].value !== null).map((name) => [name, p.fields[name].value]);
  const contested = Object.keys(p.fields).filter((name) => name.startsWith("group:") && p.fields[name].grade === "contested");
  return {
    title: p.name,
    action: h("button", { type: "button", class: "quiet", onclick: () => change({ open: "", compare: (isCompared ? others : [...others, p.id]).join(",") }) },
      isCompared ? "Stop comparing" : "Compare"),
    body: [
      h("p", {}, p.title),
      data.departures.filter((d) => d.partner === p.id).map((d) => h("p", {}, d.text)),
      facts([["date", p.date_words], ...recorded, ["groups", listed(p.groups.map((g) => groupTitle.get(g))) || "none"]]),
      h("h3", {}, "Signatories"),
      p.signatories.length ? facts(p.signatories.map((s) => [s.eu ? "EU" : p.name, [s.name, s.office].filter(Boolean).join(", "), s.note, shortCitation(s.reference)])) : h("p", {}, "Not established."),
      STATUS.flatMap((status, i) => {
        const list = areas.filter((a) => p.status[a.index] === i);
        return list.length ? [h("h3", {}, `${capital(status.words)}: ${list.length} of ${areas.length} areas`), h("p", { class: "strip" }, list.map((a) => cellButton(p, a, a.label)))] : [];
      }),
      p.mechanisms.length ? [h("h3", {}, MECHANISMS), mechanisms(p)] : [],
      p.milestones.length ? [h("h3", {}, "Milestones"), facts(p.milestones.map((m) => [m.date, [m.event, m.place].filter(Boolean).join(", "), m.note, shortCitation(m.reference)]))] : [],
      p.other_topics.length ? [h("h3", {}, "Topics without a row in the table"), h("p", {}, sentence(listed(p.other_topics)))] : [],
      h("h2", {}, "Evidence"),
      p.date ? field("date", p.date_words) : [],
      recorded.map(([name, value]) => field(name, value)),
      contested.map((name) => [h("h3", {}, `${groupTitle.get(name.slice(6))}: ${p.fields[name].value.replaceAll("-", " ")}`),
        p.fields[name].note ? h("p", {}, p.fields[name].note) : null, pieces(p.fields[name].evidence, p.fields[name].value, "")]),
    ],
  };
}

const MECHANISMS = "Mechanisms beside the areas (absent means not recorded)";

/** Mechanisms by kind, in the order of the data. */
function mechanisms(p) {
  const kinds = Object.groupBy(p.mechanisms, (m) => m.kind);
  return facts(Object.entries(kinds).map(([kind, list]) => [kind, ...list.map((m) => h("div", {}, sentence(m.text), shortCitation(m.reference, m.locator)))]));
}

/** Terms, each with what is said of it. */
function facts(rows) {
  return h("dl", {}, rows.map(([term, ...details]) => [h("dt", {}, capital(term)),
    h("dd", {}, details.filter(Boolean).map((detail) => (typeof detail === "string" ? h("p", {}, capital(detail)) : detail)))]));
}

function areaContent(a) {
  const bys = STATUS.map((status, i) => [status, partners.filter((p) => p.status[a.index] === i).map((p) => p.name)]);
  return {
    title: `${a.number} ${a.title}`,
    body: [codebook(a), h("h3", {}, "Across the partnerships"),
      h("dl", {}, bys.filter(([, names]) => names.length).map(([status, names]) => [h("dt", {}, `${status.mark} ${status.words}`), h("dd", {}, listed(names.slice(0, 60)), names.length > 60 ? " …" : "")]))],
  };
}
