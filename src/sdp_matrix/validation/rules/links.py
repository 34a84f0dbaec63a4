"""Rules on links: what a file names has to be registered, under one name, and what is registered has to be named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from sdp_matrix.files.reader import belongs
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import nearest
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import AreasFile, GroupsFile, ReferencesFile
from sdp_matrix.problem import Severity
from sdp_matrix.validation.rules.rule import UPKEEP, Fault, Faults, File, rule

_MOST = 50
"""Maximum number of problems of one kind reported per file."""

_ALBANIA = "partnerships/albania.yaml"


@rule(Scan, "  cyber: covered\n", "  ¦cyebr: covered\n", file=_ALBANIA)
def unknown_area(scan: Scan) -> Faults:
    """An area is registered in areas.yaml; what stands under another name is in no table."""
    yield from _unknown(scan, "area")
    known, misspelt = _registered(scan, "area")
    for path, partnership in scan.all(Partnership).items() if known else ():
        extra = [area for area in partnership.coverage if area not in known and area not in misspelt][:_MOST]
        near, renamed, _ = _meant(partnership, known, misspelt) if extra else ({}, {}, [])
        for area in extra:
            similar = near.get(area) or nearest(area, known)
            advice = f"did you mean '{similar}'?" if similar else "add it to areas.yaml, or remove the line"
            if new := renamed.get(area):
                advice = f"where it was renamed, write '{new}' here, which is missing"
            yield Fault(("coverage", area), f"there is no area '{area}' in areas.yaml; {advice}", path, key=True)


@rule(Scan, "coverage:\n  cyber: covered\n", "¦coverage:\n", file=_ALBANIA)
def missing_area(scan: Scan) -> Faults:
    """A partnership says something about every area, if only 'unknown'; a gap would look like an answer."""
    known, misspelt = _registered(scan, "area")
    for path, partnership in scan.all(Partnership).items():
        missing = _meant(partnership, known, misspelt)[2] if partnership.coverage.keys() != {*known} else []
        for area in missing[:_MOST]:
            place = belongs(scan.documents[path], ("coverage", area), known)
            message = f"the area '{area}' is missing; add '{area}: unknown', or its status,{place}".removesuffix(",")
            yield Fault(("coverage", area), message, path, key=True)


def _meant(
    partnership: Partnership, known: Sequence[str], misspelt: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return which missing area each unknown one is near to, which it may be the old name of, and what is just missing."""
    missing = [area for area in known if area not in partnership.coverage and area not in misspelt.values()]
    extra = [area for area in partnership.coverage if area not in known and area not in misspelt][:_MOST]
    near: dict[str, str] = {}
    for area in extra:
        if similar := nearest(area, missing):
            near[area] = similar
            missing.remove(similar)
    others = [area for area in extra if area not in near]
    if len(others) == len(missing):
        return near, dict(zip(others, missing, strict=True)), []
    return near, {}, missing


@rule(Scan, "groups: [nato-ally]", "groups: [¦nato-aly]", file=_ALBANIA)
def unknown_group(scan: Scan) -> Faults:
    """A group is registered in groups.yaml; a membership under another name counts nowhere."""
    return _unknown(scan, "group")


@rule(Scan, "headings: {reference: briefing", "headings: {reference: ¦breifing", file=_ALBANIA)
def unknown_reference(scan: Scan) -> Faults:
    """A reference is registered in references.yaml; else nobody can look it up."""
    return _unknown(scan, "reference")


@rule(Scan, "columns: [albania, norway]", "columns: [albania, ¦norwegen]", file="tables/table-1.yaml")
def unknown_partner(scan: Scan) -> Faults:
    """A partner that is named has its file; what is said of another is said of nobody."""
    return _unknown(scan, "partner")


def _unknown(scan: Scan, kind: str) -> Faults:
    """Yield what is named and not registered; the areas that a partnership covers are compared as a whole."""
    known, misspelt = _registered(scan, kind)
    right = {*known, *misspelt}
    for path, links in scan.links.items() if known else ():
        unknown = [link for link in links if link.kind == kind and link.id not in right]
        covered = {link.id for link in unknown if link.is_key and kind == "area"}
        for link in unknown[: 10 * _MOST]:
            if link.id not in covered:
                message = f"there is no {_PLACES[kind].format(link.id)}; {_advice(kind, link.id, known)}"
                yield Fault(link.where, message, path, key=link.is_key)


