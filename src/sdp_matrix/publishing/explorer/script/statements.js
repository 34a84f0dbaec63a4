// Published statements, and what the data make of them.

const shownStatements = () => data.statements.filter((s) => !state.verdict || s.verdict === state.verdict);

function showStatements() {
  const list = shownStatements();
  $("statement-count").textContent = `${list.length} of ${count(data.statements.length, "statement")}.`;
  $("statement-list").replaceChildren(...list.map((s) => h("li", {},
    h("p", {}, h("span", { class: `badge verdict-${["true", "false"].includes(s.verdict) ? s.verdict : "other"}` }, verdictWords(s.verdict)), s.paraphrase),
    h("p", {}, sentence(s.now)),
    s.then ? h("p", {}, `On ${s.then_day}: ${sentence(s.then)}`) : null,
    s.note ? h("p", { class: "small" }, s.note) : null,
    citation(s.reference, s.locator))));
}

const verdictWords = (verdict) => data.verdicts.find((v) => v.id === verdict)?.words ?? verdict;
