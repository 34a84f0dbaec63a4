"""Outcomes of checks as tables: published statements, the published table, and a table in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from sdp_matrix.analysis.factcheck import FactcheckResult, Outcome
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.verification import Count, Departure, TableComparison, Verification
from sdp_matrix.files.area_table import NotRead
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset, Emendation
from sdp_matrix.model.vocabulary import Verdict
from sdp_matrix.text_safety import flat, in_one_line, listed
from sdp_matrix.views import parts
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import Line, counted, fact, framed, listing, machine, record_data

_VERDICTS = {
    Verdict.TRUE: ("true", Look.COVERED),
    Verdict.FALSE: ("false", Look.NOT_COVERED),
    Verdict.TRUE_THEN: ("true then and false now", Look.ALREADY_EXISTS),
    Verdict.UNKNOWN: ("unknown", Look.UNKNOWN),
}

_STATEMENTS = (
    *machine("id"),
    Column("verdict"),
    Column("statement", grows=True),
    *machine("figures", "figures_then", "as_of", "reference", "locator"),
)


def factcheck(
    dataset: Dataset, results: Listing[FactcheckResult], *, unexpected: Sequence[FactcheckResult] | None = None
) -> Table:
    """Return each statement with its verdict, by source; `unexpected` has those with another one than on record."""
    surprises = (f"{f.statement.id}: expected {f.statement.expected}, not {f.verdict}." for f in unexpected or ())
    sources = [result.statement.reference for result in results]
    by_source = sorted(results, key=lambda result: sources.index(result.statement.reference))
    lines = [line for result in by_source for line in _result(dataset, result)]  # each source is one section
    title, remarks = "Published statements, checked against the data", (*_summary_words(results), *surprises)
    table = listing(title, _STATEMENTS, lines, _results_data(results, unexpected), remarks=remarks)
    return framed(dataset, table, results.scope, fields=())


def _result(dataset: Dataset, result: FactcheckResult) -> Iterator[Line]:
    """Yield the line for people and machines, and below it what only people need in lines of their own."""
    statement, then = result.statement, result.then
    source = parts.reference_words(dataset.reference(statement.reference))
    yield Line(
        {
            **record_data(statement, "id", "as_of", "reference", "locator"),
            "verdict": result.verdict,
            "statement": statement.paraphrase,
            "figures": result.now.words,
            "figures_then": then.words if then else "",
        },
        {"verdict": Cell(result.verdict.words, look=_VERDICTS[result.verdict][1])},
        source,
    )
    where = " · ".join(filter(None, [statement.id, statement.locator, "own source" if result.own_source else ""]))
    lines = [*map(Cell, _figures(result)), *(Cell(text, look=Look.MUTED) for text in (statement.note, where) if text)]
    yield from (Line({}, {"statement": line}, source, people_only=True) for line in lines)


def _figures(result: FactcheckResult) -> Iterator[str]:
    """Yield the figures as sentences; if there are two days, each says for which one it is."""
    for outcome in (result.then, result.now) if result.then else (result.now,):
        day = f"on {dates.in_words(outcome.day)}" if outcome.day else "now"
        words = f"{day}: {outcome.words}" if result.then else outcome.words
        yield f"{words[0].upper()}{words[1:]}."


def _summary_words(results: Sequence[FactcheckResult]) -> Iterator[str]:
    own = [result for result in results if result.own_source]
    if not own or len(own) < len(results):
        others = [result for result in results if not result.own_source]
        yield f"{counted(len(others), 'statement')}: {_counts_words(others)}."
    if own:
        yield f"{counted(len(own), 'statement')} marked own source: {_counts_words(own)}."
        yield "Own source: a value that this is checked against rests on the word of the same publisher alone."


def _counts_words(results: Iterable[FactcheckResult]) -> str:
    counts = [f"{count} {_VERDICTS[Verdict(verdict)][0]}" for verdict, count in _counts(results).items() if count]
    return ", ".join(counts) or "nothing to check"


def _counts(results: Iterable[FactcheckResult]) -> dict[str, int]:
    counts = Counter(result.verdict for result in results)
    return {verdict: counts[verdict] for verdict in Verdict}


def _results_data(results: Listing[FactcheckResult], unexpected: Iterable[FactcheckResult] | None) -> Json:
    """Return the outcome in the shape of docs/json.md."""
    as_of = results.scope.as_of if results.scope else None
    return {
        "as_of": str(as_of) if as_of else None,
        "summary": _counts(results),
        "own_source": _counts(result for result in results if result.own_source),
        "statements": [_result_data(result) for result in results],
        "unexpected": None
        if unexpected is None
        else [{"id": f.statement.id, "expected": f.statement.expected, "verdict": f.verdict} for f in unexpected],
    }


def _result_data(result: FactcheckResult) -> Json:
    return {
        **record_data(result.statement, "id", "reference", "locator", "as_of", "note"),
        "statement": result.statement.paraphrase,
        "kind": result.statement.check.kind,
        "verdict": result.verdict,
        "own_source": result.own_source,
        "now": _outcome_data(result.now),
        "then": _outcome_data(result.then) if result.then else None,
    }


def _outcome_data(outcome: Outcome) -> Json:
    return {**asdict(outcome), "day": str(outcome.day) if outcome.day else None}


def verification(dataset: Dataset, outcome: Verification) -> Table:
    """Return the comparison of our values with the published table."""
    title = "our table is the published one, but for the departures"
    labels = {"cells": "Cells", "dates": "Dates", "groups": "Groups of the header", "headings": "Headings"}
    counts: dict[str, Count] = {name: getattr(outcome, name) for name in labels}
    emended = dataset.table.emendation
    needless = [
        fact(_field(dataset, d), f"the table prints no other value. {d.reason}", "Needless departures: remove them")
        for d in outcome.needless
    ]
    unexplained = "Unexplained: correct our value, or say why it is another with 'departure:' beside it"
    lines = [
        *(fact(labels[name], f"{count.agree} of {count.compared} agree") for name, count in counts.items()),
        *_departures(dataset, outcome, unexplained),
        *([_reading(dataset, emended)] if emended else []),
        *needless,
    ]
    heading = f"{dataset.table.locator}: {title if outcome.holds else 'our table is not the published one'}"
    read = [{"title": title, "partners": ids} for title, ids in emended.read.items()] if emended else []
    data: Json = {
        **{name: asdict(count) for name, count in counts.items()},
        **_departures_data(outcome),
        "needless": [{"partner": d.partner, "field": d.field, "reason": d.reason} for d in outcome.needless],
        "emendation": {"line": emended.line, "read": read, "reason": emended.reason} if emended else None,
    }
    source = parts.sourced(parts.place(dataset, dataset.table), dataset)
    return listing(heading, parts.FACT, lines, data, source=source, caveat=parts.authors_note(dataset))


def table_comparison(dataset: Dataset, comparison: TableComparison) -> Table:
    """Return the comparison of our values with a table in a file."""
    cells = comparison.cells
    lines = [*_departures(dataset, comparison, "Differences"), *map(_not_read, comparison.not_read)]
    data: Json = {
        "file": comparison.file,
        "cells": asdict(cells),
        **_departures_data(comparison),
        "not_read": [_not_read_data(part) for part in comparison.not_read],
    }
    title = f"{flat(comparison.file)}: {cells.agree} of {cells.compared} cells agree with our values"
    return framed(dataset, listing(title, parts.FACT, lines, data))


def _departures(dataset: Dataset, outcome: Verification | TableComparison, unexplained: str) -> Iterator[Line]:
    """Yield the departures, then the differences without a reason under the title given."""
    titles = {"Departures from the published table": outcome.departures, unexplained: outcome.unexplained}
    for title, departures in titles.items():
        for departure in departures:
            printed, ours = (value_words(departure.field, value) for value in (departure.published, departure.ours))
            reason = f". {departure.reason}" if departure.reason else ""
            yield fact(_field(dataset, departure), f"printed {printed}, ours {ours}{reason}", title)


def _field(dataset: Dataset, departure: Departure) -> str:
    return f"{dataset.partner(departure.partner).name}, {Field(departure.field).title(dataset)}"


def _departures_data(outcome: Verification | TableComparison) -> dict[str, Json]:
    reasonless = ("partner", "field", "published", "ours")
    return {
        "departures": [asdict(departure) for departure in outcome.departures],
        "unexplained": [{key: getattr(departure, key) for key in reasonless} for departure in outcome.unexplained],
    }


def _reading(dataset: Dataset, emended: Emendation) -> Line:
    """Return which title is read over which partners of a damaged line."""
    names = {title: listed([dataset.partner(p).name for p in ids]) for title, ids in emended.read.items()}
    readings = "; ".join(f"{title} over {partners}" for title, partners in names.items())
    section = "What is read in place of a damaged line of the copy"
    return fact(f"Line {emended.line}", f"{readings}. {emended.reason}", section)


def _not_read(part: NotRead) -> Line:
    first, last = part.cells[0], part.cells[-1]
    lines = f"Line {first.line}" if first.line == last.line else f"Lines {first.line}–{last.line}"
    more = f" and {len(part.cells) - 1} more cells" if len(part.cells) > 1 else ""
    return fact(lines, f"{part.reason}: '{in_one_line(first.text)}'{more}", "Not read")


def _not_read_data(part: NotRead) -> Json:
    first, last = part.cells[0], part.cells[-1]
    return {
        "line": first.line,
        "column": first.column,
        "last_line": last.line,
        "cells": len(part.cells),
        "text": first.text,
        "reason": part.reason,
    }
