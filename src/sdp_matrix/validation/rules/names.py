"""Rules on names: ids, names, codes and aliases belong to one thing each, and what a file names is registered."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from sdp_matrix.files.disk import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model.dataset import PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import ID, Where
from sdp_matrix.model.registers import ProspectsFile, ReferencesFile
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD, SOURCED_FIELDS
from sdp_matrix.problem import Severity
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.rule import TABLE, UPKEEP, Fault, Faults, File, rule

_NEAR = {"UK": "GB", "EL": "GR", "EN": "GB"}  # codes that people write, and the assigned ones


@cache
def countries() -> dict[str, str]:
    """Return the country of each assigned code of ISO 3166-1, and of XK, which the EU uses for Kosovo."""
    lines = (Path(__file__).parent / "countries.txt").read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


@cache
def codes_by_name() -> dict[str, str]:
    """Return the code of each country by its folded name."""
    return {fold(name): code for code, name in countries().items()}


@rule(Partnership | PublishedTable, "id: albania => id: ¦shqiperia")
def file_name(file: File[Partnership | PublishedTable]) -> Faults:
    """The id is the name of the file, so that a file is found by its id."""
    stem, name = PurePosixPath(file.path).stem, file.record.id
    if name == stem:
        return
    own = f"{file.path.rpartition('/')[0]}/{name}.yaml"
    message = f"the id '{name}' is not the name of the file; "
    if own in file.scan.shown:
        message = f"the id '{name}' is that of {own}; remove this file, if it is a copy; "
        message += "else give it an id, a name and a code of its own"
    elif not re.fullmatch(ID, stem):
        message += f"rename the file to {name}.yaml"
    else:
        message += f"write '{stem}' here, or rename the file to {name}.yaml"
    yield Fault(("id",), message)


@rule(Partnership | ProspectsFile, "iso: AL => iso: ¦XX")
def iso_code(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is officially assigned by ISO 3166-1, so that other data can be joined."""
    for where, code, _ in _codes(file.record):
        if code and code not in countries():
            advice = f"write '{_NEAR[code]}'" if code in _NEAR else "look it up in ISO 3166-1 alpha-2"
            yield Fault(where, f"'{code}' is not a code of any country; {advice}")


def _codes(record: Partnership | ProspectsFile) -> list[tuple[Where, str | None, str]]:
    """Return each code with its place and the name of the country."""
    if isinstance(record, Partnership):
        return [(("iso",), record.iso, record.name)]
    return [(("prospects", index, "iso"), entry.iso, entry.name) for index, entry in enumerate(record.prospects)]


