"""Rules on areas, groups and references: what a file names has to be registered, and registered under one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sdp_matrix.files.document import Document
from sdp_matrix.files.messages import belongs
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import nearest
from sdp_matrix.model.constraints import ID
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import AreasFile, GroupsFile, ReferencesFile
from sdp_matrix.model.vocabulary import Membership
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.rule import Example, Rule

_MOST = 50
"""So many problems of one kind are reported of one file."""

_AREAS, _GROUPS, _REFERENCES = "areas.yaml", "groups.yaml", "references.yaml"
_ALBANIA = "partnerships/albania.yaml"

RULES = (
    Rule(
        "unknown-area",
        "A partnership names areas of areas.yaml alone; what stands under another name is in no table.",
        Example(_ALBANIA, "  cyber: covered\n", "  ¦cyebr: covered\n"),
    ),
    Rule(
        "missing-area",
        "A partnership says something about every area, if only 'unknown'; a gap would look like an answer.",
        Example(_ALBANIA, "coverage:\n  cyber: covered\n", "¦coverage:\n"),
    ),
    Rule(
        "unknown-group",
        "A group is registered in groups.yaml; a membership under another name counts nowhere.",
        Example(_ALBANIA, "groups: [nato-ally]", "groups: [¦nato-aly]"),
    ),
    Rule(
        "unknown-reference",
        "A reference is registered in references.yaml; else nobody can look it up.",
        Example(_ALBANIA, "headings: {reference: briefing", "headings: {reference: ¦breifing"),
    ),
    Rule(
        "misspelt-id",
        "An id is spelt where it is registered as everywhere else.",
        Example("groups.yaml", "  - id: nato-ally", "  - id: ¦nato-alli"),
    ),
)


def _areas(scan: Scan) -> Iterator[Problem]:
    known = _ids(scan, _AREAS, AreasFile, "areas")
    if known is None:
        return
    files = scan.readable(Partnership)
    ids = frozenset(known)
    uses = {path: p.coverage.keys() for path, p in files.items() if p.coverage.keys() != ids}
    if not uses:
        return
    misspelt = _misspelt(known, uses) if len(uses) == len(files) else {}
    yield from _tell_misspelt(scan, _AREAS, "areas", known, misspelt)
    for path in uses:
        yield from _areas_of(scan.documents[path], files[path], known, misspelt)


def _headings(scan: Scan) -> Iterator[Problem]:
    known = _ids(scan, _AREAS, AreasFile, "areas")
    for path, partnership in scan.all(Partnership).items() if known else ():
        for index, heading in enumerate(partnership.headings.items if partnership.headings else ()):
            for place, area in enumerate(heading.areas):
                if area not in (known or ()) and area not in partnership.coverage:  # else it is reported there
                    near = nearest(area, known or ())
                    advice = f"did you mean '{near}'?" if near else "remove it, or add the area to areas.yaml"
                    message = f"there is no area '{in_one_line(area)}' in areas.yaml; {advice}"
                    where = ("headings", "items", index, "areas", place)
                    yield scan.documents[path].problem(where, "unknown-area", message)


def _areas_of(
    document: Document, partnership: Partnership, known: Sequence[str], misspelt: Mapping[str, str]
) -> Iterator[Problem]:
    missing = [area for area in known if area not in partnership.coverage and area not in misspelt.values()]
    extra = [area for area in partnership.coverage if area not in known and area not in misspelt][:_MOST]
    meant = {}
    for area in extra:
        if near := nearest(area, missing):
            meant[area] = near
            missing.remove(near)
    others = [area for area in extra if area not in meant]
    renamed = dict(zip(others, missing, strict=True)) if len(others) == len(missing) else {}
    missing = [area for area in missing if area not in renamed.values()]
    for area in extra:
        near = meant.get(area) or nearest(area, known)
        advice = f"did you mean '{near}'?" if near else "add it to areas.yaml, or remove the line"
        if new := renamed.get(area):
            advice = f"where it was renamed, write '{new}' here, which is missing"
        message = f"there is no area '{in_one_line(area)}' in areas.yaml; {advice}"
        yield document.problem(["coverage", area], "unknown-area", message, key=True)
    for area in missing[:_MOST]:
        where = ("coverage", area)
        message = (
            f"the area '{area}' is missing; add '{area}: unknown', or its status,{belongs(document, where, known)}"
        )
        message = message.removesuffix(",")
        yield replace(document.problem(["coverage"], "missing-area", message, key=True), at=where)


def _groups(scan: Scan) -> Iterator[Problem]:
    known = _ids(scan, _GROUPS, GroupsFile, "groups")
    if known is None:
        return
    partnerships, tables = scan.readable(Partnership), scan.readable(PublishedTable)
    files: Mapping[str, Partnership | PublishedTable] = {**partnerships, **tables}
    uses = {path: [item.group for item in record.groups] for path, record in files.items()}
    misspelt = _misspelt(known, uses)
    yield from _tell_misspelt(scan, _GROUPS, "groups", known, misspelt)
    for path, groups in uses.items():
        for index, group in enumerate(groups):
            if group and group not in known and group not in misspelt:
                message = f"there is no group '{in_one_line(group)}' in groups.yaml; {_advice(group, known)}"
                yield scan.documents[path].problem(("groups", index, "group"), "unknown-group", message)


def _memberships(scan: Scan) -> Iterator[Problem]:
    for path, partnership in scan.readable(Partnership).items():
        seen: dict[str, Membership] = {}
        for index, membership in enumerate(partnership.groups):
            if membership.group in seen:
                other = "" if seen[membership.group] is membership.status else ", and says the contrary"
                message = f"the group '{in_one_line(membership.group)}' is above already{other}; remove one"
                yield scan.documents[path].problem(["groups", index], "repeated-group", message)
            seen.setdefault(membership.group, membership.status)


def _references(scan: Scan) -> Iterator[Problem]:
    known = _ids(scan, _REFERENCES, ReferencesFile, "references")
    if known is None:
        return
    cited = {path: found for path, found in scan.citations.items() if path != _REFERENCES}
    misspelt = _misspelt(known, {path: {one.reference for one in found} for path, found in cited.items()})
    yield from _tell_misspelt(scan, _REFERENCES, "references", known, misspelt)
    registered = frozenset(known)
    for path, found in cited.items():
        for where, reference, _ in found[: 10 * _MOST]:
            if reference not in registered and reference not in misspelt:
                message = f"there is no reference '{in_one_line(reference)}' in references.yaml; "
                message += _advice(reference, known)
                yield scan.documents[path].problem([*where, "reference"], "unknown-reference", message)
    shared = scan.record(_REFERENCES, ReferencesFile)
    for index, entry in enumerate(shared.references if shared else ()):
        followed = entry.follows or ""
        if re.fullmatch(ID, followed) and followed not in registered:
            message = f"there is no reference '{followed}' in references.yaml; {_advice(followed, known)}"
            where = ("references", index, "follows")
            yield scan.documents[_REFERENCES].problem(where, "unknown-reference", message)


def _ids(scan: Scan, path: str, kind: type, field: str) -> list[str] | None:
    """The registered ids in order; None where the file has faults of its own, which would be seen everywhere."""
    shared = scan.record(path, kind)
    if shared is None:
        return None
    found = [item.id for item in getattr(shared, field)]
    return found if len(set(found)) == len(found) else None


def _misspelt(known: Iterable[str], uses: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Ids that several files use alike and that are registered with a slip: used spelling to registered one."""
    files = Counter(used for ids in uses.values() for used in {*ids})
    free = [entry for entry in known if entry not in files]
    strange = (used for used in files.keys() - {*known} if files[used] > 1 and free)
    return {used: near for used in sorted(strange) if (near := _slip(used, free))}


