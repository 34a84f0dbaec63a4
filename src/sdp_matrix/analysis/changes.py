"""Compare two states of the data fact by fact, and derive what follows from the changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.factcheck import factcheck
from sdp_matrix.analysis.field import fields
from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.verification import verify
from sdp_matrix.errors import DataError, SdpError
from sdp_matrix.files import git_history
from sdp_matrix.files.disk import data_folder, read_folder
from sdp_matrix.files.scan import Scan, scan_files
from sdp_matrix.model.dataset import Dataset, Transcription
from sdp_matrix.model.partnership import Coverage, GroupMembership, Partnership, Sourced
from sdp_matrix.model.record import VERSION, Record
from sdp_matrix.model.vocabulary import GROUP_FIELD, Grade, Status, Verdict
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

K = TypeVar("K")
V = TypeVar("V")

_EDITION = {("dataset", "version"), ("dataset", "date")}  # reported among the effects

_IDENTITY = {
    "borderline": ("case",),
    "items": ("title",),
    "mechanisms": ("kind", "reference", "detail"),
    "milestones": ("date", "event"),
    "other_topics": ("topic",),
    "signatories": ("party", "name"),
    "steps": ("date", "stage"),
}
"""The fields by which an item of a list is recognised in both states, by the name of the list."""


class Aspect(StrEnum):
    """What of a field has changed."""

    ID = "id"
    WHOLE = "whole"
    VALUE = "value"
    DEPARTURE = "departure"
    NOTE = "note"
    EVIDENCE = "evidence"
    ITEM = "item"


@dataclass(frozen=True)
class Change:
    """A fact that differs between two states; None in a state that does not have it."""

    kind: str  # partnership, area, group, reference, prospect, statement, table …
    id: str
    field: str  # an area id, date, act, group:<id>, signatories …; empty for the whole
    aspect: Aspect
    before: str | None
    after: str | None
    source: str = ""  # the reference of evidence and the place in it; of an item of a list, what identifies it

    @property
    def is_of_table(self) -> bool:
        """Return whether Table 1 shows it: a mark, date, act or group, or a whole partner, area or group; or an id."""
        if self.aspect in {Aspect.ID, Aspect.WHOLE}:
            return self.aspect is Aspect.ID or self.kind in {"partnership", "area", "group"}
        shown = self.field in {"act", "date", "name"} or self.field not in Partnership.model_fields
        return self.kind == "partnership" and self.aspect is Aspect.VALUE and shown


@dataclass(frozen=True)
class VerdictChange:
    """A statement whose verdict has changed; None if the statement is not there."""

    id: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True)
class GradeChange:
    """A value whose grade has changed; None if the value is not there."""

    partner: str
    field: str
    before: Grade | None
    after: Grade | None


@dataclass(frozen=True)
class Effects:
    """What follows for the edition, the grades, the published table and the statements."""

    edition: tuple[str, str]
    grades: tuple[GradeChange, ...]
    matched_before: bool
    matches_now: bool  # whether `sdp verify` exits with 0 in each state
    verdicts: tuple[VerdictChange, ...]


@dataclass(frozen=True, repr=False)
class ChangeReport(Result):
    """The differences of two states of the data, and what follows from them."""

    between: tuple[str, str]
    """What the states are called."""
    changes: tuple[Change, ...]
    """All but the version and date of the edition; those of files that both sides can read."""
    effects: Effects | None
    """None if nothing has changed, or if a state is not a complete data set."""
    titles: Mapping[str, str]
    """What people read for the ids and fields of changes; areas with their number."""
    unread: tuple[Mapping[str, Sequence[Problem]], Mapping[str, Sequence[Problem]]]
    """The problems of the files of each state that could not be compared, by path."""

    @property
    def unreadable(self) -> int:
        """Return how many files cannot be read in one of the states; above 0, not all changes are known."""
        return len({path for side in self.unread for path in side})


def compare(before: Scan, after: Scan) -> ChangeReport:
    """Compare two states record by record, so that style does not count; files that cannot be read are left out."""
    unread = _unread(before), _unread(after)
    without = {*unread[0], *unread[1]}
    renamed = _renamed(_records(before, without), _records(after, without))
    new_ids = {f"{lead}{change.before}": lead + change.id for change in renamed for lead in ("", GROUP_FIELD)}
    before = replace(before, records=_with_ids(before.records, new_ids)) if new_ids else before
    compared = (*renamed, *_all_differences(before, after, without))
    return ChangeReport(
        between=(before.folder, after.folder),
        changes=compared,
        effects=_effects(compared, before, after),
        titles=_titles(before) | _titles(after),
        unread=unread,
        dataset=after.dataset() or before.dataset(),
    )


def _renamed(old: Mapping[tuple[str, str], object], new: Mapping[tuple[str, str], object]) -> list[Change]:
    """Return the new ids of entries that are there under another one; of two candidates neither is taken."""
    uses = Counter(name for _, name in {*old, *new})  # an id of two kinds cannot be replaced
    gone = {key: _marks(old[key]) for key in old if key not in new and uses[key[1]] == 1}
    fresh = {key: _marks(new[key]) for key in new if key not in old and uses[key[1]] == 1}
    pairs = [(was, now) for was in gone for now in fresh if was[0] == now[0] and gone[was] & fresh[now]]
    seen = Counter(key for pair in pairs for key in pair)
    return [Change(*now, "", Aspect.ID, was[1], now[1]) for was, now in pairs if seen[was] == seen[now] == 1]


def _marks(entry: object) -> set[str]:
    """Return the texts by any of which an entry is recognised: its names, or all its content apart from the id."""
    own = [getattr(entry, name, None) for name in ("name", "iso", "url")]
    return {*filter(None, own), *getattr(entry, "names", ()), _text(entry)}


def _with_ids(value: Any, new: Mapping[str, str]) -> Any:
    """Return a value with new ids in place of old ones."""
    if isinstance(value, Record):
        return value.model_copy(update={name: _with_ids(part, new) for name, part in value})
    if isinstance(value, tuple):
        return tuple(_with_ids(part, new) for part in value)
    if isinstance(value, Mapping):
        return {new.get(key, key): _with_ids(part, new) for key, part in value.items()}
    return new.get(value, value) if type(value) is str else value  # a status may read like an id


def state(folder: str | Path | None, name: str | None) -> Scan:
    """Read a data folder as it was at an edition or revision, or another folder; as it is if no name is given."""
    place = data_folder(folder)
    if name is None:
        present = read_folder(place)
        if present.problems:
            raise DataError(present.problems)
        return scan_files("the working tree", present.files)
    if name and Path(name).is_dir() and (other := read_folder(Path(name)).files):
        return scan_files(in_one_line(name), other)
    # a version that is not an edition may still be a tag of git
    for edition in git_history.editions(place) if re.fullmatch(VERSION, name) else ():
        if edition.version == name:
            return scan_files(f"edition {name} ({edition.commit[:9]})", git_history.files(place, edition.commit))
    return scan_files(in_one_line(name), git_history.files(place, name))


def _titles(scan: Scan) -> dict[str, str]:
    areas, groups = (getattr(scan.records.get(f"{name}.yaml"), name, ()) for name in ("areas", "groups"))
    return {
        **{partnership.id: partnership.name for partnership in scan.all(Partnership).values()},
        **{area.id: f"{area.number} {area.label}" for area in areas},
        **{GROUP_FIELD + group.id: group.title for group in groups},
    }


def _unread(scan: Scan) -> dict[str, list[Problem]]:
    """Return the problems of each file of which nothing is known: unread, or not the one named after its partner."""
    unread: dict[str, list[Problem]] = {}
    for problem in scan.problems:
        path = problem.location.path.removeprefix(f"{scan.folder}/")
        if path not in scan.records:
            unread.setdefault(path, []).append(problem)
    for path, partnership in scan.all(Partnership).items():
        if partnership.id != PurePosixPath(path).stem:
            message = f"the id '{partnership.id}' is not the name of the file"
            unread[path] = [Problem(Location(scan.shown[path]), "file-name", message)]
    return unread


def _effects(changed: Collection[Change], before: Scan, after: Scan) -> Effects | None:
    old, new = before.dataset(), after.dataset()
    if before.problems or after.problems or old is None or new is None:
        return None
    if not changed and old.edition.version == new.edition.version:
        return None
    try:
        matches = [verify(side).holds for side in (old, new)]
        grades = list(_changed(_grades(old), _grades(new)))
        verdicts = list(_changed(*({r.statement.id: r.verdict for r in factcheck(side)} for side in (old, new))))
    except (KeyError, StopIteration, SdpError):
        # One side refers to an area, partner or reference that it does not have; 'sdp validate' reports it.
        return None
    return Effects(
        edition=(old.edition.version, new.edition.version),
        # a new value that nothing supports is not a change of grade
        grades=tuple(GradeChange(*key, *sides) for key, sides in grades if {*sides} != {None, Grade.UNKNOWN}),
        matched_before=matches[0],
        matches_now=matches[1],
        verdicts=tuple(VerdictChange(name, *sides) for name, sides in verdicts),
    )


def _grades(dataset: Dataset) -> dict[tuple[str, str], Grade]:
    return {(p.id, field): grading.grade(dataset, p, field) for p in dataset.partnerships for field in fields(p)}


def _changed(old: Mapping[K, V], new: Mapping[K, V]) -> Iterator[tuple[K, tuple[V | None, V | None]]]:
    """Yield the keys whose values differ, with both values."""
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key):
            yield key, (old.get(key), new.get(key))


def _all_differences(before: Scan, after: Scan, unread: Collection[str]) -> Iterator[Change]:
    own_ids = {p.id for scan in (before, after) for path, p in scan.all(Partnership).items() if path in unread}
    perhaps_there = own_ids | {PurePosixPath(path).stem.casefold() for path in unread}  # Ghana.yml may be ghana.yaml
    for key, sides in _changed(_records(before, unread), _records(after, unread)):
        if key[1] not in perhaps_there or None not in sides:
            yield from _differences(key, *sides)


def _records(scan: Scan, unread: Collection[str]) -> dict[tuple[str, str], object]:
    """Return all entries by kind and id, and the rest of each file by the name of the file."""
    records: dict[tuple[str, str], object] = {}
    for path in (path for path in scan.records if path not in unread):
        record, file = scan.records[path], PurePosixPath(path)
        plural = file.parent.name or file.stem  # the kind: 'partnerships', 'areas'
        kind = "transcription" if isinstance(record, Transcription) else plural.removesuffix("s")
        parts = _parts(record)
        if isinstance(record, Record) and plural in parts:
            records |= {(kind, item.id): item for item in parts[plural]}
            record = record.model_copy(update={plural: ()})  # references.yaml also lists publishers
        records[kind, record.id if isinstance(record, Partnership) else file.stem] = record
    return records


def _differences(key: tuple[str, str], was: object, now: object) -> Iterator[Change]:
    kind, name = key
    if was is None or now is None:
        before, after = (None if side is None else _text(side) for side in (was, now))
        yield Change(kind, name, "", Aspect.WHOLE, before, after)
        if not isinstance(now, Partnership):
            return
    old, new = dict(_facts(was)), dict(_facts(now))
    order = list(dict.fromkeys(fact.field for fact in [*new, *old]))  # keeps all changes of a field together
    for fact, (before, after) in sorted(_changed(old, new), key=lambda change: order.index(change[0].field)):
        # most cells of a new partnership are unknown, and the line of the partnership has its title
        is_implied = was is None and (after == Status.UNKNOWN or fact.field == "title")
        if not is_implied and (kind, fact.field) not in _EDITION:
            source = "" if fact.source in {before, after} else fact.source  # an item that is a plain text
            yield Change(kind, name, fact.field, fact.aspect, before, after, source)


class _Fact(NamedTuple):
    """What a text in a record is about."""

    field: str
    aspect: Aspect = Aspect.VALUE
    source: str = ""


def _facts(record: object) -> Iterator[tuple[_Fact, str]]:
    """Yield the facts of a record, its id apart; no two have the same key."""
    for name, value in _parts(record).items():
        if name == "coverage":
            for area, cell in value.items():
                yield from _sourced(area, cell)
        elif name == "groups" and isinstance(record, Partnership):
            for membership in value:
                yield from _sourced(GROUP_FIELD + membership.group, membership)
        elif isinstance(value, Sourced):
            yield from _sourced(name, value)
        elif name != "id":
            yield from _plain(name, value)


def _parts(record: object) -> Mapping[str, Any]:
    """Return the values of a record by its fields in order; nothing for any other value."""
    if isinstance(record, Transcription):
        return {"lines": record.lines}
    return dict(record) if isinstance(record, Record) else {}


def _sourced(field: str, judged: Sourced | Coverage | GroupMembership) -> Iterator[tuple[_Fact, str]]:
    value = judged.text if isinstance(judged, Sourced) else judged.status.value
    since = f" since {judged.since}" if isinstance(judged, GroupMembership) and judged.since else ""
    yield _Fact(field), value + since
    for aspect, text in ((Aspect.DEPARTURE, judged.departure), (Aspect.NOTE, judged.note)):
        if text:
            yield _Fact(field, aspect), text
    places: Counter[str] = Counter()
    for evidence in judged.evidence:
        place = f"{evidence.reference}, {evidence.locator}" if evidence.locator else evidence.reference
        note = f" ({evidence.note})" if evidence.note else ""
        places[place] += 1  # one place may support several values
        source = place if places[place] == 1 else f"{place} ({places[place]})"
        yield _Fact(field, Aspect.EVIDENCE, source), f"supports {evidence.supports}{note}"


def _plain(field: str, value: object) -> Iterator[tuple[_Fact, str]]:
    """Yield the facts of a value without evidence: items of a list, parts of a record with lists, else the whole."""
    parts = _parts(value)
    if isinstance(value, tuple):
        for item in value:
            yield _item(field, item)
    elif any(isinstance(part, tuple) for part in parts.values()):
        for name, part in parts.items():
            for fact, text in _plain(name, part):
                yield _Fact(field, fact.aspect, fact.source or name), text
    elif value is not None:
        yield _Fact(field), _text(value)


def _item(field: str, item: object) -> tuple[_Fact, str]:
    parts = _parts(item)
    by = [name for name in _IDENTITY.get(field, ()) if parts.get(name)]
    if not by:  # a plain text, or a record that cannot change without being another one
        return _Fact(field, Aspect.ITEM, _text(item)), _text(item)
    rest = [_text(value) for name, value in parts.items() if value and name not in by]
    return _Fact(field, Aspect.ITEM, ", ".join(_text(parts[name]) for name in by).rstrip(".")), "; ".join(rest)


def _text(value: object) -> str:
    """Return a value in one line for people."""
    if isinstance(value, Partnership):
        return f"{value.title_words} ({value.act.value}, {value.date.text})"
    if parts := _parts(value):
        texts = {name.replace("_", " "): _text(part) for name, part in parts.items() if part and name != "id"}
        return "; ".join(f"{name}: {text}" for name, text in texts.items())
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    return str(value)