@rule(Partnership | ProspectsFile, "iso: AL => iso: ¦AT", stage=TABLE)
def iso_of_another(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is that of the country with this name; else other data are joined to the wrong country."""
    for where, code, name in _codes(file.record):
        country = countries().get(code or "", name)
        if fold(country) != fold(name) and (right := codes_by_name().get(fold(name))):
            yield Fault(where, f"'{code}' is the code of {country}; write '{right}' for {in_one_line(name)}")


class _Name(NamedTuple):
    """A name, its owner and its place."""

    text: str
    owner: str
    id: str
    path: str
    where: Where
    rank: int


_KEYWORDS = {"all": "all partners", "table": "the partners of Table 1", "eu": "the EU"} | {
    field: f"the field '{field}' of each partnership" for field in (*SOURCED_FIELDS, SIGNATORIES_FIELD)
}
# Of two owners of a name, the one of the higher rank keeps it: a code cannot be changed, an alias easily.
_RANKS = {"aliases": 0, "name": 1, "id": 2, "iso": 5}
_REGISTERED, _KEYWORD = 3, 6


def _names(scan: Scan) -> Iterator[_Name]:
    """Yield every name by which a person can ask for something."""
    for text, owner in _KEYWORDS.items():
        yield _Name(text, owner, text, "", (), _KEYWORD)
    for kind in ("area", "group"):
        for index, entry in enumerate(_entries(scan, kind)):
            for where, text in _texts(entry):
                place, rank = (f"{kind}s", index, *where), _REGISTERED if "aliases" in where else _REGISTERED + 1
                yield _Name(text, f"the {kind} {entry.id}", entry.id, f"{kind}s.yaml", place, rank)
    for path, partner in _partners(scan).items():
        for where, text in _texts(partner):
            yield _Name(text, f"the partner of {path}", partner.id, path, where, _RANKS[str(where[0])])


def _texts(entry: Any) -> Iterator[tuple[Where, str]]:
    """Yield the names of a partner, area or group with their places; another rule reports unassigned codes."""
    for key in ("id", "name", "iso", "title", "label"):
        text = vars(entry).get(key)
        if isinstance(text, str) and (key != "iso" or text in countries()):
            yield (key,), text
    yield from ((("aliases", index), alias) for index, alias in enumerate(entry.aliases))


def _right(name: _Name) -> tuple[int, float]:
    """Return the strength of an owner's claim to a name: its rank, then the similarity of its id."""
    word = countries()[name.text] if name.where == ("iso",) else name.text
    return name.rank, SequenceMatcher(None, fold(name.id), fold(word)).ratio()


@rule(Scan, "aliases: [shqiperia] => aliases: [¦norway]")
def unique_name(scan: Scan) -> Faults:
    """A name or code is that of one partner, area or group, and not all, table or EU; else a question gets the wrong one."""
    names = defaultdict[str, list[_Name]](list)
    for name in _names(scan):
        names[fold(name.text)].append(name)
    for alike in names.values():
        owner = max(alike, key=_right) if len({name.owner for name in alike}) > 1 else alike[0]
        # one name per owner is enough
        others = {name.owner: name for name in reversed(alike) if name.owner != owner.owner}
        for text, _, _, path, where, _ in others.values():
            message = f"'{in_one_line(text)}' already means {owner.owner}; "
            message += "remove it" if "aliases" in where else "choose another name"
            if where == ("iso",):
                message = f"the code {text} is that of {owner.owner} already; each partner has its own"
            yield Fault(where, message, path)


def _partners(scan: Scan) -> dict[str, Partnership]:
    """Return the partnerships by their paths, without copies of a file, of which only the id is reported."""
    listed = scan.all(Partnership)
    own = {path: f"{PARTNERSHIPS}/{partner.id}.yaml" for path, partner in listed.items()}
    return {path: partner for path, partner in listed.items() if own[path] == path or own[path] not in listed}


@rule(
    ProspectsFile,
    "prospects.yaml: prospects: []⏎ => prospects:⏎  - {id: ¦albania, name: Albania, iso: AL, "
    "steps: [{date: 2024, stage: proposed, reference: news-albania}]}⏎",
)
def prospect_is_partner(file: File[ProspectsFile]) -> Faults:
    """A country with a partnership is not a prospect; it would be counted twice."""
    dated = {path: p for path, p in file.scan.all(Partnership).items() if p.date.value}  # a draft counts for nothing
    owners = {fold(name): path for path, p in dated.items() for name in (p.id, p.name, p.iso or "") if name}
    for index, prospect in enumerate(file.record.prospects):
        if key := next((key for key in ("id", "name", "iso") if fold(getattr(prospect, key)) in owners), None):
            path = owners[fold(getattr(prospect, key))]
            message = f"{in_one_line(prospect.name)} has a partnership already ({path}); remove it here"
            yield Fault(("prospects", index, key), message)


_MOST = 500  # unknown ids that are compared per file
_MOST_LOST, FEW = 5, 2  # references that are reported one by one, and files that may be wrong in the same way


@rule(Scan, "  cyber: covered⏎ =>   ¦cyebr: covered⏎")
def unknown_area(scan: Scan) -> Faults:
    """An area is registered in areas.yaml; the status of another one is in no table."""
    return _unknown(scan, "area")


@rule(Scan, "coverage:⏎  cyber: covered⏎ => ¦coverage:⏎")
def missing_area(scan: Scan) -> Faults:
    """A partnership has a status for every area, if only 'unknown'; a gap would look like an answer."""
    areas = _register(scan, "area")
    for path, partnership in scan.all(Partnership).items():
        if partnership.coverage.keys() >= {*areas.known}:
            continue
        there = {*partnership.coverage, *_intended(partnership, areas).values()}
        missing = [area for area in areas.known if area not in there and not (areas.lost and area in areas.unused)]
        if len(missing) > 1 and missing == areas.known[-len(missing) :] and partnership.coverage:
            message = f"the areas from '{missing[0]}' on are missing after this line; restore the end of the file, "
            message += "or add each area as 'unknown' or with its status"
            yield Fault(("coverage", [*partnership.coverage][-1]), message, path, key=True)
            continue
        for area in missing:
            message = f"the area '{area}' is missing; add '{area}: unknown', or its status"
            yield Fault(("coverage", area), message, path, key=True)


def _intended(partnership: Partnership, areas: _Register) -> dict[str, str]:
    """Return the missing area that each unknown one probably means."""
    registered = {*areas.known, *areas.lost}
    missing = [area for area in areas.known if area not in partnership.coverage]
    unknown = [area for area in partnership.coverage if area not in registered]
    near = {area: likely for area in unknown[:_MOST] if (likely := nearest(area, missing))}
    # a single unknown and a single missing one: the area was renamed
    return dict(zip(unknown, missing, strict=True)) if len(unknown) == len(missing) == 1 else near


@rule(Scan, "groups: [nato-ally] => groups: [¦nato-aly]")
def unknown_group(scan: Scan) -> Faults:
    """A group is registered in groups.yaml; a membership under another name counts nowhere."""
    return _unknown(scan, "group")


@rule(Scan, "headings: {reference: briefing => headings: {reference: ¦breifing")
def unknown_reference(scan: Scan) -> Faults:
    """A reference is registered in references.yaml; else nobody can look it up."""
    return _unknown(scan, "reference")


@rule(Scan, "tables/table-1.yaml: columns: [albania, norway] => columns: [albania, ¦norwegen]")
def unknown_partner(scan: Scan) -> Faults:
    """A partner that is cited has its file; what is recorded on another one is on nobody."""
    return _unknown(scan, "partner")


def _unknown(scan: Scan, kind: str) -> Faults:
    """Yield the ids of a kind that are used and not registered; those that a register has lost, once, at the register."""
    register = _register(scan, kind)
    missing = [used for used in register.lost if not register.replacement(used)]
    if missing:
        entries, name = _entries(scan, kind), f"{kind}s"
        message = f"several files use the {kind} '{missing[0]}', which is not here; restore it, or correct those files"
        if len(missing) > 1:
            message = f"{len(missing)} {name} are used elsewhere and not here, such as '{missing[0]}'; restore them"
        # a gap in the numbers of the areas is its place; other registers may just have lost their end
        gap = next((n for n, entry in enumerate(entries, 1) if getattr(entry, "number", n) != n), len(entries))
        yield Fault(
            (name, gap - 1, "number") if kind == "area" else (name,), message, f"{name}.yaml", key=kind != "area"
        )
    right = {*register.known, *register.lost}
    for path, links in scan.links(kind).items() if register.known else ():
        unknown = [link for link in links if link.id not in right]
        partnership = scan.record(path, Partnership) if unknown and kind == "area" else None
        intended = _intended(partnership, register) if partnership else {}
        for link in unknown[:_MOST]:
            near = intended.get(link.id) or _misspelt_from(link.id, register.known)
            advice = f"did you mean '{near}'?" if near else _PLACES[kind][1]
            message = f"there is no {_PLACES[kind][0].format(link.id)}; {advice}"
            yield Fault(link.where, message, path, key=link.is_key)


_REGISTER = "register it there, or correct the id"
_PLACES = {
    "area": ("area '{}' in areas.yaml", _REGISTER),
    "group": ("group '{}' in groups.yaml", _REGISTER),
    "reference": ("reference '{}' in references.yaml", _REGISTER),
    "partner": ("file partnerships/{}.yaml for this partner", "write that file, or correct the id"),
}
"""What is not there, and what to do unless it is a spelling mistake."""


@rule(Scan, "groups.yaml:   - id: nato-ally =>   - id: ¦nato-alli")
def misspelt_id(scan: Scan) -> Faults:
    """An id is spelt where it is registered as everywhere else."""
    for kind in ("area", "group", "reference"):
        register = _register(scan, kind)
        for used in register.lost:
            if registered := register.replacement(used):
                message = f"no file uses '{registered}', but several use '{used}'; write '{used}' here, "
                message += f"or '{registered}' in those files"
                yield Fault((f"{kind}s", register.known.index(registered), "id"), message, f"{kind}s.yaml")


class _Register(NamedTuple):
    """The registered ids of a kind, those that nothing uses, and unregistered ones that several files use."""

    known: list[str]
    unused: list[str]
    lost: list[str]
    is_area: bool = False

    def replacement(self, used: str) -> str | None:
        """Return the id under which a lost one is registered, if it was misspelt or renamed."""
        is_renamed = self.is_area and len(self.lost) == len(self.unused) == 1
        return self.unused[0] if is_renamed else _misspelt_from(used, self.unused)


def _register(scan: Scan, kind: str) -> _Register:
    """Return what is registered; nothing if the register has an error, as every file would be reported."""
    if kind == "partner":
        is_there = any(path.startswith(f"{PARTNERSHIPS}/") for path in scan.shown)
        # a file in the wrong folder is reported as that alone
        paths = [path for path in scan.shown if is_there and isinstance(scan.records.get(path), Partnership | None)]
        files = {path.rpartition("/")[2].partition(".")[0] for path in paths}
        return _Register(sorted(files | {p.id for p in scan.all(Partnership).values()}), [], [])
    known = [entry.id for entry in _entries(scan, kind)]
    if f"{kind}s.yaml" not in scan.records or len(set(known)) < len(known):
        return _Register([], [], [])
    uses = Counter(used for links in scan.links(kind).values() for used in {link.id for link in links})
    unused, strange = [entry for entry in known if entry not in uses], sorted(uses.keys() - {*known})
    if not known:
        return _Register([], [], strange)
    gone = [used for used in strange if uses[used] > FEW or not _misspelt_from(used, known)]
    if not any(uses[used] > FEW for used in gone) and not (kind == "reference" and len(gone) > _MOST_LOST):
        gone = []
    # several files are hardly misspelt in the same way, so the register is
    misspelt = [used for used in strange if uses[used] > 1 and used not in gone and _misspelt_from(used, unused)]
    return _Register(known, unused, gone + misspelt, is_area=kind == "area")


def _entries(scan: Scan, kind: str) -> Sequence[Any]:
    """Return the areas, groups or references; none if their file has an error."""
    return getattr(scan.records.get(f"{kind}s.yaml"), f"{kind}s", ())


_SPELLING_MISTAKE = 0.75  # minimum similarity of two words of an id, by difflib


def _misspelt_from(written: str, known: Iterable[str]) -> str | None:
    """Return the known id that was probably intended, or None."""
    words = written.lower().split("-")
    for other in known:
        pairs = [*zip(words, other.split("-"), strict=False)]
        is_as_long = len(words) == other.count("-") + 1
        if other.replace("-", "") == written.lower().replace("-", "") or (is_as_long and all(map(_alike, pairs))):
            return other
    return None


def _alike(pair: tuple[str, str]) -> bool:
    # another number is the id of something else
    return pair[0] == pair[1] or (pair[1].isalpha() and SequenceMatcher(None, *pair).ratio() >= _SPELLING_MISTAKE)


_LAST = "    publisher: The Example⏎    standing: press⏎    kind: news⏎    date: 2024-05-28⏎"


@rule(
    ReferencesFile,
    f"references.yaml: {_LAST} => {_LAST}  - id: ¦leftover⏎    title: News⏎{_LAST}",
    stage=UPKEEP,
    severity=Severity.WARNING,
)
def unused_reference(file: File[ReferencesFile]) -> Faults:
    """A registered reference is cited somewhere; one that is not is a leftover, or its citation is missing."""
    cited = {link.id for links in file.scan.links("reference").values() for link in links}
    for index, reference in enumerate(file.record.references):
        if reference.id not in cited:
            message = f"nothing cites the reference '{reference.id}'; cite it, or remove the entry"
            yield Fault(("references", index, "id"), message)
