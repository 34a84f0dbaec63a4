"""Outcomes of checks as tables: published statements, the published table, a table in a file, and what has changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from sdp_matrix.analysis.changes import Aspect, Change, ChangeReport, Effects
from sdp_matrix.analysis.factcheck import FactcheckResult, Outcome
from sdp_matrix.analysis.field import Departure, Field
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.verification import Count, TableComparison, Verification
from sdp_matrix.files.area_table import NotRead
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset, Emendation
from sdp_matrix.model.vocabulary import GROUP_FIELD, Verdict
from sdp_matrix.problem import Problem
from sdp_matrix.text_safety import flat, in_one_line, listed
from sdp_matrix.views import parts
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import BLANK, Line, attributes, counted, fact, framed, listing, machine, record_data

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


def factcheck(dataset: Dataset, results: Listing[FactcheckResult]) -> Table:
    """Return each statement with its verdict, by source."""
    sources = [result.statement.reference for result in results]
    by_source = sorted(results, key=lambda result: sources.index(result.statement.reference))
    lines = [line for result in by_source for line in _result(dataset, result)]  # a section for each source
    title, remarks = "Published statements, checked against the data", tuple(_summary_words(results))
    table = listing(title, _STATEMENTS, lines, _results_data(results), remarks=remarks)
    return framed(dataset, table, results.scope, fields=())


def _result(dataset: Dataset, result: FactcheckResult) -> Iterator[Line]:
    """Yield the line for people and machines, and below it what only people need in lines of their own."""
    statement, then = result.statement, result.then
    source = parts.reference_words(dataset.reference(statement.reference))
    yield Line(
        {**_result_data(result), "figures": result.now.words, "figures_then": then.words if then else ""},
        {"verdict": Cell(result.verdict.words, look=_VERDICTS[result.verdict][1])},
        source,
    )
    where = " · ".join(filter(None, [statement.id, statement.locator, "own source" if result.own_source else ""]))
    lines = [*map(Cell, _figures(result)), *(Cell(text, look=Look.MUTED) for text in (statement.note, where) if text)]
    yield from (Line({}, {"statement": line}, source, people_only=True) for line in lines)


def _figures(result: FactcheckResult) -> Iterator[str]:
    """Yield the figures as sentences; if there are two days, each sentence begins with its day."""
    for outcome in (result.then, result.now) if result.then else (result.now,):
        day = f"on {dates.in_words(outcome.day)}" if outcome.day else "now"
        words = f"{day}: {outcome.words}" if result.then else outcome.words
        yield f"{words[0].upper()}{words[1:]}."  # str.capitalize would lower the names


def _summary_words(results: Sequence[FactcheckResult]) -> Iterator[str]:
    own, others = ([result for result in results if result.own_source is value] for value in (True, False))
    if others or not own:
        yield f"{counted(len(others), 'statement')}: {_counts_words(others)}."
    if own:
        yield f"{counted(len(own), 'statement')} marked own source: {_counts_words(own)}."
        yield "Own source: a value that the statement is checked against rests on the same publisher alone."


def _counts_words(results: Iterable[FactcheckResult]) -> str:
    counts = [f"{count} {_VERDICTS[Verdict(verdict)][0]}" for verdict, count in _counts(results).items() if count]
    return ", ".join(counts) or "nothing to check"


def _counts(results: Iterable[FactcheckResult]) -> dict[str, int]:
    counts = Counter(result.verdict for result in results)
    return {verdict: counts[verdict] for verdict in Verdict}  # also those that do not occur, for json


def _results_data(results: Listing[FactcheckResult]) -> Json:
    as_of = results.scope.as_of if results.scope else None
    return {
        "as_of": str(as_of) if as_of else None,
        "summary": _counts(results),
        "own_source": _counts(result for result in results if result.own_source),
        "statements": [_result_data(result) for result in results],
    }


def _result_data(result: FactcheckResult) -> dict[str, Json]:
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
    labels = {"cells": "Cells", "dates": "Dates", "groups": "Groups of the header", "headings": "Headings"}
    counts: dict[str, Count] = {name: getattr(outcome, name) for name in labels}
    emended = dataset.table.emendation
    needless = "Needless departures: remove them"
    unexplained = "Unexplained: correct our value, or give the reason with 'departure:' beside it"
    lines = [
        *(fact(labels[name], f"{count.agree} of {count.compared} agree") for name, count in counts.items()),
        *_departures(dataset, outcome, unexplained),
        *([_reading(dataset, emended)] if emended else []),
        *(fact(_field(dataset, d), f"the table prints no other value. {d.reason}", needless) for d in outcome.needless),
    ]
    holds = f"{dataset.table.locator}: our table matches the published table, except for the departures"
    read = [{"title": title, "partners": ids} for title, ids in emended.read.items()] if emended else []
    data: Json = {
        **{name: asdict(count) for name, count in counts.items()},
        **_departures_data(outcome),
        "needless": [attributes(departure, "partner", "field", "reason") for departure in outcome.needless],
        "emendation": {"line": emended.line, "read": read, "reason": emended.reason} if emended else None,
    }
    source = parts.sourced(parts.place(dataset, dataset.table), dataset)
    title = holds if outcome.holds else f"{dataset.table.locator}: our table does not match the published table"
    return listing(title, parts.FACT, lines, data, source=source, caveat=parts.authors_note(dataset))


def table_comparison(dataset: Dataset, comparison: TableComparison) -> Table:
    """Return the comparison of our values with a table in a file."""
    cells = comparison.cells
    lines = [*_departures(dataset, comparison, "Differences"), *map(_not_read, comparison.not_read)]
    absent = [partner.name for partner in dataset.in_table if partner.id in comparison.absent]
    absent += [f"{area.number} {area.label}" for area in dataset.areas if area.id in comparison.absent]
    lines += [fact("Not in the file", "; ".join(absent))] if absent else []
    data: Json = {
        "file": comparison.file,
        "cells": asdict(cells),
        **_departures_data(comparison),
        "not_read": [_not_read_data(part) for part in comparison.not_read],
        "absent": [*comparison.absent],
    }
    title = f"{flat(comparison.file)}: {cells.agree} of {cells.compared} cells agree with our values"
    return framed(dataset, listing(title, parts.FACT, lines, data))


def _departures(dataset: Dataset, outcome: Verification | TableComparison, unexplained: str) -> Iterator[Line]:
    """Yield the departures, then the differences without a reason under their title."""
    titles = {"Departures from the published table": outcome.departures, unexplained: outcome.unexplained}
    for title, departures in titles.items():
        for departure in departures:
            printed, ours = (value_words(departure.field, value) for value in (departure.published, departure.ours))
            reason = f". {departure.reason}" if departure.reason else ""
            yield fact(_field(dataset, departure), f"printed {printed}, ours {ours}{reason}", title)


def _field(dataset: Dataset, departure: Departure) -> str:
    return f"{dataset.partner(departure.partner).name}, {Field(departure.field).title(dataset)}"


def _departures_data(outcome: Verification | TableComparison) -> dict[str, Json]:
    unexplained = [attributes(departure, "partner", "field", "published", "ours") for departure in outcome.unexplained]
    return {"departures": [asdict(departure) for departure in outcome.departures], "unexplained": unexplained}


def _reading(dataset: Dataset, emended: Emendation) -> Line:
    """Return which title is read over which partners of a damaged line."""
    names = {title: listed([dataset.partner(p).name for p in ids]) for title, ids in emended.read.items()}
    readings = "; ".join(f"{title} over {partners}" for title, partners in names.items())
    return fact(f"Line {emended.line}", f"{readings}. {emended.reason}", "How a damaged line of the copy is read")


def _not_read(part: NotRead) -> Line:
    first, last = part.cells[0], part.cells[-1]
    lines = f"Line {first.line}" if first.line == last.line else f"Lines {first.line}–{last.line}"
    more = f" and {counted(len(part.cells) - 1, 'more cell')}" if len(part.cells) > 1 else ""
    return fact(lines, f"{part.reason}: '{in_one_line(first.text)}'{more}", "Not read")


def _not_read_data(part: NotRead) -> Json:
    first, last = part.cells[0], part.cells[-1]
    place = {"line": first.line, "column": first.column, "last_line": last.line}
    return {**place, "cells": len(part.cells), "text": first.text, "reason": part.reason}


_CHANGES = (
    *machine("kind"),
    Column("id", heading=BLANK),
    Column("field", heading=BLANK),
    *machine("aspect", "before", "after", "source"),
    Column("change", grows=True),
)

_DAY = re.compile(r"(?<![\w/.-])\d{4}-(0[1-9]|1[0-2])(-\d{2})?(?![\w/-])")  # or a month; not inside an id or address
_BESIDE = {Aspect.EVIDENCE: "evidence", Aspect.NOTE: "notes", Aspect.DEPARTURE: "notes"}  # what belongs to a value


def changes(report: ChangeReport, *, full: bool = False) -> Table:
    """Return the values that changed, then what follows; the rest is counted, or listed in full by subject."""
    names, effects = report.titles, report.effects
    whole = {(change.kind, change.id) for change in report.changes if change.aspect is Aspect.WHOLE}
    # a partnership that is new or gone is one change, not one for each of its values
    of_values = (c for c in report.changes if c.is_of_table and (not c.field or (c.kind, c.id) not in whole))
    values = sorted(of_values, key=lambda change: change.kind != "partnership")
    of_table = set(values)
    rest = [change for change in report.changes if change not in of_table]
    lines = [
        *(_change(change, names) for change in values),
        *(_consequences(report, effects, values, full=full) if effects else ()),
        *(_change(change, names, section=_subject(change, names)) for change in rest if full),
        *(line for side, unread in zip(report.between, report.unread, strict=True) for line in _unread(side, unread)),
    ]
    remarks = tuple(_remarks(report, () if full else rest))
    hints = () if full or not rest else ("--full lists every change",)
    title = _changes_title(report, len(values))
    return listing(title, _CHANGES, lines, _changes_data(report), remarks=remarks, hints=hints)


def _changes_title(report: ChangeReport, values: int) -> str:
    since, until = report.between
    if report.unreadable:
        return f"The changes are not fully known: {counted(report.unreadable, 'file')} cannot be read"
    if not report.changes:
        return f"Nothing has changed from {since} to {until}."
    if not values:
        return f"From {since} to {until}: no mark, date, act, group or partner has changed"
    return f"From {since} to {until}: {counted(values, 'change')}"


def _unread(side: str, unread: Mapping[str, Sequence[Problem]]) -> Iterator[Line]:
    """Yield a line for each file that could not be compared, with its first fault."""
    for path, (first, *_) in unread.items():
        place = "" if first.location.line == 1 else f"line {first.location.line}: "  # line 1 is the file as a whole
        yield _effect(path, "", place + first.message, f"Not compared: files of {side} that cannot be read")


def _remarks(report: ChangeReport, rest: Iterable[Change]) -> Iterator[str]:
    counts = Counter(_BESIDE.get(change.aspect) or f"{change.kind}s" for change in rest)
    if counts:
        yield f"Not listed: changes in {', '.join(f'{kind} ({count})' for kind, count in counts.most_common())}."
    if report.changes and not (report.effects or report.unreadable):
        yield "The consequences are not known: one side has faults ('sdp validate' lists the faults of today)."


def _change(change: Change, names: Mapping[str, str], *, section: str = "") -> Line:
    """Return the line of a change; under the title of a section, without its subject."""
    text = _DAY.sub(lambda day: dates.in_words(day[0]), _words(change))
    if not section and change.kind != "partnership" and change.aspect is Aspect.WHOLE:
        text = text.partition(":")[0]  # its name is beside it
    shown: dict[str, Cell | str] = {
        "id": Cell("" if section else _subject(change, names), value=change.id),
        "field": Cell(_field_words(change.field, names), look=Look.MUTED),
        "change": text,
    }
    return Line(asdict(change), shown, section)


def _words(change: Change) -> str:
    """Return a change as a sentence without its subject."""
    before, after = _value(change, change.before), _value(change, change.after)
    subject = f"{change.aspect} " if change.aspect in _BESIDE else ""
    source = f"{change.source}{':' if change.aspect is Aspect.ITEM else ''} " if change.source else ""
    if before is None:
        return f"{subject}added: {source}{after}"
    if after is None:
        return f"{subject}removed: {source}{before}"
    lead = "renamed" if change.aspect is Aspect.ID else f"{subject}{source}".strip(": ")
    return f"{lead}: {before} → {after}" if lead else f"{before} → {after}"


def _value(change: Change, value: str | None) -> str | None:
    return value if value is None or change.aspect is not Aspect.VALUE else value_words(change.field, value)


def _subject(change: Change, names: Mapping[str, str]) -> str:
    kind, name = change.kind, change.id
    if kind in {"partnership", name, name.removesuffix("s")}:  # not an entry, but the rest of its file
        return names.get(name, name.capitalize())
    return f"{kind.capitalize()} {names.get(GROUP_FIELD + name if kind == 'group' else name, name)}"


def _field_words(field: str, names: Mapping[str, str]) -> str:
    return names.get(field) or field.replace("_", " ").capitalize()


def _consequences(report: ChangeReport, effects: Effects, values: Iterable[Change], *, full: bool) -> Iterator[Line]:
    names, section = report.titles, "Consequences"
    changed = {(change.id, change.field) for change in values}
    for grade in effects.grades:
        if grade.before and grade.after and (full or (grade.partner, grade.field) in changed):
            subject, field = names.get(grade.partner, grade.partner), _field_words(grade.field, names)
            yield _effect(subject, field, f"grade: {grade.before.words} → {grade.after.words}", section)
    before, after = effects.edition
    if changed or before != after:
        edition = f"{before} → {after}" if before != after else f"{after}, as before; raise it"
        yield _effect("Edition", "", edition, section)
    if effects.matched_before is not effects.matches_now:
        text = "fails → holds" if effects.matches_now else "holds → fails; run it to see where"
        yield _effect("sdp verify", "", text, section)
    for verdict in effects.verdicts:
        if verdict.before and verdict.after:
            yield _effect("Statement", verdict.id, f"{verdict.before} → {verdict.after}", section)


def _effect(subject: str, field: str, text: str, section: str) -> Line:
    """Return a line that is not a change itself, and that csv leaves out."""
    return Line({}, {"id": subject, "field": field, "change": text}, section, people_only=True)


def _changes_data(report: ChangeReport) -> Json:
    unread: list[list[Json]] = [
        [{"path": p.location.path, "line": p.location.line, "message": p.message} for ps in side.values() for p in ps]
        for side in report.unread
    ]
    return {
        "from": report.between[0],
        "to": report.between[1],
        "changes": None if report.unreadable else [asdict(change) for change in report.changes],  # null is not known
        "effects": asdict(report.effects) if report.effects else None,
        "unreadable": {"from": unread[0], "to": unread[1]},
    }
