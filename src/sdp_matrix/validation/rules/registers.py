"""Rules on the shared files: unique ids and names, whose word a reference is, and what a statement can check."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sdp_matrix.analysis.field import Field
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.dataset import TABLE as TABLE_ID
from sdp_matrix.model.dataset import PublishedTable, origin
from sdp_matrix.model.record import links
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ProspectsFile, ReferencesFile, StatementsFile
from sdp_matrix.model.vocabulary import EVERYBODY, IN_TABLE, Status, Verdict
from sdp_matrix.problem import Step
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.partnerships import out_of_order
from sdp_matrix.validation.rules.rule import TABLE, UPKEEP, Fault, Faults, File, rule

_AREAS = "areas.yaml"
_EGYPT = "prospects:\n  - {id: egypt, name: Egypt, iso: EG, steps: "


@rule(
    AreasFile | GroupsFile | ReferencesFile | ProspectsFile | StatementsFile,
    "    id: cyber\n",
    "    id: ¦csdp-missions\n",
    file=_AREAS,
)
def unique_id(file: File[Any]) -> Faults:
    """An id stands once in its file; of two, one would be hidden."""
    first: dict[str, int] = {}
    [key] = type(file.record).model_fields
    for index, item in enumerate(getattr(file.record, key)):
        if first.setdefault(item.id, index) != index:
            line = file.document.locate([key, first[item.id], "id"]).line
            message = f"duplicate id '{item.id}', first on line {line}; each entry needs its own"
            yield Fault((key, index, "id"), message)


@rule(AreasFile, "  - number: 2", "  - number: ¦3")
def row_number(file: File[AreasFile]) -> Faults:
    """Areas are numbered 1, 2, 3 … in the order of the rows."""
    for number, area in enumerate(file.record.areas, 1):
        if area.number != number:
            message = f"this is row {number}, not {area.number}; number the areas in the order of the rows"
            yield Fault(("areas", number - 1, "number"), message)
            break


@rule(AreasFile | GroupsFile, "aliases: [digital]", "aliases: [¦csdp-missions]", file=_AREAS)
def unique_name(file: File[AreasFile | GroupsFile]) -> Faults:
    """A title, label or alias stands for one area or group; else a question gets the wrong one."""
    [key] = type(file.record).model_fields
    entries = getattr(file.record, key)
    owners = {fold(entry.id): index for index, entry in reversed([*enumerate(entries)])}
    for index, entry in enumerate(entries):
        aliases = [fold(alias) for alias in entry.aliases]
        for where, name in _names(entry):
            owner = owners.setdefault(fold(name), index)
            if fold(name) and owner != index:
                message = f"'{in_one_line(name)}' stands for {entries[owner].id} already; choose another name"
                yield Fault((key, index, *where), message)
            elif where[0] == "aliases" and fold(name) in aliases[: int(where[1])]:
                message = f"'{in_one_line(name)}' is here twice; remove one (case and accents do not count)"
                yield Fault((key, index, *where), message)


def _names(entry: Any) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the title, label and aliases of an area or group, each with its place."""
    yield from (((key,), getattr(entry, key)) for key in ("title", "label") if hasattr(entry, key))
    yield from ((("aliases", index), alias) for index, alias in enumerate(entry.aliases))


@rule(
    AreasFile | GroupsFile,
    "label: Cyber issues",
    "label: ¦Cyber issues and whatever else there is",
    file=_AREAS,
)
def label_length(file: File[AreasFile | GroupsFile]) -> Faults:
    """A label fits its place: 28 characters for an area, 12 for a group; a longer one is cut off."""
    [key] = type(file.record).model_fields
    field, longest = ("label", 28) if key == "areas" else ("short", 12)
    for index, item in enumerate(getattr(file.record, key)):
        if len(text := getattr(item, field) or "") > longest:
            message = f"the {field} has {len(text)} characters, at most {longest} fit; shorten it"
            yield Fault((key, index, field), message)


@rule(
    ProspectsFile,
    "prospects: []\n",
    _EGYPT
    + "[{date: 2025, stage: proposed, reference: news-albania}, {date: ¦2024, stage: called-for, reference: news-albania}]}\n",
)
def step_order(file: File[ProspectsFile]) -> Faults:
    """The steps of a prospect stand in order of date; the last one is taken for the newest."""
    for index, prospect in enumerate(file.record.prospects):
        yield from out_of_order([step.date for step in prospect.steps], "prospects", index, "steps")


