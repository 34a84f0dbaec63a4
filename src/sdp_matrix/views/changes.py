"""Lay out what has changed between two states of the data: values first, what follows, then the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from sdp_matrix.analysis.changes import Aspect, Change, ChangeReport, Effects, GradeChange
from sdp_matrix.files.git_history import EditionRevision
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import GROUP_FIELD, Status
from sdp_matrix.views.parts import headings, machine, row

COLUMNS = (
    *machine("kind"),
    Column("id"),
    Column("field"),
    *machine("aspect", "before", "after", "source"),
    Column("change", grows=True),
)

_TOPICS = {
    "area": "the codebook",
    "dataset": "the description of the data",
    "group": "groups",
    "partnership": "other facts of partnerships",
    "table": "Table 1",
    "transcription": "Table 1",
}
"""Where a change is that is not listed, by its kind; of another kind in those: references, statements, prospects."""


def changes(report: ChangeReport, *, full: bool = False) -> Table:
    """Show the values that changed, then what follows; the rest is counted, or listed in full by subject."""
    names, effects = report.titles, report.effects
    whole = {(change.kind, change.id) for change in report.changes if change.aspect is Aspect.WHOLE}
    values = [c for c in report.changes if c.is_of_table and (not c.field or (c.kind, c.id) not in whole)]
    values.sort(key=lambda change: change.kind != "partnership")
    listed = set(values)
    rest = [change for change in report.changes if change not in listed]
    sections = [
        Section(tuple(_row(change, names, _subject(change, names)) for change in values)),
        _people("What follows", _consequences(effects, names, values) if effects else ()),
    ]
    if full:
        sections += [
            Section(tuple(_row(change, names) for change in group), subject)
            for subject, group in groupby(rest, lambda change: _subject(change, names))
        ]
        sections.append(_people("Grades", _grades(effects.grades, names) if effects else ()))
    sections += [
        _people(f"Files of {side} that cannot be read", ((str(p.location), "", p.message) for p in problems))
        for side, problems in zip(report.between, report.faults, strict=True)
    ]
    shown = tuple(section for section in sections if section.rows)
    return Table(
        title=_title(report, len(values)),
        columns=COLUMNS,
        header=(headings("", "", "Change"),) if shown else (),
        sections=shown,
        remarks=tuple(_remarks(report, () if full else rest, whole)),
        hints=() if full or not rest else ("--full lists every change",),
        wide=False,
        data=_data(report),
    )


def _title(report: ChangeReport, values: int) -> str:
    since, until = report.between
    if report.unreadable:
        files = f"{report.unreadable} file{' cannot' if report.unreadable == 1 else 's cannot'} be read"
        return f"Not known what has changed: {files}"
    if not report.changes:
        return f"Nothing has changed from {since} to {until}."
    if not values:
        return f"From {since} to {until}: no mark, date, act, group or partner has changed"
    return f"From {since} to {until}: {values} change{'s' if values > 1 else ''}"


def _remarks(report: ChangeReport, rest: Iterable[Change], whole: set[tuple[str, str]]) -> Iterator[str]:
    counts = Counter(_topic(change, whole) for change in rest)
    if counts:
        yield f"Besides, not listed: {', '.join(f'{count} in {topic}' for topic, count in counts.most_common())}."
    if report.changes and report.unreadable:
        yield "What is listed is of the files that can be read."
    elif report.changes and not report.effects:
        yield "What follows is not known: one side has faults ('sdp validate' lists those of today)."


def _topic(change: Change, whole: set[tuple[str, str]]) -> str:
    if change.kind == "partnership" and (change.kind, change.id) in whole:
        return "partnerships that are new"
    if change.aspect in {Aspect.EVIDENCE, Aspect.NOTE, Aspect.DEPARTURE}:
        return "evidence" if change.aspect is Aspect.EVIDENCE else "notes"
    return _TOPICS.get(change.kind, f"{change.kind}s")


def editions(listed: Sequence[EditionRevision]) -> Table:
    """Show the editions in the history of the data, the newest first."""
    names = ("version", "date", "revision")
    return Table(
        title="Editions of the data",
        columns=tuple(map(Column, names)),
        header=(headings("Version", "Date", "Newest revision"),),
        sections=(Section(tuple((Cell(e.version), Cell(e.date), Cell(e.commit[:9], value=e.commit)) for e in listed)),),
        wide=False,
        data=[dict(zip(names, edition, strict=True)) for edition in listed],
        hints=("'sdp changes VERSION' lists what has changed since an edition",) if listed else (),
    )


def _row(change: Change, names: Mapping[str, str], subject: str = "") -> tuple[Cell, ...]:
    text = words(change)
    if subject and change.kind != "partnership" and change.aspect is Aspect.WHOLE:
        text = text.partition(":")[0]  # its name stands beside it
    return (
        Cell(change.kind),
        Cell(subject, value=change.id),
        Cell(_field(change.field, names), value=change.field, look=Look.MUTED),
        Cell(change.aspect.value),
        Cell(change.before or ""),
        Cell(change.after or ""),
        Cell(change.source),
        Cell(text),
    )


def words(change: Change) -> str:
    """Return a change as a sentence without its subject.

    >>> from sdp_matrix.analysis.changes import Aspect, Change
    >>> words(Change("partnership", "norway", "space", Aspect.VALUE, "not-covered", "covered"))
    'not covered → covered'
    >>> words(Change("partnership", "norway", "space", Aspect.EVIDENCE, None, "supports covered", "eeas-norway-2024"))
    'evidence added: eeas-norway-2024 supports covered'
    """
    before, after = _value(change, change.before), _value(change, change.after)
    beside = change.aspect in {Aspect.EVIDENCE, Aspect.NOTE, Aspect.DEPARTURE}
    subject = f"{change.aspect} " if beside else ""
    source = f"{change.source}{':' if change.aspect is Aspect.ITEM else ''} " if change.source else ""
    if before is None:
        return f"{subject}added: {source}{after}"
    if after is None:
        return f"{subject}removed: {source}{before}"
    lead = f"{subject}{source}".strip(": ")
    return f"{lead}: {before} → {after}" if lead else f"{before} → {after}"


def _value(change: Change, value: str | None) -> str | None:
    if value is None or change.aspect is not Aspect.VALUE:
        return value
    if change.field == "date":
        return dates.in_words(value)
    return value.replace("-", " ") if value in {*Status, "not-member"} else value


def _subject(change: Change, names: Mapping[str, str]) -> str:
    kind, name = change.kind, change.id
    if kind in {"partnership", name}:
        return names.get(name, name.capitalize())
    return f"{kind.capitalize()} {names.get(GROUP_FIELD + name if kind == 'group' else name, name)}"


def _field(field: str, names: Mapping[str, str]) -> str:
    return names.get(field) or field.replace("_", " ").capitalize()


_Words = tuple[str, str, str]


def _consequences(effects: Effects, names: Mapping[str, str], values: Sequence[Change]) -> Iterator[_Words]:
    changed = {(change.id, change.field) for change in values}
    of_values = (grade for grade in effects.grades if (grade.partner, grade.field) in changed and grade.before)
    yield from ((partner, field, f"grade: {text}") for partner, field, text in _grades(of_values, names))
    before, after = effects.edition
    if values or before != after:
        yield "Edition", "", f"{before} → {after}" if before != after else f"{after}, as before; raise it"
    if effects.held is not effects.holds:
        yield "sdp verify", "", "fails → holds" if effects.holds else "holds → fails"
    for departure in effects.unexplained:
        text = f"Table 1 prints {departure.published or 'nothing'}; no departure explains it"
        yield names.get(departure.partner, departure.partner), _field(departure.field, names), text
    for surplus in effects.needless:
        text = "Table 1 prints the same; remove the departure"
        yield names.get(surplus.partner, surplus.partner), _field(surplus.field, names), text
    for verdict in effects.verdicts:
        if verdict.before and verdict.after:
            yield "Statement", verdict.id, f"{verdict.before} → {verdict.after}"


def _grades(grades: Iterable[GradeChange], names: Mapping[str, str]) -> Iterator[_Words]:
    for grade in grades:
        before, after = (side.value.replace("-", " ") if side else "not there" for side in (grade.before, grade.after))
        yield names.get(grade.partner, grade.partner), _field(grade.field, names), f"{before} → {after}"


def _people(title: str, rows: Iterable[_Words]) -> Section:
    """Return rows that are not changes themselves, and that csv leaves out."""
    cells = (row(COLUMNS, id=subject, field=field, change=text) for subject, field, text in rows)
    return Section(tuple(cells), title, people_only=True)


def _data(report: ChangeReport) -> Json:
    """Return the shape of docs/json.md."""
    listed: list[Json] = [asdict(change) for change in report.changes]
    unread: list[list[Json]] = [
        [{"path": p.location.path, "line": p.location.line, "message": p.message} for p in side]
        for side in report.faults
    ]
    effects: dict[str, Json] | None = asdict(report.effects) if report.effects else None
    return {
        "from": report.between[0],
        "to": report.between[1],
        "changes": None if report.unreadable else listed,
        "effects": effects,
        "unreadable": {"from": unread[0], "to": unread[1]},
    }
