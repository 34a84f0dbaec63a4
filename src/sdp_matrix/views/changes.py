"""Lay out what has changed between two states of the data: values first, what follows, then the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from sdp_matrix.analysis.changes import Aspect, Change, ChangeReport, Effects, GradeChange
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model.vocabulary import GROUP_FIELD
from sdp_matrix.problem import Problem
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import BLANK, Line, counted, listing, machine

_COLUMNS = (
    *machine("kind"),
    Column("id", heading=BLANK),
    Column("field", heading=BLANK),
    *machine("aspect", "before", "after", "source"),
    Column("change", grows=True),
)

_BESIDE = {Aspect.EVIDENCE: "evidence", Aspect.NOTE: "notes", Aspect.DEPARTURE: "notes"}
"""What belongs to a value, and how it is counted."""

_Names = Mapping[str, str]


def changes(report: ChangeReport, *, full: bool = False) -> Table:
    """Return the values that changed, then what follows; the rest is counted, or listed in full by subject."""
    names, effects = report.titles, report.effects
    whole = {(change.kind, change.id) for change in report.changes if change.aspect is Aspect.WHOLE}
    of_values = (c for c in report.changes if c.is_of_table and (not c.field or (c.kind, c.id) not in whole))
    values = sorted(of_values, key=lambda change: change.kind != "partnership")
    of_table = set(values)
    rest = [change for change in report.changes if change not in of_table]
    lines = [
        *(_line(change, names) for change in values),
        *(_consequences(effects, names, values) if effects else ()),
        *(_line(change, names, section=_subject(change, names)) for change in rest if full),
        *(_grades(effects.grades, names, "Grades") if effects and full else ()),
        *(line for side, unread in zip(report.between, report.unread, strict=True) for line in _unread(side, unread)),
    ]
    remarks = tuple(_remarks(report, () if full else rest))
    hints = () if full or not rest else ("--full lists every change",)
    return listing(_title(report, len(values)), _COLUMNS, lines, _data(report), remarks=remarks, hints=hints)


def _title(report: ChangeReport, values: int) -> str:
    since, until = report.between
    if report.unreadable:
        return f"Not known in full what has changed: {counted(report.unreadable, 'file')} cannot be read"
    if not report.changes:
        return f"Nothing has changed from {since} to {until}."
    if not values:
        return f"From {since} to {until}: no mark, date, act, group or partner has changed"
    return f"From {since} to {until}: {counted(values, 'change')}"


def _unread(side: str, unread: Mapping[str, Sequence[Problem]]) -> Iterator[Line]:
    """Yield a line for each file that could not be compared, with its first fault; an old edition is not mended."""
    for path, (first, *others) in unread.items():
        place = "" if first.location.line == 1 else f"line {first.location.line}: "
        more = f"; and {len(others)} more" if others else ""
        words = f"{place}{first.message.partition(';')[0]}{more}"
        yield _fact(path, "", words, f"Not compared: files of {side} that cannot be read")


def _remarks(report: ChangeReport, rest: Iterable[Change]) -> Iterator[str]:
    counts = Counter(_BESIDE.get(change.aspect) or f"{change.kind}s" for change in rest)
    if counts:
        yield f"Besides, not listed: {', '.join(f'{count} in {kind}' for kind, count in counts.most_common())}."
    if report.changes and report.unreadable:
        yield "What is listed is of the files that can be read."
    elif report.changes and not report.effects:
        yield "What follows is not known: one side has faults ('sdp validate' lists those of today)."


def _line(change: Change, names: _Names, *, section: str = "") -> Line:
    """Return the line of a change; under the title of a section, without its subject."""
    text = words(change)
    if not section and change.kind != "partnership" and change.aspect is Aspect.WHOLE:
        text = text.partition(":")[0]  # its name is beside it
    shown: dict[str, Cell | str] = {
        "id": Cell("" if section else _subject(change, names), value=change.id),
        "field": Cell(_field(change.field, names), look=Look.MUTED),
        "change": text,
    }
    return Line(asdict(change), shown, section)


def words(change: Change) -> str:
    """Return a change as a sentence without its subject."""
    before, after = _value(change, change.before), _value(change, change.after)
    subject = f"{change.aspect} " if change.aspect in _BESIDE else ""
    source = f"{change.source}{':' if change.aspect is Aspect.ITEM else ''} " if change.source else ""
    if before is None:
        return f"{subject}added: {source}{after}"
    if after is None:
        return f"{subject}removed: {source}{before}"
    lead = f"{subject}{source}".strip(": ")
    return f"{lead}: {before} → {after}" if lead else f"{before} → {after}"


def _value(change: Change, value: str | None) -> str | None:
    return value if value is None or change.aspect is not Aspect.VALUE else value_words(change.field, value)


def _subject(change: Change, names: _Names) -> str:
    kind, name = change.kind, change.id
    if kind in {"partnership", name}:
        return names.get(name, name.capitalize())
    return f"{kind.capitalize()} {names.get(GROUP_FIELD + name if kind == 'group' else name, name)}"


def _field(field: str, names: _Names) -> str:
    return names.get(field) or field.replace("_", " ").capitalize()


def _consequences(effects: Effects, names: _Names, values: Iterable[Change]) -> Iterator[Line]:
    section = "What follows"
    changed = {(change.id, change.field) for change in values}
    of_values = (grade for grade in effects.grades if (grade.partner, grade.field) in changed and grade.before)
    yield from _grades(of_values, names, section, "grade: ")
    before, after = effects.edition
    if changed or before != after:
        edition = f"{before} → {after}" if before != after else f"{after}, as before; raise it"
        yield _fact("Edition", "", edition, section)
    if effects.held is not effects.holds:
        yield _fact("sdp verify", "", "fails → holds" if effects.holds else "holds → fails; it says where", section)
    for verdict in effects.verdicts:
        if verdict.before and verdict.after:
            yield _fact("Statement", verdict.id, f"{verdict.before} → {verdict.after}", section)


def _grades(grades: Iterable[GradeChange], names: _Names, section: str, lead: str = "") -> Iterator[Line]:
    for grade in grades:
        before, after = (side.words if side else "not there" for side in (grade.before, grade.after))
        subject, field = names.get(grade.partner, grade.partner), _field(grade.field, names)
        yield _fact(subject, field, f"{lead}{before} → {after}", section)


def _fact(subject: str, field: str, text: str, section: str) -> Line:
    """Return a line that is not a change itself, and that csv leaves out."""
    return Line({}, {"id": subject, "field": field, "change": text}, section, people_only=True)


def _data(report: ChangeReport) -> Json:
    """Return the shape of docs/json.md."""
    unread: list[list[Json]] = [
        [{"path": p.location.path, "line": p.location.line, "message": p.message} for ps in side.values() for p in ps]
        for side in report.unread
    ]
    return {
        "from": report.between[0],
        "to": report.between[1],
        "changes": None if report.unreadable else [asdict(change) for change in report.changes],
        "effects": asdict(report.effects) if report.effects else None,
        "unreadable": {"from": unread[0], "to": unread[1]},
    }
