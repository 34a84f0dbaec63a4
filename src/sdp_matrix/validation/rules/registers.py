"""Rules on the shared files: areas and groups, the origin of references, and what a statement can check."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from sdp_matrix.analysis.field import Field
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold, is_slip, nearest
from sdp_matrix.model.dataset import PublishedTable, origin
from sdp_matrix.model.record import Where, contents
from sdp_matrix.model.registers import AreasFile, Edition, ReferencesFile, StatementsFile
from sdp_matrix.model.vocabulary import EVERYBODY, IN_TABLE, Status
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.evidence import witness
from sdp_matrix.validation.rules.names import codes_by_name
from sdp_matrix.validation.rules.rule import TABLE, UPKEEP, VALUES, Fault, Faults, File, rule


@rule(AreasFile, "areas.yaml: - number: 2 => - number: ¦3")
def row_number(file: File[AreasFile]) -> Faults:
    """Areas are numbered 1, 2, 3 … in the order of the rows."""
    for number, area in enumerate(file.record.areas, 1):
        if area.number != number:
            message = f"this is row {number}, not {area.number}; number the areas in the order of the rows"
            yield Fault(("areas", number - 1, "number"), message)
            break  # the others are probably wrong by the same row


@rule(AreasFile, "areas.yaml: number: 2 => excludes:⏎      - ¦attacks on networks (cybr)⏎    number: 2", stage=TABLE)
def excluded_to(file: File[AreasFile]) -> Faults:
    """What an area excludes belongs to the area in brackets after it, by its id."""
    ids = {area.id for area in file.record.areas}
    words = {word: area.id for area in file.record.areas for word in (*area.id.split("-"), *area.aliases, area.id)}
    for number, area in enumerate(file.record.areas):
        for index, text in enumerate(area.excludes):
            name = re.search(r"\(([\w-]+)\)$", text)  # other words in brackets may be a remark
            if name and name[1] not in ids and (near := nearest(name[1], words)):
                message = f"there is no area '{name[1]}' in areas.yaml; did you mean '{words[near]}'?"
                yield Fault(("areas", number, "excludes", index), message)


@rule(
    ReferencesFile,
    "references.yaml: publisher: The Example => publisher: The Example⏎    url: ¦http://www.example.org/albania/?utm_source=x",
)
def repeated_address(file: File[ReferencesFile]) -> Faults:
    """An address is that of one reference; under two, also in an archive, one source would count as two."""
    first: dict[str, str] = {}
    for index, reference in enumerate(file.record.references):
        address = _page(reference.url or "")
        if address and (other := first.setdefault(address, reference.id)) != reference.id:
            message = f"this is the address of '{other}' already; cite that one, or correct the address"
            yield Fault(("references", index, "url"), message)


_AROUND = re.compile(r"^.*[/:](?=https?:/)|^https?://web\.archive\.org/web/\w+/")  # an archive's prefix to an address
_TRACKING = re.compile(r"utm_\w+=|\w*clid=|mc_[ce]id=|igshid=|_ga=|ref_src=|cmpid=|ocid=|smid=")


def _page(url: str) -> str:
    """Return the part of an address that identifies the page.

    >>> _page("https://web.archive.org/web/2026/http://www.Example.org/a/?id=1&utm_source=x#top")
    'example.org/a?id=1'
    """
    bare = re.sub(r"^https?:/+(www\.|m\.)?|#.*$|:(80|443)(?=/|$)", "", _AROUND.sub("", unquote(url).casefold()))
    path, _, query = bare.partition("?")
    kept = [part for part in query.split("&") if part and not _TRACKING.match(part)]
    return "?".join(filter(None, (path.rstrip("/"), "&".join(sorted(kept)))))


@rule(ReferencesFile, "references.yaml: begins with⏎    publisher: Eu => begins with⏎    publisher: ¦eu")
def publisher_spelling(file: File[ReferencesFile]) -> Faults:
    """A publisher is spelt one way; two spellings would count as two independent sources."""
    named, registered = [*_publishers(file.record)], file.record.publishers
    aliases = {_folded(alias): name for name, names in registered.items() for alias in names}
    usual = {name: name for name in registered}  # the registered spelling is the right one, however rare
    counts = Counter(name for _, name in named)
    forms = {name: _forms(name) for name in (*registered, *counts)}
    sharing = defaultdict[object, list[str]](list)
    for name, form in forms.items():
        for part in form.shared:
            sharing[part].append(name)
    others = {name for name in counts if forms[name].whole != forms[name].plain.replace(" ", "")}
    # the most frequent spelling is taken as right, but a Latin one before its look-alike
    for name in sorted(counts, key=lambda name: (name in others, -counts[name], name[0].islower())):
        near = {other for part in forms[name].shared for other in sharing[part]}
        known = (other for other in usual if other in near)
        alike = next((other for other in known if _is_same_publisher(forms[name], forms[other])), name)
        usual.setdefault(name, aliases.get(forms[name].whole) or usual.get(alike, name))
    for where, name in named:
        if usual[name] != name:
            letters = " in Latin letters" if name in others else ""
            message = f"this publisher is spelt '{in_one_line(usual[name])}'{letters} elsewhere; "
            yield Fault(where, message + "write it the same way, or list both under 'publishers:' if they are two")


# Capitals of Cyrillic and Greek, and the Latin ones that look the same.
_LOOK_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX")


class _Forms(NamedTuple):
    """What a publisher's name is compared by."""

    whole: str
    plain: str  # with its words
    writings: set[str]  # in full, the parts outside and inside brackets, and the initials
    shared: set[object]  # the writings, and the words without each: names that are alike have some of these in common


