"""What two states of the data say differently: value by value, with evidence and notes, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.factcheck import factcheck
from sdp_matrix.analysis.verification import Departure, Needless, verify
from sdp_matrix.files.folder import Scan
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Coverage, GroupMembership, Partnership, Sourced
from sdp_matrix.model.published_table import PublishedTable, Transcription
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import GROUP_FIELD, SOURCED_FIELDS, Grade, Status, Verdict


class Aspect(StrEnum):
    """What of a field has changed."""

    WHOLE = "whole"
    VALUE = "value"
    DEPARTURE = "departure"
    NOTE = "note"
    EVIDENCE = "evidence"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said differently; None on the side that says nothing."""

    kind: str
    """partnership, area, group, reference, prospect, statement, table …"""
    id: str
    field: str
    """An area id, date, act, group:<id>, signatories …; empty for the whole."""
    aspect: Aspect
    before: str | None
    after: str | None
    source: str = ""
    """For evidence the reference and the place in it, for an item of a list what makes it the same one."""


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A statement whose verdict is another one; None where the statement is not there."""

    id: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A value whose grade is another one; None where the value is not there."""

    partner: str
    field: str
    before: Grade | None
    after: Grade | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows for the edition, the grades, the published table and the statements."""

    edition: tuple[str, str]
    """The versions of the data."""
    grades: tuple[GradeChange, ...]

    cells: int
    """Values of the partners of the table that are others now."""
    held: bool
    holds: bool
    """Whether our table, as published, was and is the published one."""
    unexplained: tuple[Departure, ...]
    """Differences from the published table that are new and have no departure."""
    settled: tuple[Departure, ...]
    """Such differences that are gone."""
    needless: tuple[Needless, ...]
    """Reasons to depart where there is no longer a difference."""
    verdicts: tuple[VerdictChange, ...]


_Subject: TypeAlias = tuple[str, str]
_Key: TypeAlias = tuple[str, Aspect, str]


def changes(before: Scan, after: Scan) -> tuple[Change, ...]:
    """Everything that two scans say differently; files that cannot be read on either side are left out.

    A value has not changed where only its form has: short or long, order of keys, quotes, comments.
    """
    old, new = _subjects(before), _subjects(after)
    unread = unreadable(before) | unreadable(after)
    found: list[Change] = []
    for subject in dict.fromkeys([*new, *old]):
        (was_in, was), (is_in, now) = old.get(subject, ("", None)), new.get(subject, ("", None))
        if not {was_in, is_in} & unread and was != now:
            found += _differences(subject, was, now)
    return tuple(found)


def unreadable(scan: Scan) -> set[str]:
    """Paths of the files of which nothing is known, because they cannot be read."""
    named = {problem.location.path.removeprefix(f"{scan.folder}/") for problem in scan.problems}
    return (named | set(scan.documents)) - set(scan.records)


def effects(found: Iterable[Change], before: Dataset, after: Dataset) -> Effects:
    """What changes mean for the published table and the statements, between two data sets that are whole."""
    was, now = verify(before), verify(after)
    columns = after.table.columns
    shown = {*(area.id for area in after.areas), "date"}
    old = {result.statement.id: result.verdict for result in factcheck(before)}
    new = {result.statement.id: result.verdict for result in factcheck(after)}
    return Effects(
        edition=(before.edition.version, after.edition.version),
        grades=tuple(_grade_changes(before, after)),
        cells=sum(
            one.kind == "partnership" and one.id in columns and one.aspect is Aspect.VALUE and one.field in shown
            for one in found
        ),
        held=was.holds,
        holds=now.holds,
        unexplained=tuple(one for one in now.unexplained if one not in was.unexplained),
        settled=tuple(one for one in was.unexplained if one not in now.unexplained),
        needless=tuple(one for one in now.needless if one not in was.needless),
        verdicts=tuple(
            VerdictChange(name, old.get(name), new.get(name))
            for name in dict.fromkeys([*new, *old])
            if old.get(name) != new.get(name)
        ),
    )


def _grade_changes(before: Dataset, after: Dataset) -> Iterator[GradeChange]:
    old, new = _grades(before), _grades(after)
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key) and {old.get(key), new.get(key)} != {None, Grade.UNKNOWN}:
            yield GradeChange(*key, old.get(key), new.get(key))


def _grades(dataset: Dataset) -> dict[tuple[str, str], Grade]:
    return {
        (partnership.id, field): grading.grade(dataset, partnership, field)
        for partnership in dataset.partnerships
        for field in grading.fields(partnership)
    }


def _subjects(scan: Scan) -> dict[_Subject, tuple[str, object]]:
    """Everything that has an id, with the file it stands in."""
    found: dict[_Subject, tuple[str, object]] = {}
    for path, record in scan.records.items():
        stem = path.rpartition("/")[2].rpartition(".")[0]
        kind = {Partnership: "partnership", PublishedTable: "table", Transcription: "transcription"}.get(type(record))
        if kind:
            found[kind, stem] = (path, record)
            continue
        lists = list(_said(record).values())
        if len(lists) == 1 and isinstance(lists[0], tuple) and all(hasattr(item, "id") for item in lists[0]):
            found |= {(stem.removesuffix("s"), item.id): (path, item) for item in lists[0]}
        else:
            found[stem, stem] = (path, record)
    return found


def _differences(subject: _Subject, was: object, now: object) -> Iterator[Change]:
    kind, name = subject
    if was is None or now is None:
        whole = (None, _text(now)) if was is None else (_text(was), None)
        yield Change(kind, name, "", Aspect.WHOLE, *whole)
        if not isinstance(now, Partnership):
            return
    old, new = dict(_facts(was)), dict(_facts(now))
    order = list(dict.fromkeys(field for field, _, _ in [*new, *old]))
    for key in sorted(dict.fromkeys([*old, *new]), key=lambda key: order.index(key[0])):
        before, after = old.get(key), new.get(key)
        field, aspect, source = key
        if before != after and not (was is None and (after == Status.UNKNOWN or field in {"id", "title"})):
            yield Change(kind, name, field, aspect, before, after, "" if source in {before, after} else source)


def _facts(record: object) -> Iterator[tuple[_Key, str]]:
    """Everything a record says, each under a key of its own."""
    if isinstance(record, Partnership):
        yield from _facts_of_partnership(record)
    else:
        for name, value in _said(record).items():
            if name != "id":
                yield from _plain(name, value)


def _said(record: object) -> Mapping[str, object]:
    """What a record says, by its fields in order; nothing for any other value."""
    if isinstance(record, Transcription):
        return {"lines": record.lines}
    return vars(record) if isinstance(record, Record) else {}


def _facts_of_partnership(partnership: Partnership) -> Iterator[tuple[_Key, str]]:
    for one in ("id", "name", "iso", "aliases", "title"):
        yield from _plain(one, getattr(partnership, one))
    for field in SOURCED_FIELDS:
        if sourced := getattr(partnership, field):
            yield from _sourced(field, sourced.text, sourced)
    for one in ("signatories", "milestones", "mechanisms", "other_topics", "headings"):
        yield from _plain(one, getattr(partnership, one))
    for membership in partnership.groups:
        yield from _sourced(GROUP_FIELD + membership.group, membership.status, membership)
    for area, cell in partnership.coverage.items():
        yield from _sourced(area, cell.status, cell)


def _sourced(field: str, value: object, sourced: Sourced | Coverage | GroupMembership) -> Iterator[tuple[_Key, str]]:
    yield (field, Aspect.VALUE, ""), str(value)
    for aspect, text in ((Aspect.DEPARTURE, sourced.departure), (Aspect.NOTE, sourced.note)):
        if text:
            yield (field, aspect, ""), text
    met: set[str] = set()
    for evidence in sourced.evidence:
        source = f"{evidence.reference}, {evidence.locator}" if evidence.locator else evidence.reference
        while source in met:
            source += ", again"
        met.add(source)
        note = f" ({evidence.note})" if evidence.note else ""
        yield (field, Aspect.EVIDENCE, source), f"supports {evidence.supports}{note}"


_IDENTITY = {
    "borderline": ("case",),
    "items": ("title",),
    "mechanisms": ("kind", "reference", "detail"),
    "milestones": ("date", "event"),
    "other_topics": ("topic",),
    "signatories": ("party", "name"),
    "steps": ("date", "stage"),
}
"""Of the lists whose items are records: the fields by which an item is the same one in both states."""


def _plain(field: str, value: object) -> Iterator[tuple[_Key, str]]:
    """Facts of a value without evidence: of a list, each item; of a record with lists, each part; else the whole."""
    if isinstance(value, tuple):
        for item in value:
            yield _fact_of_item(field, item)
    elif (said := _said(value)) and any(isinstance(part, tuple) for part in said.values()):
        for name, part in said.items():
            for (_, aspect, source), text in _plain(name, part):
                yield (field, aspect, source or name), text
    elif value is not None:
        yield (field, Aspect.VALUE, ""), _text(value)


def _fact_of_item(field: str, item: object) -> tuple[_Key, str]:
    said = _said(item)
    by = [name for name in _IDENTITY.get(field, ()) if said.get(name)]
    if not by:
        return (field, Aspect.ITEM, _text(item)), _text(item)
    rest = [_text(value) for name, value in said.items() if value and name not in by]
    return (field, Aspect.ITEM, ", ".join(_text(said[name]) for name in by).rstrip(".")), "; ".join(rest)


def _text(value: object) -> str:
    """A value in one line, as a person would say it."""
    if isinstance(value, Partnership):
        return f"{value.title_words} ({value.act.value}, {value.date.text})"
    if said := _said(value):
        return "; ".join(
            f"{name.replace('_', ' ')}: {_text(inner)}" for name, inner in said.items() if inner and name != "id"
        )
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    return str(value)