_PLACES = {
    "area": "area '{}' in areas.yaml",
    "group": "group '{}' in groups.yaml",
    "reference": "reference '{}' in references.yaml",
    "partner": "file partnerships/{}.yaml for this partner",
}


def _advice(kind: str, name: str, known: Sequence[str]) -> str:
    if near := _slip(name, known):
        return f"did you mean '{near}'?"
    return "write that file, or correct the id" if kind == "partner" else "register it there, or correct the id"


@rule(Scan, "  - id: nato-ally", "  - id: ¦nato-alli", file="groups.yaml")
def misspelt_id(scan: Scan) -> Faults:
    """An id is spelt where it is registered as everywhere else."""
    for kind in ("area", "group", "reference"):
        known, misspelt = _registered(scan, kind)
        for used, registered in misspelt.items():
            message = f"no file uses '{registered}', but several say '{used}'; write '{used}' here"
            yield Fault((f"{kind}s", known.index(registered), "id"), message, f"{kind}s.yaml")


def _registered(scan: Scan, kind: str) -> tuple[list[str], Mapping[str, str]]:
    """Return the registered ids, and what several files say alike for one that is registered with a slip.

    There are none where the file that registers them has a fault, which would be seen everywhere.
    """
    known = _ids(scan, kind)
    if kind == "partner" or len(set(known)) < len(known):
        return (known if kind == "partner" else []), {}
    files = Counter(used for links in scan.links.values() for used in {link.id for link in links if link.kind == kind})
    free = [entry for entry in known if entry not in files]
    strange = sorted(used for used in files.keys() - {*known} if files[used] > 1 and free)
    return known, {used: near for used in strange if (near := _slip(used, free))}


def _ids(scan: Scan, kind: str) -> list[str]:
    areas, groups = scan.record("areas.yaml", AreasFile), scan.record("groups.yaml", GroupsFile)
    references = scan.record("references.yaml", ReferencesFile)
    match kind:
        case "area":
            return [area.id for area in areas.areas] if areas else []
        case "group":
            return [group.id for group in groups.groups] if groups else []
        case "reference":
            return [reference.id for reference in references.references] if references else []
        case _:
            return _partners(scan)


def _partners(scan: Scan) -> list[str]:
    """Return the ids of the partners that have a file, sound or not, under that name or another."""
    files = [path.removeprefix("partnerships/") for path in scan.shown if path.startswith("partnerships/")]
    return sorted({file.removesuffix(".yaml") for file in files} | {p.id for p in scan.all(Partnership).values()})


_LIKENESS = 0.75
"""Of two words of an id: japan is not meant where korea stands."""


def _slip(written: str, known: Iterable[str]) -> str | None:
    """Return the id that was meant, if one differs by a slip in a word; another number is the id of something else."""
    words = written.lower().split("-")
    for other in known:
        pairs = [*zip(words, other.split("-"), strict=False)]
        same = len(words) == other.count("-") + 1
        if other.replace("-", "") == written.lower().replace("-", "") or (same and all(map(_alike, pairs))):
            return other
    return None


def _alike(words: tuple[str, str]) -> bool:
    written, meant = words
    return written == meant or (meant.isalpha() and SequenceMatcher(None, written, meant).ratio() >= _LIKENESS)


_LAST = "    publisher: The Example\n    standing: press\n    kind: news\n    date: 2024-05-28\n"


@rule(
    ReferencesFile,
    _LAST,
    _LAST + "  - id: ¦leftover\n    title: News\n" + _LAST,
    stage=UPKEEP,
    severity=Severity.WARNING,
)
def unused_reference(file: File[ReferencesFile]) -> Faults:
    """A registered reference is cited somewhere; one that is not is a leftover, or its citation is missing."""
    cited = {citation.id for path in file.scan.links for citation in file.scan.citations(path)}
    for index, reference in enumerate(file.record.references):
        if reference.id not in cited:
            message = f"nothing cites the reference '{reference.id}'; cite it, or remove the entry"
            yield Fault(("references", index, "id"), message)