def _forms(publisher: str) -> _Forms:
    parts = re.split(r"[()\[\],/]", publisher)
    initials = re.findall(r"\b[A-Z]", parts[0])  # people know a name of three words by them: EPRS, AFP
    known_by = (publisher, *parts, "".join(initials) if len(initials) > 2 else "")  # noqa: PLR2004
    writings = {_folded(text) for text in known_by if text.strip()}
    words = fold(publisher).split()
    others = ((number, *words[:number], *words[number + 1 :]) for number in range(len(words)))
    return _Forms(_folded(publisher), " ".join(words), writings, {*writings, *others})


def _is_same_publisher(one: _Forms, other: _Forms) -> bool:
    """Return whether two names differ only in signs, in look-alike letters, by initials, or by a spelling mistake."""
    if one.whole in other.writings or other.whole in one.writings:
        return True
    if not is_slip(one.plain, other.plain):
        return False
    return not {*one.plain.split()} ^ {*other.plain.split()} <= codes_by_name().keys()  # Iceland is not Ireland


def _publishers(shared: ReferencesFile) -> Iterator[tuple[Where, str]]:
    """Yield the publishers of all references, then those that they follow."""
    for key in ("publisher", "follows"):
        names = ((index, getattr(reference, key)) for index, reference in enumerate(shared.references))
        yield from ((("references", index, key), name) for index, name in names if name)


def _folded(publisher: str) -> str:
    return fold(publisher.upper().translate(_LOOK_ALIKE)).replace(" ", "")


@rule(ReferencesFile, "references.yaml: publisher: Anadolu => publisher: ¦Compilers of this data set")
def compilers_as_source(file: File[ReferencesFile]) -> Faults:
    """The compilers are not a source: who made these data is not a publisher, and what has no public source is not established."""
    edition = file.scan.record("dataset.yaml", Edition)
    makers = {fold(name) for name in (edition.authors if edition else ())}
    for where, name in _publishers(file.record):
        if fold(name) in makers or "compilers" in fold(name).split():
            message = f"'{in_one_line(name)}' made these data, which cannot be their own source; cite who published it"
            yield Fault(where, message)


@rule(ReferencesFile, "references.yaml: follows: news-albania => follows: ¦relay-albania")
def circular_origin(file: File[ReferencesFile]) -> Faults:
    """A reference does not follow itself, even through others; else it has no origin."""
    by_id = {reference.id: reference for reference in file.record.references}
    circular = (index for index, ref in enumerate(file.record.references) if origin(ref, by_id) in by_id)
    for index in [*circular][:1]:  # once this one is corrected, so are the others of the circle
        message = "following this leads back here; give the origin of the content"
        yield Fault(("references", index, "follows"), message)


@rule(PublishedTable, "tables/table-1.yaml: marks: {covered: ✓,  => marks: ¦{")
def missing_mark(file: File[PublishedTable]) -> Faults:
    """Every status but unknown has its printed mark, and no two have the same."""
    missing = [status for status in Status if status is not Status.UNKNOWN and status not in file.record.marks]
    if missing:
        yield Fault(("marks",), f"no mark for {' and '.join(missing)}; add a line '{missing[0]}: …' as printed")
    marks = list(file.record.marks.items())
    for index, (status, mark) in enumerate(marks):
        if status is Status.UNKNOWN:
            yield Fault(("marks", status), "no printed mark means unknown; remove it: what is not printed has no cell")
        elif mark in dict(marks[:index]).values():
            yield Fault(("marks", status), f"'{in_one_line(mark)}' is two marks at once; write each as printed")


@rule(StatementsFile, "statements.yaml: [albania], over: [table] => [¦albania], over: [norway]", stage=VALUES)
def statement_over(file: File[StatementsFile]) -> Faults:
    """A check does not state anything of a partner that it does not look at."""
    sources = witness(file.scan)
    for index, statement in enumerate(file.record.statements if sources else ()):
        over = {*getattr(statement.check, "over", (EVERYBODY,))}
        if EVERYBODY in over or any(Field(name).group for name in over):
            continue
        over |= {*(sources.table.columns if sources and IN_TABLE in over else ())}
        for where, name, *_ in contents(statement.check).links["partner"]:
            if name not in over:
                message = f"'{name}' is not among the partnerships looked at; add it to 'over', or remove it here"
                yield Fault(("statements", index, "check", *where), message)


@rule(Scan, stage=UPKEEP)
def unexpected_verdict(scan: Scan) -> Faults:
    """A statement has the verdict on record; another one shows that a value was changed by mistake, or a record is due."""
    from sdp_matrix.analysis.factcheck import factcheck  # no other rule needs it, and it takes long to import

    dataset = scan.dataset()
    for index, check in enumerate(factcheck(dataset) if dataset else ()):
        if not check.as_expected:
            message = f"the data make this statement {check.verdict}, on record is {check.statement.expected}; "
            message += f"'sdp factcheck {check.statement.id}' says why; correct the data or the record"
            yield Fault(("statements", index, "expected"), message, "statements.yaml")
