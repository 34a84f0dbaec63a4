"""Rules on areas, groups and references: what a file names has to be registered, and registered under one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sdp_matrix.files.document import Document
from sdp_matrix.files.messages import belongs
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import nearest
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import AreasFile, GroupsFile, ReferencesFile
from sdp_matrix.model.structure import Link
from sdp_matrix.model.vocabulary import Membership
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.places import partner_ids
from sdp_matrix.validation.rules.rule import Example, Rule

_MOST = 50
"""So many problems of one kind are reported of one file."""

_AREAS, _GROUPS, _REFERENCES = "areas.yaml", "groups.yaml", "references.yaml"
_ALBANIA = "partnerships/albania.yaml"

RULES = (
    Rule(
        "unknown-area",
        "An area is registered in areas.yaml; what stands under another name is in no table.",
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
        "unknown-partner",
        "A partner that is named has its file; what is said of another is said of nobody.",
        Example("tables/table-1.yaml", "columns: [albania, norway]", "columns: [albania, ¦norwegen]"),
    ),
    Rule(
        "misspelt-id",
        "An id is spelt where it is registered as everywhere else.",
        Example("groups.yaml", "  - id: nato-ally", "  - id: ¦nato-alli"),
    ),
)


def _registered(scan: Scan) -> Iterator[Problem]:
    for kind, known in _known(scan).items():
        uses = {path: {link.id for link in links if link.kind == kind} for path, links in scan.links.items()}
        misspelt = {} if kind == "partner" else _misspelt(known, uses)
        for used, registered in misspelt.items():
            file, where = f"{kind}s.yaml", (f"{kind}s", known.index(registered), "id")
            message = f"no file uses '{registered}', but several say '{used}'; write '{used}' here"
            yield scan.documents[file].problem(where, "misspelt-id", message)
        for path in [path for path, ids in uses.items() if ids - {*known, *misspelt}]:
            links = [link for link in scan.links[path] if link.kind == kind and link.id not in misspelt]
            yield from _unknown(scan.documents[path], links, known)
        for path, partnership in scan.all(Partnership).items() if kind == "area" else ():
            if partnership.coverage.keys() != {*known}:
                yield from _areas_of(scan.documents[path], partnership, known, misspelt)


def _known(scan: Scan) -> dict[str, list[str]]:
    """Return the registered ids by what they name, without those whose file has faults that would be seen everywhere."""
    areas, groups = scan.record(_AREAS, AreasFile), scan.record(_GROUPS, GroupsFile)
    references = scan.record(_REFERENCES, ReferencesFile)
    known = {
        "area": [area.id for area in areas.areas] if areas else [],
        "group": [group.id for group in groups.groups] if groups else [],
        "reference": [reference.id for reference in references.references] if references else [],
        "partner": sorted(partner_ids(scan)),
    }
    return {kind: ids for kind, ids in known.items() if ids and len(set(ids)) == len(ids)}


def _unknown(document: Document, links: Sequence[Link], known: Sequence[str]) -> Iterator[Problem]:
    areas = {link.id for link in links if link.is_key and link.kind == "area"}
    for where, kind, name, _, is_key in links[: 10 * _MOST]:
        if name not in known and not (kind == "area" and name in areas):  # what coverage names is reported there
            named = (
                f"file partnerships/{name}.yaml for this partner"
                if kind == "partner"
                else f"{kind} '{name}' in {kind}s.yaml"
            )
            message = f"there is no {named}; {_advice(kind, name, known)}"
            yield document.problem(where, f"unknown-{kind}", message, key=is_key)


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


def _memberships(scan: Scan) -> Iterator[Problem]:
    for path, partnership in scan.readable(Partnership).items():
        seen: dict[str, Membership] = {}
        for index, membership in enumerate(partnership.groups):
            if membership.group in seen:
                other = "" if seen[membership.group] is membership.status else ", and says the contrary"
                message = f"the group '{in_one_line(membership.group)}' is above already{other}; remove one"
                yield scan.documents[path].problem(["groups", index], "repeated-group", message)
            seen.setdefault(membership.group, membership.status)


def _misspelt(known: Iterable[str], uses: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Ids that several files use alike and that are registered with a slip: used spelling to registered one."""
    files = Counter(used for ids in uses.values() for used in {*ids})
    free = [entry for entry in known if entry not in files]
    strange = (used for used in files.keys() - {*known} if files[used] > 1 and free)
    return {used: near for used in sorted(strange) if (near := _slip(used, free))}


def _advice(kind: str, name: str, known: Sequence[str]) -> str:
    if near := _slip(name, known):
        return f"did you mean '{near}'?"
    return "write that file, or correct the id" if kind == "partner" else "register it there, or correct the id"


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


CHECKS = (_registered, _memberships)
