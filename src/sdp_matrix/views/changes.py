"""What two states of the data say differently, as a table of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from sdp_matrix.analysis.changes import Aspect, Change, Effects
from sdp_matrix.analysis.revisions import ChangeReport
from sdp_matrix.files.git_history import EditionRevision
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import GROUP_FIELD, Status
from sdp_matrix.views.parts import headings

COLUMNS = (
    Column("kind", machine_only=True),
    Column("id", machine_only=True),
    Column("field"),
    Column("aspect", machine_only=True),
    Column("before", machine_only=True),
    Column("after", machine_only=True),
    Column("source", machine_only=True),
    Column("change", grows=True),
)


_NOTHING = "Nothing has changed"


def changes(report: ChangeReport) -> Table:
    """Show changes by what they are about; then what follows; then the files that could not be read."""
    found, follows, names, between = report.changes, report.effects, report.titles, report.between
    sections = [
        Section(tuple(_row(change, names) for change in group), _subject(*subject, names))
        for subject, group in groupby(found, lambda change: (change.kind, change.id))
    ]
    if follows:
        sections += [
            _people("Edition of the data", _edition_words(follows)),
            _people("What follows for the grades", _grade_words(follows, names)),
            _people("What follows for Table 1", _table_words(follows, names)),
            _people("What follows for the statements", _statement_words(follows)),
        ]
    sections += [
        _people(f"Files of {side} that cannot be read", ((str(p.location), p.message) for p in problems))
        for side, problems in zip(between, report.faults, strict=True)
    ]
    count = f"{len(found)} change{'s' if len(found) > 1 else ''}"
    title = f"From {between[0]} to {between[1]}: {count}" if found else f"{_NOTHING} from {between[0]} to {between[1]}."
    if report.unreadable:
        files = f"{report.unreadable} file{' cannot' if report.unreadable == 1 else 's cannot'} be read"
        title = f"Not known what has changed: {files}"
    silent = "What follows is not known: one side has faults ('sdp validate' lists those of today)."
    remarks = (silent,) if found and not follows else ()
    return Table(
        title=title,
        columns=COLUMNS,
        header=(headings("", "Change"),) if found else (),
        sections=tuple(section for section in sections if section.rows),
        remarks=remarks,
        wide=False,
        data=_data(report),
    )


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
        hints=("'sdp changes VERSION' says what has changed since an edition",) if listed else (),
    )


def _row(change: Change, names: Mapping[str, str]) -> tuple[Cell, ...]:
    label = names.get(change.field) or change.field.replace("_", " ").capitalize()
    return (
        Cell(change.kind),
        Cell(change.id),
        Cell(label, value=change.field, look=Look.MUTED),
        Cell(change.aspect.value),
        Cell(change.before or ""),
        Cell(change.after or ""),
        Cell(change.source),
        Cell(words(change)),
    )


def words(change: Change) -> str:
    """A change as a sentence without its subject.

    >>> from sdp_matrix.analysis.changes import Aspect, Change
    >>> words(Change("partnership", "norway", "space", Aspect.VALUE, "not-covered", "covered"))
    'not covered → covered'
    >>> words(Change("partnership", "norway", "space", Aspect.EVIDENCE, None, "supports covered", "eeas-norway-2024"))
    'evidence added: eeas-norway-2024 supports covered'
    """
    before, after = _said(change, change.before), _said(change, change.after)
    beside = change.aspect in {Aspect.EVIDENCE, Aspect.NOTE, Aspect.DEPARTURE}
    subject = f"{change.aspect} " if beside else ""
    source = f"{change.source}{':' if change.aspect is Aspect.ITEM else ''} " if change.source else ""
    if before is None:
        return f"{subject}added: {source}{after}"
    if after is None:
        return f"{subject}removed: {source}{before}"
    lead = f"{subject}{source}".strip(": ")
    return f"{lead}: {before} → {after}" if lead else f"{before} → {after}"


def _said(change: Change, value: str | None) -> str | None:
    if value is None or change.aspect is not Aspect.VALUE:
        return value
    if change.field == "date":
        return dates.in_words(value)
    return value.replace("-", " ") if value in {*Status, "not-member"} else value


def _subject(kind: str, name: str, names: Mapping[str, str]) -> str:
    if kind in {"partnership", name}:
        return names.get(name, name.capitalize())
    return f"{kind.capitalize()} {names.get(GROUP_FIELD + name if kind == 'group' else name, name)}"


def _edition_words(follows: Effects) -> Iterator[tuple[str, str]]:
    before, after = follows.edition
    yield "Version", f"{before} → {after}" if before != after else f"{after}, as before; a changed value raises it"


def _grade_words(follows: Effects, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for one in follows.grades:
        before, after = (grade.value.replace("-", " ") if grade else "not there" for grade in (one.before, one.after))
        field = names.get(one.field) or one.field.replace("_", " ")
        yield f"{names.get(one.partner, one.partner)}, {field}", f"{before} → {after}"


def _table_words(follows: Effects, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "Values", f"{follows.cells} of its partners' dates and cells change" if follows.cells else "none changes"
    verdicts = {True: "holds", False: "fails"}
    yield (
        "sdp verify",
        (
            verdicts[follows.holds]
            if follows.held is follows.holds
            else f"{verdicts[follows.held]} → {verdicts[follows.holds]}"
        ),
    )
    for label, listed in (("unexplained", follows.unexplained), ("settled", follows.settled)):
        for one in listed:
            where = f"{names.get(one.partner, one.partner)}, {names.get(one.field, one.field)}"
            yield label, f"{where}: printed {one.published or 'nothing'}, ours {one.ours or 'nothing'}"
    for surplus in follows.needless:
        where = f"{names.get(surplus.partner, surplus.partner)}, {names.get(surplus.field, surplus.field)}"
        yield "needless", f"{where}: remove the reason to depart"


def _statement_words(follows: Effects) -> Iterator[tuple[str, str]]:
    for one in follows.verdicts:
        yield one.id, f"{one.before or 'not there'} → {one.after or 'not there'}"


def _people(title: str, pairs: Iterable[tuple[str, str]]) -> Section:
    """Rows that are not changes themselves, and that csv leaves out."""
    rows = tuple(
        tuple(Cell({"field": label, "change": text}.get(column.id, "")) for column in COLUMNS) for label, text in pairs
    )
    return Section(rows, title, people_only=True)


def _data(report: ChangeReport) -> Json:
    """The shape of docs/json.md."""
    listed: list[Json] = [asdict(change) for change in report.changes]
    unread: list[list[Json]] = [
        [{"path": p.location.path, "line": p.location.line, "message": p.message} for p in side]
        for side in report.faults
    ]
    return {
        "from": report.between[0],
        "to": report.between[1],
        "changes": None if report.unreadable else listed,
        "effects": _effects_data(report.effects) if report.effects else None,
        "unreadable": {"from": unread[0], "to": unread[1]},
    }


def _effects_data(follows: Effects) -> Json:
    data: dict[str, Json] = asdict(follows)
    return data
