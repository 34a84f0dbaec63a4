"""Rules on names: ids, names, codes and aliases belong to one thing each, and what a file names is registered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from sdp_matrix.files.disk import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model.dataset import PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import ID, Link, Where
from sdp_matrix.model.registers import Prospect, ProspectsFile, ReferencesFile
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD, SOURCED_FIELDS
from sdp_matrix.problem import Problem, Severity
from sdp_matrix.text_safety import in_one_line, listed
from sdp_matrix.validation.rules.rule import TABLE, UPKEEP, VALUES, Fault, Faults, File, rule


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
    if own in file.scan.shown and getattr(file.scan.records.get(own), "id", name) == name:
        message = f"the id '{name}' is that of {own}; if this is a copy, remove the file; "
        message += f"if the text of {stem} was here, restore it; else give it an id, a name and a code of its own"
    else:
        message += (f"write '{stem}' here, or " if re.fullmatch(ID, stem) else "") + f"rename the file to {name}.yaml"
    yield Fault(("id",), message)


@rule(Partnership | ProspectsFile, "iso: AL => iso: ¦AT", stage=TABLE)
def iso_code(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is that of the country with this name in ISO 3166-1; else other data are joined to another one."""
    record = file.record
    entries: Sequence[Partnership | Prospect] = record.prospects if isinstance(record, ProspectsFile) else (record,)
    for index, entry in enumerate(entries):
        where: Where = ("iso",) if entry is record else ("prospects", index, "iso")
        code, name, right = entry.iso, fold(entry.name), codes_by_name().get(fold(entry.name))
        if code and code not in countries():
            advice = f"write '{right}'" if right else "look it up in ISO 3166-1 alpha-2"
            yield Fault(where, f"'{code}' is not a code of any country; {advice}")
        elif code and right and fold(countries()[code]) != name:
            message = f"'{code}' is the code of {countries()[code]}; write '{right}' for {in_one_line(entry.name)}"
            yield Fault(where, message)


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
    partners = scan.all(Partnership)
    for path, partner in partners.items():
        own = f"{PARTNERSHIPS}/{partner.id}.yaml"
        if own != path and own in partners:
            continue  # a copy of a file, of which only the id is reported
        for where, text in _texts(partner):
            yield _Name(text, f"the partner of {path}", partner.id, path, where, _RANKS[str(where[0])])


def _texts(entry: Any) -> Iterator[tuple[Where, str]]:
    """Yield the names of a partner, area or group with their places; another rule reports unassigned codes."""
    for key in ("id", "name", "iso", "title", "label", "short"):
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
    taken = defaultdict[tuple[str, str, bool], list[_Name]](list)  # by who has the name and whose it is
    for alike in names.values():
        owner = max(alike, key=_right) if len({name.owner for name in alike}) > 1 else alike[0]
        # one name per owner is enough
        others = {name.owner: name for name in reversed(alike) if name.owner != owner.owner}
        for name in others.values():
            taken[name.owner, owner.owner, "aliases" in owner.where].append(name)
    for (_, owned_by, is_alias), (name, *more) in taken.items():
        advice = "each partner has its own" if name.where == ("iso",) else "choose another name"
        advice = ("remove one of the two" if is_alias else "remove it") if "aliases" in name.where else advice
        advice += f"; the same for {listed(in_one_line(name.text) for name in more)}" if more else ""
        yield Fault(name.where, f"'{in_one_line(name.text)}' already means {owned_by}; {advice}", name.path)


@rule(
    ProspectsFile,
    "prospects.yaml: prospects: []⏎ => prospects:⏎  - {id: ¦albania, name: Albania, iso: AL, "
    "steps: [{date: 2024, stage: proposed, reference: news-albania}]}⏎",
    stage=VALUES,  # what has the code of another country is reported before
)
def prospect_is_partner(file: File[ProspectsFile]) -> Faults:
    """A country is a prospect once, and not if it has a partnership; it would be counted twice."""
    dated = {path: p for path, p in file.scan.all(Partnership).items() if p.date.value}  # a draft counts for nothing
    owners = {fold(name): path for path, p in dated.items() for name in (p.id, p.name, *p.aliases, p.iso or p.id)}
    for index, prospect in enumerate(file.record.prospects):
        names = {key: fold(getattr(prospect, key)) for key in ("id", "name", "iso")}
        if key := next((key for key, name in names.items() if owners.get(name, prospect.id) != prospect.id), None):
            owner = owners[names[key]]
            kind, remedy = ("has a partnership", "remove it") if owner in dated else ("is a prospect", "merge the two")
            yield Fault(("prospects", index, key), f"{in_one_line(prospect.name)} {kind} already ({owner}); {remedy}")
        owners = {**dict.fromkeys(names.values(), prospect.id), **owners}