def _tell_misspelt(
    scan: Scan, path: str, key: str, known: Sequence[str], misspelt: Mapping[str, str]
) -> Iterator[Problem]:
    for used, registered in misspelt.items():
        message = f"no file uses '{registered}', but several say '{used}'; write '{used}' here"
        yield scan.documents[path].problem((key, known.index(registered), "id"), "misspelt-id", message)


def _advice(given: str, known: Sequence[str]) -> str:
    near = _slip(given, known)
    return f"did you mean '{near}'?" if near else "register it there, or correct the id"


_LIKENESS = 0.75
"""Of two words of an id: japan is not meant where korea stands."""


def _slip(given: str, known: Iterable[str]) -> str | None:
    """The id that was meant, if one differs by a slip in a word; another word or number is the id of something else."""
    words = given.lower().split("-")
    for other in known:
        pairs = [*zip(words, other.split("-"), strict=False)]
        same = len(words) == other.count("-") + 1
        if other.replace("-", "") == given.lower().replace("-", "") or (same and all(map(_alike, pairs))):
            return other
    return None


def _alike(words: tuple[str, str]) -> bool:
    written, meant = words
    return written == meant or (meant.isalpha() and SequenceMatcher(None, written, meant).ratio() >= _LIKENESS)


CHECKS = (_areas, _headings, _groups, _memberships, _references)
