// References: how they are cited, and everything that one of them says.

// A title that is a description of the compilers stands in square brackets.
function titleOf(r) {
  return r.descriptive ? `[${r.title}]` : r.title;
}

function link(r) {
  return r.url && /^https?:\/\//i.test(r.url) ? h("a", { href: r.url, rel: "noopener noreferrer", target: "_blank" }, titleOf(r)) : h("span", {}, titleOf(r));
}

/** A reference in one line: its title leads to its address, the button to all that it says. */
function citation(id, locator, withNote = false) {
  const r = data.references[id];
  if (!r) return h("p", { class: "small" }, id);
  const all = h("button", { type: "button", class: "inline", onclick: () => change({ open: `@${id}` }) },
    "all it says", h("span", { class: "for-readers" }, `: ${r.publisher}, ${r.title}`));
  return h("p", { class: "small" }, `${r.publisher}, `, link(r), `, ${r.kind}, ${r.date}`,
    locator ? `, ${locator}` : "", ` (${r.weight}). `, withNote && r.note ? `${r.note} ` : "", all);
}

/** A reference in few words, which open all that it says. */
function shortCitation(id, locator) {
  const r = data.references[id];
  return h("p", { class: "small" }, r ? h("button", { type: "button", class: "inline", onclick: () => change({ open: `@${id}` }) }, `${r.publisher}, ${r.date}`) : id, locator ? `, ${locator}` : "");
}

function referenceContent(id) {
  const r = data.references[id];
  if (!r) return null;
  const supported = partners.map((p) => [p, piecesOf(p, id)]).filter(([, pieces]) => pieces.length);
  const printed = id === data.printed_in.reference ? `${data.printed_in.locator} prints the marks of ${listed(partners.filter((p) => p.in_table).map((p) => p.name))}.` : null;
  return {
    title: titleOf(r),
    body: [
      h("p", {}, `${r.publisher}, ${r.kind}, ${r.date} (${r.weight}). `, r.url ? link({ ...r, title: "Read it", descriptive: false }) : "No address is known."),
      r.note ? h("p", {}, r.note) : null,
      printed ? h("p", {}, printed) : null,
      supported.length || printed ? null : h("p", {}, "It supports a group, a milestone or a statement, and no value of a partnership."),
      supported.map(([p, pieces]) => [h("h3", {}, p.name), h("ul", { class: "evidence" }, pieces.map((piece) => pieceLine(p, piece)))]),
    ],
  };
}

/** What a reference says on the values of a partnership. */
function piecesOf(p, id) {
  const values = [
    ...Object.entries(p.fields).map(([field, { value, evidence }]) => [field.replace("group:", ""), { open: p.id }, value, evidence]),
    ...Object.entries(p.cells).map(([area, cell]) => [areaOf.get(area).label, { open: `${p.id}/${area}` }, STATUS[p.status[areaOf.get(area).index]].id, cell.evidence]),
    ...p.signatories.map((s) => ["signatory", { open: p.id }, s.name, [{ reference: s.reference, supports: s.name }]]),
  ];
  return values.flatMap(([label, go, value, evidence]) => evidence.filter((e) => e.reference === id).map((e) => ({ label, go, value, ...e })));
}

/** How a piece of evidence bears on a value. */
function stance(piece, value) {
  if (piece.supports === "planned" || piece.supports === "unknown") return "neutral";
  return fold(piece.supports) === fold(String(value)) ? "agrees" : "disagrees";
}

function pieceLine(p, piece) {
  const which = stance(piece, piece.value);
  const verb = { agrees: "supports", neutral: "says", disagrees: "contradicts: supports" }[which];
  return h("li", { class: which },
    h("p", {}, h("button", { type: "button", class: "inline", onclick: () => change(piece.go) }, piece.label), ` ${verb} ${inWords(piece.supports).replaceAll("-", " ")}`),
    piece.locator || piece.note ? h("p", { class: "small" }, [piece.locator, piece.note].filter(Boolean).map(sentence).join(" ")) : null);
}
