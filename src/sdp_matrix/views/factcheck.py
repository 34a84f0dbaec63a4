"""Published statements with their verdicts, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sdp_matrix.analysis.factcheck import FactcheckResult, Outcome
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import Verdict
from sdp_matrix.views.parts import headings, machine, place, reference_words, row, sourced

_LOOKS = {
    Verdict.TRUE: Look.COVERED,
    Verdict.FALSE: Look.NOT_COVERED,
    Verdict.TRUE_THEN: Look.ALREADY_EXISTS,
    Verdict.UNKNOWN: Look.UNKNOWN,
}

_WORDS = {
    Verdict.TRUE: "true",
    Verdict.FALSE: "false",
    Verdict.TRUE_THEN: "true then and false now",
    Verdict.UNKNOWN: "unknown",
}

_OWN_SOURCE = "Own source: a value that this is checked against rests on the word of the same publisher alone."

_COLUMNS = (
    *machine("id"),
    Column("verdict"),
    Column("statement", grows=True),
    *machine("figures", "figures_then", "as_of", "reference", "locator"),
)


def findings(
    dataset: Dataset,
    results: Sequence[FactcheckResult],
    *,
    as_of: date | None = None,
    unexpected: Sequence[FactcheckResult] | None = None,
) -> Table:
    """Return each statement with its verdict, its source and the figures.

    `unexpected` are those whose verdict is not the one on record; None if nobody asked.
    """
    surprises = [f"{f.statement.id}: expected {f.statement.expected}, found {f.verdict}." for f in unexpected or ()]
    cited = dict.fromkeys(f.statement.reference for f in results)
    return Table(
        title="Published statements, checked against the data",
        columns=_COLUMNS,
        header=(headings("Verdict", "Statement"),),
        sections=tuple(section for result in results for section in _sections(dataset, result)),
        remarks=(_summary_words(results), *surprises),
        source=sourced("; ".join(reference_words(dataset.reference(reference)) for reference in cited), dataset),
        wide=False,
        data=findings_data(results, as_of=as_of, unexpected=unexpected),
    )


def _sections(dataset: Dataset, result: FactcheckResult) -> Iterator[Section]:
    """Yield the row for people and machines, and below it what only people need in lines of their own."""
    statement, then = result.statement, result.then
    checked = row(
        _COLUMNS,
        id=statement.id,
        verdict=Cell(result.verdict.words, value=str(result.verdict), look=_LOOKS[result.verdict]),
        statement=statement.paraphrase,
        figures=result.now.words,
        figures_then=then.words if then else "",
        as_of=str(statement.as_of or ""),
        reference=statement.reference,
        locator=statement.locator,
    )
    yield Section((checked,), f"{statement.id} · {place(dataset, statement)}")
    details = [Cell(line) for line in _figures(result)]
    details += [Cell(_OWN_SOURCE)] if result.own_source else []
    details += [Cell(note, look=Look.MUTED) for note in (statement.note,) if note]
    yield Section(tuple(row(_COLUMNS, statement=cell) for cell in details), people_only=True)


def _figures(result: FactcheckResult) -> tuple[str, ...]:
    """Return the figures as sentences; where there are two days, each says for which one it is."""
    now, then = result.now, result.then
    if then is None:
        return (_sentence(now.words),)
    if then.words == now.words:
        return (_sentence(f"{_day(then)} and {_day(now)}: {now.words}"),)
    return tuple(_sentence(f"{_day(outcome)}: {outcome.words}") for outcome in (then, now))


def _day(outcome: Outcome) -> str:
    return f"on {dates.in_words(outcome.day)}" if outcome.day else "now"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _summary(results: Sequence[FactcheckResult]) -> dict[Verdict, int]:
    counts = Counter(result.verdict for result in results)
    return {verdict: counts[verdict] for verdict in Verdict}


def _summary_words(results: Sequence[FactcheckResult]) -> str:
    own = [result for result in results if result.own_source]
    others = [result for result in results if not result.own_source]
    checked = f"{len(others)} statement{'s' * (len(others) != 1)}: {_counted(others)}."
    against = f"{len(own)} checked against an own source: {_counted(own)}."
    return " ".join([checked] * bool(others or not own) + [against] * bool(own))


def _counted(results: Sequence[FactcheckResult]) -> str:
    counts = [f"{count} {_WORDS[verdict]}" for verdict, count in _summary(results).items() if count]
    return ", ".join(counts) or "nothing to check"


def findings_data(
    results: Sequence[FactcheckResult],
    *,
    as_of: date | None = None,
    unexpected: Sequence[FactcheckResult] | None = None,
) -> Json:
    """Return the outcome in the shape of docs/json.md."""
    surprises: list[Json] = [
        {"id": f.statement.id, "expected": str(f.statement.expected), "verdict": str(f.verdict)}
        for f in unexpected or ()
    ]
    return {
        "as_of": str(as_of) if as_of else None,
        "summary": {str(verdict): count for verdict, count in _summary(results).items()},
        "statements": [_result_data(result) for result in results],
        "unexpected": None if unexpected is None else surprises,
    }


def _result_data(result: FactcheckResult) -> dict[str, Json]:
    statement = result.statement
    return {
        "id": statement.id,
        "verdict": str(result.verdict),
        "statement": statement.paraphrase,
        "reference": statement.reference,
        "locator": statement.locator,
        "as_of": str(statement.as_of) if statement.as_of else None,
        "kind": statement.check.kind,
        "note": statement.note,
        "own_source": result.own_source,
        "now": _outcome_data(result.now),
        "then": _outcome_data(result.then) if result.then else None,
    }


def _outcome_data(outcome: Outcome) -> Json:
    return {
        "day": str(outcome.day) if outcome.day else None,
        "holds": outcome.holds,
        "words": outcome.words,
        "partners": list(outcome.partners),
        "figures": dict(outcome.figures),
    }