@rule(
    ReferencesFile | ProspectsFile,
    "    kind: news\n    date: 2024-05-28\n",
    "    kind: news\n    date: ¦2114-05-28\n",
    file="references.yaml",
)
def later_than_edition(file: File[ReferencesFile | ProspectsFile]) -> Faults:
    """Nothing is dated later than the edition of the data."""
    edition = file.scan.record("dataset.yaml", Edition)
    for where, day in _dates(file.record) if edition else ():
        if edition and day > str(edition.date)[: len(day)]:
            yield Fault(where, f"{day} is later than the edition, which is of {edition.date}; correct one of the two")


def _dates(record: ReferencesFile | ProspectsFile) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the dates of references, or of the steps of prospects, with their places."""
    if isinstance(record, ReferencesFile):
        yield from (
            (("references", index, "date"), reference.date) for index, reference in enumerate(record.references)
        )
    else:
        for index, prospect in enumerate(record.prospects):
            yield from ((("prospects", index, "steps", k, "date"), step.date) for k, step in enumerate(prospect.steps))


@rule(
    ReferencesFile,
    "    publisher: The Example\n",
    "    publisher: The Example\n    url: ¦http://www.example.org/albania/\n",
)
def repeated_address(file: File[ReferencesFile]) -> Faults:
    """An address stands under one reference; under two, one source would count as two."""
    first: dict[str, str] = {}
    for index, reference in enumerate(file.record.references):
        address = re.sub(r"^https?://(www\.)?|#.*$|/+$", "", reference.url or "")
        if address and (other := first.setdefault(address, reference.id)) != reference.id:
            message = f"this is the address of '{other}' already; cite that one, or correct the address"
            yield Fault(("references", index, "url"), message)


_INITIALS = 3
_BEGINS = "the edition begins with\n    publisher: "


@rule(
    ReferencesFile,
    _BEGINS + "European Parliamentary",
    _BEGINS + "¦European parliamentary",
)
def publisher_spelling(file: File[ReferencesFile]) -> Faults:
    """A publisher is spelt one way; two spellings would count as two independent sources."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    named = [
        (("references", index, key), name)
        for key in ("publisher", "follows")
        for index, reference in enumerate(file.record.references)
        if (name := getattr(reference, key))
    ]
    for _, name in named:
        spelt[_folded(name)][name] += 1
    in_full = {_initials(name): _folded(name) for _, name in named if _initials(name)}
    for where, name in named:
        full = in_full.get(name) or _folded(name)
        usual = spelt[full].most_common(1)[0][0]  # of two that are as frequent, the first
        if usual != name:
            message = f"this publisher is spelt '{in_one_line(usual)}' elsewhere; write it the same way"
            yield Fault(where, message)


def _folded(publisher: str) -> str:
    return fold(publisher).replace(" ", "")


def _initials(publisher: str) -> str:
    """Return the initials of a publisher's name, of three words or more: EPRS, AFP."""
    initials = "".join(re.findall(r"\b[A-Z]", publisher))
    return initials if len(initials) >= _INITIALS and initials != publisher else ""


@rule(ReferencesFile, "    publisher: Anadolu", "    publisher: ¦Compilers of this data set")
def compilers_as_source(file: File[ReferencesFile]) -> Faults:
    """Nobody cites himself: who made these data is no publisher, and what has no public source is not established."""
    edition = file.scan.record("dataset.yaml", Edition)
    makers = {fold(name) for name in (edition.authors if edition else ())}
    for index, reference in enumerate(file.record.references):
        for key, name in (("publisher", reference.publisher), ("follows", reference.follows or "")):
            if fold(name) in makers or "compilers" in fold(name).split():
                message = f"'{in_one_line(name)}' made these data, which cannot be their own source; "
                yield Fault(("references", index, key), message + "cite who published it")


@rule(ReferencesFile, "    follows: news-albania\n", "    follows: ¦relay-albania\n")
def circular_origin(file: File[ReferencesFile]) -> Faults:
    """A reference follows another and not itself, be it by a detour; else it has no origin."""
    by_id = {reference.id: reference for reference in file.record.references}
    circular = (index for index, ref in enumerate(file.record.references) if origin(ref, by_id) in by_id)
    for index in [*circular][:1]:  # the others of the circle are right once this one is
        yield Fault(
            ("references", index, "follows"), "following this leads back here; name the one whose content it is"
        )


