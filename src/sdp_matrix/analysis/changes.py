"""Compare two states of the data value by value, with evidence and notes, and derive what follows from the changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.factcheck import factcheck
from sdp_matrix.analysis.field import fields
from sdp_matrix.analysis.verification import Departure, Needless, verify
from sdp_matrix.errors import DataError, SdpError
from sdp_matrix.files import git_history
from sdp_matrix.files.disk import data_folder, read_folder
from sdp_matrix.files.scan import Scan, scan_files
from sdp_matrix.model.dataset import Dataset, PublishedTable, Transcription
from sdp_matrix.model.partnership import Coverage, GroupMembership, Partnership, Sourced
from sdp_matrix.model.record import Record
from sdp_matrix.model.registers import AreasFile, GroupsFile
from sdp_matrix.model.vocabulary import GROUP_FIELD, SOURCED_FIELDS, Grade, Status, Verdict
from sdp_matrix.problem import Problem
from sdp_matrix.text_safety import in_one_line

_WORKING_TREE = "the working tree"
_EDITION = {("dataset", "version"), ("dataset", "date")}
_VERSION = re.compile(r"\d+\.\d+\.\d+")


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
    """One thing that is another now; None on the side that does not have it."""

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

    @property
    def is_of_table(self) -> bool:
        """Return whether it is a mark, a date, an act, a group, or a partner, area or group as a whole."""
        if self.aspect is Aspect.WHOLE or self.field == "id":
            return self.kind in {"partnership", "area", "group"}
        shown = self.field in {"act", "date", "name"} or self.field not in Partnership.model_fields
        return self.kind == "partnership" and self.aspect is Aspect.VALUE and shown


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
    grades: tuple[GradeChange, ...]

    cells: int
    """Values of the partners of the table that are others now."""
    held: bool
    holds: bool
    """Whether our table, as published, was and is the published one."""
    unexplained: tuple[Departure, ...]
    """Differences from the published table that are new and have no departure."""
    settled: tuple[Departure, ...]
    needless: tuple[Needless, ...]
    """Reasons to depart where there is no longer a difference."""
    verdicts: tuple[VerdictChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """The differences of two states of the data, and what follows from them."""

    between: tuple[str, str]
    """What the states are called."""
    changes: tuple[Change, ...]
    """All but the version and date of the edition; those of files that both sides can read."""
    effects: Effects | None
    """None where nothing has changed, or where a side is not a whole data set."""
    titles: Mapping[str, str]
    """Titles for people, by the ids and fields that changes have; areas with their number."""
    faults: tuple[tuple[Problem, ...], tuple[Problem, ...]]
    """What is wrong with the files of each side that could not be compared."""

    @property
    def unreadable(self) -> int:
        """Return how many files cannot be read on one side or the other, so that the changes are not all known."""
        sides = zip(self.between, self.faults, strict=True)
        return len({problem.location.path.removeprefix(f"{side}/") for side, faults in sides for problem in faults})


def changes(since: str = "HEAD", until: str | None = None, *, folder: str | Path | None = None) -> ChangeReport:
    """Compare two states of a data folder, or one and the files as they are.

    A state is an edition (`1.0.0`: the newest commit that carries it), a git revision, or another data folder. The
    folder is found as in `load`; neither side has to be sound. Raises `RequestError` if a state does not exist.
    """
    place = data_folder(folder)
    before, after = _state(place, since), _state(place, until)
    compared = differences(before, after)
    return ChangeReport(
        between=(before.folder, after.folder),
        changes=compared,
        effects=_effects(compared, before, after),
        titles=_titles(before) | _titles(after),
        faults=(_faults(before), _faults(after)),
    )


def _state(place: Path, name: str | None) -> Scan:
    if name is None:
        present = read_folder(place)
        if present.problems:
            raise DataError(present.problems)
        return scan_files(_WORKING_TREE, present.files)
    if name and Path(name).is_dir() and (other := read_folder(Path(name)).files):
        return scan_files(in_one_line(name), other)
    for edition in git_history.editions(place) if _VERSION.fullmatch(name) else ():
        if edition.version == name:
            return scan_files(f"edition {name} ({edition.commit[:9]})", git_history.files(place, edition.commit))
    return scan_files(in_one_line(name), git_history.files(place, name))


def _titles(scan: Scan) -> dict[str, str]:
    areas, groups = scan.record("areas.yaml", AreasFile), scan.record("groups.yaml", GroupsFile)
    return {
        **{partnership.id: partnership.name for partnership in scan.all(Partnership).values()},
        **{area.id: f"{area.number} {area.label}" for area in (areas.areas if areas else ())},
        **{GROUP_FIELD + group.id: group.title for group in (groups.groups if groups else ())},
    }


def _faults(scan: Scan) -> tuple[Problem, ...]:
    paths = {f"{scan.folder}/{path}" for path in _unreadable(scan)}
    return tuple(problem for problem in scan.problems if problem.location.path in paths)


def _unreadable(scan: Scan) -> set[str]:
    """Return the paths of the files of which nothing is known, because they cannot be read."""
    named = {problem.location.path.removeprefix(f"{scan.folder}/") for problem in scan.problems}
    return (named | set(scan.documents)) - set(scan.records)


_Subject: TypeAlias = tuple[str, str]
_Key: TypeAlias = tuple[str, Aspect, str]


def differences(before: Scan, after: Scan) -> tuple[Change, ...]:
    """Return everything that differs between two scans; files that cannot be read on either side are left out.

    A value has not changed where only its form has: short or long, order of keys, quotes, comments.
    """
    unread = _unreadable(before) | _unreadable(after)
    old, new = (
        {subject: record for subject, (path, record) in _subjects(scan).items() if path not in unread}
        for scan in (before, after)
    )
    renamed = _renamed(old, new)
    rename = _renaming({was: name for (_, name), (_, was) in renamed.items()})
    changed = [Change(kind, name, "id", Aspect.VALUE, was, name) for (kind, name), (_, was) in renamed.items()]
    for subject in dict.fromkeys([*new, *old]):
        was, now = old.get(renamed.get(subject, subject)), new.get(subject)
        if was != now and subject not in renamed.values():
            changed += _differences(subject, was, now, rename)
    return tuple(changed)


def _renamed(old: Mapping[_Subject, object], new: Mapping[_Subject, object]) -> dict[_Subject, _Subject]:
    """Return what has another id and the same content, with what it was."""
    gone = {subject: dict(_facts(record)) for subject, record in old.items() if subject not in new}
    renamed: dict[_Subject, _Subject] = {}
    for subject in [key for key in new if key not in old] if gone else ():
        content = dict(_facts(new[subject]))
        if was := next((key for key in gone if key[0] == subject[0] and gone[key] == content), None):
            renamed[subject] = was
            del gone[was]
    return renamed


def _effects(changed: tuple[Change, ...], before: Scan, after: Scan) -> Effects | None:
    was, now = before.dataset(), after.dataset()
    if before.problems or after.problems or was is None or now is None:
        return None
    try:
        return effects(changed, was, now) if changed or was.edition.version != now.edition.version else None
    except (KeyError, StopIteration, SdpError):
        # One side names an area, partner or reference that it does not have: 'sdp validate' says which.
        return None


def effects(changed: Iterable[Change], before: Dataset, after: Dataset) -> Effects:
    """Return what changes mean for the published table and the statements, between two data sets that are whole."""
    was, now, shown = verify(before), verify(after), {*(area.id for area in after.areas), "date"}
    old = {result.statement.id: result.verdict for result in factcheck(before)}
    new = {result.statement.id: result.verdict for result in factcheck(after)}
    return Effects(
        edition=(before.edition.version, after.edition.version),
        grades=tuple(_grade_changes(before, after)),
        cells=sum(c.is_of_table and c.id in after.table.columns and c.field in shown for c in changed),
        held=was.holds,
        holds=now.holds,
        unexplained=tuple(departure for departure in now.unexplained if departure not in was.unexplained),
        settled=tuple(departure for departure in was.unexplained if departure not in now.unexplained),
        needless=tuple(departure for departure in now.needless if departure not in was.needless),
        verdicts=tuple(
            VerdictChange(name, old.get(name), new.get(name))
            for name in dict.fromkeys([*new, *old])
            if old.get(name) != new.get(name)
        ),
    )


def _grade_changes(before: Dataset, after: Dataset) -> Iterator[GradeChange]:
    old, new = (
        {(p.id, field): grading.grade(side, p, field) for p in side.partnerships for field in fields(p)}
        for side in (before, after)
    )
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key) and {old.get(key), new.get(key)} != {None, Grade.UNKNOWN}:
            yield GradeChange(*key, old.get(key), new.get(key))


def _subjects(scan: Scan) -> dict[_Subject, tuple[str, object]]:
    """Return everything that has an id, with the file it stands in."""
    subjects: dict[_Subject, tuple[str, object]] = {}
    for path, record in scan.records.items():
        stem = path.rpartition("/")[2].rpartition(".")[0]
        kind = {Partnership: "partnership", PublishedTable: "table", Transcription: "transcription"}.get(type(record))
        [first, *others] = _parts(record).values()
        if not (kind or others) and isinstance(first, tuple) and all(hasattr(item, "id") for item in first):
            subjects |= {(stem.removesuffix("s"), item.id): (path, item) for item in first}
        else:
            subjects[kind or stem, stem] = (path, record)
    return subjects


def _differences(subject: _Subject, was: object, now: object, rename: Callable[[str], str]) -> Iterator[Change]:
    kind, name = subject
    if was is None or now is None:
        whole = (None, _text(now)) if was is None else (_text(was), None)
        yield Change(kind, name, "", Aspect.WHOLE, *whole)
        if not isinstance(now, Partnership):
            return
    new = dict(_facts(now))
    old = {key if key in new else (rename(key[0]), key[1], rename(key[2])): text for key, text in _facts(was)}
    order = list(dict.fromkeys(field for field, _, _ in [*new, *old]))
    for key in sorted(dict.fromkeys([*old, *new]), key=lambda key: order.index(key[0])):
        before, after = old.get(key), new.get(key)
        field, aspect, source = key
        if after in {before, before and rename(before)} or (kind, field) in _EDITION:
            continue  # the edition is said once, among what follows
        if was is not None or not (after == Status.UNKNOWN or field == "title"):
            yield Change(kind, name, field, aspect, before, after, "" if source in {before, after} else source)


def _renaming(ids: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts new ids in the place of old ones in a text."""
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])")
    return (lambda text: pattern.sub(lambda match: ids[match[0]], text)) if ids else str