_KINDS = "area", "group", "reference", "partner"  # of what has an id
FEW = 2  # files that may be wrong in the same way


@rule(Scan, "tables/table-1.yaml: columns: [albania, norway] => columns: [albania, ¦norwegen]")
def unknown_id(scan: Scan) -> Faults:
    """An id that is used is that of an area, group or reference in its register, or of a partner with a file."""
    for kind in _KINDS:
        yield from _unknown(scan, kind)


@rule(Scan, "  cyber: covered⏎  csdp-missions: covered =>   csdp-missions: ¦covered")
def missing_area(scan: Scan) -> Faults:
    """A partnership has a status for every area, if only 'unknown'; a gap would look like an answer."""
    areas, partnerships = _registered(scan, "area") or [], scan.all(Partnership)
    used = {area for partnership in partnerships.values() for area in partnership.coverage}
    new = [area for area in areas if len(partnerships) > FEW and area not in used]
    for area in new:
        message = f"no partnership has the area '{area}'; add '{area}: unknown' to each, or its status"
        yield Fault(("areas", areas.index(area), "id"), message, "areas.yaml")
    for path, partnership in partnerships.items():
        if partnership.coverage.keys() >= {*areas}:
            continue
        intended = {*_intended(partnership, areas).values(), *new}
        gaps, above = defaultdict[str, list[str]](list), ""
        for area in areas:
            above = area if area in partnership.coverage else above
            if area not in {above, *intended}:
                gaps[above].append(area)
        for above, (area, *more) in gaps.items():
            what, it = (f"the areas '{area}' to '{more[-1]}' are", "them") if more else (f"the area '{area}' is", "it")
            message = f"{what} missing after this line; restore {it}, or add {it} with a status, if only 'unknown'"
            where = scan.documents[path].last_inside(("coverage", above) if above else ("coverage",))
            yield Fault(where if above else ("coverage",), message, path, key=not above)


def _intended(partnership: Partnership, areas: Sequence[str]) -> dict[str, str]:
    """Return the missing area that each unknown one probably means."""
    missing = [area for area in areas if area not in partnership.coverage]
    unknown = [area for area in partnership.coverage if area not in areas]
    near = {area: likely for area in unknown if (likely := nearest(area, missing))}
    # a single unknown and a single missing one: the area was renamed
    return dict(zip(unknown, missing, strict=True)) if len(unknown) == len(missing) == 1 else near


def _unknown(scan: Scan, kind: str) -> Faults:
    """Yield the ids of a kind that are used and not registered; those that a register has lost, once, at the register."""
    known, name = _registered(scan, kind), f"{kind}s"
    if known is None:
        return
    unused, unknown = dict.fromkeys(known), defaultdict[str, list[tuple[str, Link]]](list)
    registered = {*known}
    # the table depends on a partner more than a statement on it
    for path, links in sorted(scan.links(kind).items(), key=lambda item: not item[0].startswith("tables/")):
        for link in links:
            unused.pop(link.id, None)
            if link.id not in registered:
                unknown[link.id].append((path, link))
    if kind != "partner" and len(unused) == len(unknown) == 1 and len(*unknown.values()) > 1:
        (used,), (new,) = unknown, unused
        message = f"nothing uses '{new}', but the {kind} '{used}' is used; write '{used}' here, or '{new}' there"
        yield Fault((name, known.index(new), "id"), message, f"{name}.yaml")
        return
    lost = _lost(unknown, known, kind)
    if lost:
        yield _of_register(scan, kind, lost)
    for used, ((path, link), *others) in unknown.items():
        if used not in lost:
            partnership = scan.record(path, Partnership)
            intended = _intended(partnership, known) if partnership and kind == "area" else {}
            near = intended.get(used) or _misspelt_from(used, known) or _id_of(used, scan, kind)
            what, advice = f"{kind} '{used}' in {name}.yaml", "register it there, or correct the id"
            if kind == "partner":
                what, advice = f"file partnerships/{used}.yaml for this partner", "restore that file, or correct the id"
            count = f" ({len(others) + 1} uses)" if others else ""
            message = f"there is no {what}{count}; " + (f"did you mean '{near}'?" if near else advice)
            yield Fault(link.where, message, path, key=link.is_key)