@rule(PublishedTable, "columns: [albania, norway]", "columns: [albania, ¦albania]")
def repeated_column(file: File[PublishedTable]) -> Faults:
    """A partner has one column."""
    for index, partner in enumerate(file.record.columns):
        if partner in file.record.columns[:index]:
            yield Fault(("columns", index), f"'{partner}' has a column already; remove one of the two")


@rule(PublishedTable, "marks: {covered: ✓, ", "marks: ¦{")
def missing_mark(file: File[PublishedTable]) -> Faults:
    """Every status but unknown has its printed mark."""
    missing = [status for status in Status if status is not Status.UNKNOWN and status not in file.record.marks]
    if missing:
        message = f"there is no mark for {' and '.join(missing)}; add a line '{missing[0]}: …' as printed"
        yield Fault(("marks",), message)


@rule(StatementsFile, "over: [table]", "over: ¦[]")
def statement_empty(file: File[StatementsFile]) -> Faults:
    """A check looks at something: a partnership, or two that follow one another."""
    for index, statement in enumerate(file.record.statements):
        for key, least in (("over", 1), ("order", 2), ("days", 1)):
            if len(getattr(statement.check, key, "..")) < least:
                message = f"the list '{key}' is too short to check anything; name {least} or more"
                yield Fault(("statements", index, "check", key), message)


@rule(StatementsFile, "exactly: [albania]", "exactly: [albania, ¦albania]")
def statement_twice(file: File[StatementsFile]) -> Faults:
    """A list of a check names nobody twice."""
    for index, statement in enumerate(file.record.statements):
        for key in ("over", "exactly", "order"):
            names = getattr(statement.check, key, ())
            for place, name in enumerate(names):
                if name in names[:place]:
                    message = f"duplicate '{name}' in this list; remove one"
                    yield Fault(("statements", index, "check", key, place), message)


@rule(
    StatementsFile,
    "[table], area: cyber, counting: covered, exactly: [",
    "[norway], area: cyber, counting: covered, exactly: [¦",
    stage=TABLE,
)
def statement_over(file: File[StatementsFile]) -> Faults:
    """A check does not state anything of a partner that it does not look at."""
    table = file.scan.record(f"tables/{TABLE_ID}.yaml", PublishedTable)
    for index, statement in enumerate(file.record.statements if table else ()):
        over = {*getattr(statement.check, "over", (EVERYBODY,))}
        if EVERYBODY in over or any(Field(name).group for name in over):
            continue
        over |= {*(table.columns if table and IN_TABLE in over else ())}
        for where, kind, name, *_ in links(statement.check):
            if kind == "partner" and name not in over:
                message = f"'{name}' is not among the partnerships looked at; add it to 'over', or remove it here"
                yield Fault(("statements", index, "check", *where), message)


@rule(StatementsFile, "as_of: 2026-03-01", "as_of: ¦2027-03-01")
def statement_date(file: File[StatementsFile]) -> Faults:
    """A statement speaks of no day after its reference was published."""
    shared = file.scan.record("references.yaml", ReferencesFile)
    published = {reference.id: reference.date for reference in shared.references} if shared else {}
    for index, statement in enumerate(file.record.statements):
        limit, day = published.get(statement.reference), str(statement.as_of or "")
        if limit and day[: len(limit)] > limit:
            message = f"the reference is of {limit}; it cannot speak of {day}: correct one of the two"
            yield Fault(("statements", index, "as_of"), message)


_CHECK = "    check: {kind: partners-with-area, over: [table], area: cyber, counting: covered, exactly: [albania]}\n"


@rule(
    StatementsFile,
    f"    as_of: 2026-03-01\n{_CHECK}    expected: true",
    f"{_CHECK}    expected: ¦true-then",
)
def statement_verdict(file: File[StatementsFile]) -> Faults:
    """A statement is expected to be true then only if it speaks of a day."""
    for index, statement in enumerate(file.record.statements):
        if statement.expected is Verdict.TRUE_THEN and statement.as_of is None:
            message = "without 'as_of' nothing can be true then and false now; add the day, or correct this"
            yield Fault(("statements", index, "expected"), message)


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