def _facts(record: object) -> Iterator[tuple[_Key, str]]:
    """Yield everything that a record holds, each under a key of its own."""
    if isinstance(record, Partnership):
        yield from _facts_of_partnership(record)
    else:
        for name, value in _parts(record).items():
            if name != "id":
                yield from _plain(name, value)


def _parts(record: object) -> Mapping[str, object]:
    """Return the values of a record by its fields in order; nothing for any other value."""
    if isinstance(record, Transcription):
        return {"lines": record.lines}
    return vars(record) if isinstance(record, Record) else {}


def _facts_of_partnership(partnership: Partnership) -> Iterator[tuple[_Key, str]]:
    sourced: dict[str, Sourced | Coverage | GroupMembership] = {}
    for name, value in _parts(partnership).items():
        if name == "groups":
            sourced |= {GROUP_FIELD + membership.group: membership for membership in partnership.groups}
        elif name == "coverage":
            sourced |= partnership.coverage
        elif name in SOURCED_FIELDS:
            sourced |= {name: value} if isinstance(value, Sourced) else {}
        elif name != "id":
            yield from _plain(name, value)
    for field, judged in sourced.items():
        yield from _sourced(field, judged)


def _sourced(field: str, judged: Sourced | Coverage | GroupMembership) -> Iterator[tuple[_Key, str]]:
    value = judged.text if isinstance(judged, Sourced) else judged.status.value
    since = f" since {judged.since}" if isinstance(judged, GroupMembership) and judged.since else ""
    yield (field, Aspect.VALUE, ""), value + since
    for aspect, text in ((Aspect.DEPARTURE, judged.departure), (Aspect.NOTE, judged.note)):
        if text:
            yield (field, aspect, ""), text
    sources: set[str] = set()
    for evidence in judged.evidence:
        source = f"{evidence.reference}, {evidence.locator}" if evidence.locator else evidence.reference
        while source in sources:
            source += ", again"
        sources.add(source)
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
    """Yield the facts of a value without evidence: items of a list, parts of a record with lists, else the whole."""
    if isinstance(value, tuple):
        for item in value:
            yield _fact_of_item(field, item)
    elif (parts := _parts(value)) and any(isinstance(part, tuple) for part in parts.values()):
        for name, part in parts.items():
            for (_, aspect, source), text in _plain(name, part):
                yield (field, aspect, source or name), text
    elif value is not None:
        yield (field, Aspect.VALUE, ""), _text(value)


def _fact_of_item(field: str, item: object) -> tuple[_Key, str]:
    parts = _parts(item)
    by = [name for name in _IDENTITY.get(field, ()) if parts.get(name)]
    if not by:
        return (field, Aspect.ITEM, _text(item)), _text(item)
    rest = [_text(value) for name, value in parts.items() if value and name not in by]
    return (field, Aspect.ITEM, ", ".join(_text(parts[name]) for name in by).rstrip(".")), "; ".join(rest)


def _text(value: object) -> str:
    """Return a value in one line, as a person would say it."""
    if isinstance(value, Partnership):
        return f"{value.title_words} ({value.act.value}, {value.date.text})"
    if parts := _parts(value):
        return "; ".join(
            f"{name.replace('_', ' ')}: {_text(inner)}" for name, inner in parts.items() if inner and name != "id"
        )
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    return str(value)