def _of_register(scan: Scan, kind: str, lost: Sequence[str]) -> Fault:
    """Return the fault of a register that lacks entries."""
    name = f"{kind}s"
    what = f"the {kind} '{lost[0]}'" + (f" and {len(lost) - 1} other {name}" if len(lost) > 1 else "")
    message = f"{what} should be here, because other files use it; restore it, or correct those files"
    # a gap in the numbers of the areas is its place; else a register has probably lost its end
    numbers = [getattr(entry, "number", 0) for entry in _entries(scan, kind)]
    gap = [index for index, number in enumerate(numbers) if number > index + 1]
    where: Where = (name, gap[0], "number") if gap else (name,)
    if not gap and (len(lost) > 1 or kind == "area"):
        where = scan.documents[f"{name}.yaml"].last_inside(where)
    return Fault(where, message, f"{name}.yaml", key=where == (name,))


def _lost(unknown: Mapping[str, list[tuple[str, Link]]], known: Sequence[str], kind: str) -> list[str]:
    """Return the unknown ids that a register has probably lost: several files are hardly misspelt in the same way."""
    files = {used: {path for path, _ in places} for used, places in unknown.items()}
    gone = [used for used in files if len(files[used]) > FEW or not _misspelt_from(used, known)]
    is_lost = not known or len({path for used in gone for path in files[used]}) > FEW
    return gone if is_lost and kind != "partner" else []


def _registered(scan: Scan, kind: str) -> list[str] | None:
    """Return the registered ids; None if the register has an error, as every file would be reported."""
    if kind == "partner":
        inside = [path for path in scan.shown if path.startswith(f"{PARTNERSHIPS}/")]
        if any("." not in path for path in inside):  # a folder may have what is missing, so only it is reported
            return None
        # a file in the wrong folder is reported as that alone
        paths = [path for path in scan.shown if inside and isinstance(scan.records.get(path), Partnership | None)]
        files = {path.rpartition("/")[2].partition(".")[0] for path in paths}
        return sorted(files | {p.id for p in scan.all(Partnership).values()}) or None
    known = [entry.id for entry in _entries(scan, kind)]
    return known if f"{kind}s.yaml" in scan.records and len({*known}) == len(known) else None


def _entries(scan: Scan, kind: str) -> Sequence[Any]:
    """Return the areas, groups, references or partners; none if their file has an error."""
    registered = getattr(scan.records.get(f"{kind}s.yaml"), f"{kind}s", ())
    return registered if kind != "partner" else [*scan.all(Partnership).values()]


def _id_of(name: str, scan: Scan, kind: str) -> str | None:
    """Return the id of what has a name."""
    return next((entry.id for entry in _entries(scan, kind) if fold(name) in map(fold, entry.names)), None)


def with_registered_id(problem: Problem, scan: Scan) -> Problem:
    """Return a problem with an id in another form; it suggests the id of something registered, or none."""
    written = re.match("'(.+)' is not an id", problem.message)
    if not written or problem.at[-1:] == ("id",):
        return problem
    near = next(filter(None, (_id_of(written[1], scan, kind) for kind in _KINDS)), None)
    advice = f"did you mean '{near}'?" if near else "write the id under which it is registered"
    return replace(problem, message=f"{problem.message.partition('; write')[0]}; {advice}")


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
            yield Fault(("references", index, "id"), "nothing cites this reference; cite it, or remove the entry")
