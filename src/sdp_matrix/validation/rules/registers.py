"""Rules on the shared files: unique ids, labels that fit, and the layout of published tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sdp_matrix.matching import fold, nearest
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import AreasFile, GroupsFile
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Status
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.files.document import Document
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.problem import Problem

_AREAS, _GROUPS, _TABLE = "areas.yaml", "groups.yaml", "tables/table-1.yaml"

_BEGINS = "the edition begins with\n    publisher: European "

RULES = (
    Rule(
        "unique-id",
        "An id stands once in its file; of two, one would be hidden.",
        Example(_AREAS, "    id: cyber\n", "    id: ¦csdp-missions\n"),
    ),
    Rule(
        "row-number",
        "Areas are numbered 1, 2, 3 … in the order of the rows.",
        Example(_AREAS, "  - number: 2", "  - number: ¦3"),
    ),
    Rule(
        "unique-name",
        "A title, label or alias stands for one area or group; else a question gets the wrong one.",
        Example(_AREAS, "aliases: [digital]", "aliases: [¦csdp-missions]"),
    ),
    Rule(
        "label-length",
        "A label fits its place: 28 characters for an area, 12 for a group; a longer one is cut off.",
        Example(_AREAS, "label: Cyber issues", "label: ¦Cyber issues and whatever else there is"),
    ),
    Rule(
        "publisher-spelling",
        "A publisher is spelt one way; two spellings would count as two independent sources.",
        Example(
            "references.yaml", _BEGINS + "Parliamentary", _BEGINS.replace("European", "¦European") + "parliamentary"
        ),
    ),
    Rule(
        "header-span",
        "The spans of a header row add up to the number of columns; else headings stand over the wrong partners.",
        Example(
            _TABLE,
            "  - - {title: Allies, group: nato-ally, span: 2}",
            "  - ¦- {title: Allies, group: nato-ally, span: 3}",
        ),
    ),
    Rule(
        "column-without-file",
        "Every column of a table has its partnership.",
        Example(_TABLE, "partner: albania", "partner: ¦albanien"),
    ),
    Rule(
        "repeated-column",
        "A partner has one column.",
        Example(_TABLE, "  - {partner: norway", "  - {partner: ¦albania"),
    ),
    Rule(
        "missing-mark",
        "Every status but unknown has its printed mark.",
        Example(_TABLE, "marks: {covered: ✓, ", "marks: ¦{"),
    ),
    Rule(
        "departure",
        "A departure names a column of the table and a field of it: date, an area, or group: and a group.",
        Example(_TABLE, "field: date", "field: ¦day"),
    ),
)

_LONGEST_LABEL, _LONGEST_SHORT = 28, 12

_LISTS = (
    (_AREAS, "areas"),
    (_GROUPS, "groups"),
    ("references.yaml", "references"),
    ("prospects.yaml", "prospects"),
    ("statements.yaml", "statements"),
)


def unique_ids(scan: Scan) -> Iterator[Problem]:
    """Ids are unique in their file."""
    readable = {**scan.records, **scan.drafts}
    for path, key in _LISTS:
        first: dict[str, int] = {}
        for index, item in enumerate(getattr(readable.get(path), key, ())):
            if item.id in first:
                line = scan.documents[path].locate([key, first[item.id], "id"]).line
                message = f"the id '{item.id}' stands in line {line} already; each entry needs its own"
                yield scan.documents[path].problem([key, index, "id"], "unique-id", message)
            elif item.id:
                first[item.id] = index


def row_numbers(scan: Scan) -> Iterator[Problem]:
    """Areas are numbered in order."""
    for path, shared in scan.readable(AreasFile).items():
        for index, area in enumerate(shared.areas):
            if area.number != index + 1:
                message = f"this is row {index + 1}, not {area.number}; number the areas in the order of the rows"
                yield scan.documents[path].problem(["areas", index, "number"], "row-number", message)
                break


def labels(scan: Scan) -> Iterator[Problem]:
    """Labels fit their places."""
    areas = [(p, "areas", "label", _LONGEST_LABEL, f.areas) for p, f in scan.readable(AreasFile).items()]
    groups = [(p, "groups", "short", _LONGEST_SHORT, f.groups) for p, f in scan.readable(GroupsFile).items()]
    for path, key, field, longest, items in (*areas, *groups):
        for index, item in enumerate(items):
            text = getattr(item, field) or ""
            if len(text) > longest:
                message = f"the {field} has {len(text)} characters, at most {longest} fit; shorten it"
                yield scan.documents[path].problem([key, index, field], "label-length", message)


class _Named(NamedTuple):
    """A name of an entry, and where it stands."""

    text: str
    where: tuple[str | int, ...]


def unique_names(scan: Scan) -> Iterator[Problem]:
    """Titles, labels and aliases of areas and groups stand for one entry each."""
    for path, file in scan.readable(AreasFile).items():
        entries = [
            (a.id, [_Named(a.title, ("title",)), _Named(a.label, ("label",)), *_aliases(a.aliases)]) for a in file.areas
        ]
        yield from _collisions(scan.documents[path], "areas", entries)
    for path, groups in scan.readable(GroupsFile).items():
        entries = [(g.id, [_Named(g.title, ("title",)), *_aliases(g.aliases)]) for g in groups.groups]
        yield from _collisions(scan.documents[path], "groups", entries)


def _aliases(aliases: Sequence[str]) -> Iterator[_Named]:
    return (_Named(alias, ("aliases", index)) for index, alias in enumerate(aliases))


def _collisions(document: Document, key: str, entries: Sequence[tuple[str, list[_Named]]]) -> Iterator[Problem]:
    owners = {fold(entry): index for index, (entry, _) in reversed([*enumerate(entries)])}
    for index, (_, names) in enumerate(entries):
        aliases: set[str] = set()
        for name in names:
            folded = fold(name.text)
            owner = owners.setdefault(folded, index)
            if folded and owner != index:
                message = f"'{in_one_line(name.text)}' stands for {entries[owner][0]} already; choose another name"
                yield document.problem([key, index, *name.where], "unique-name", message)
            elif name.where[0] == "aliases" and folded in aliases:
                message = f"'{in_one_line(name.text)}' stands twice; remove one (case and accents do not count)"
                yield document.problem([key, index, *name.where], "unique-name", message)
            if name.where[0] == "aliases":
                aliases.add(folded)


def publishers(scan: Scan) -> Iterator[Problem]:
    """A publisher is spelt one way."""
    listed = getattr({**scan.records, **scan.drafts}.get("references.yaml"), "references", ())
    spelt: dict[str, str] = {}
    for index, reference in enumerate(listed):
        usual = spelt.setdefault(fold(reference.publisher).replace(" ", ""), reference.publisher)
        if usual != reference.publisher and reference.publisher:
            message = f"this publisher is spelt '{in_one_line(usual)}' above; write it the same way"
            where = ("references", index, "publisher")
            yield scan.documents["references.yaml"].problem(where, "publisher-spelling", message)


def tables(scan: Scan) -> Iterator[Problem]:
    """Columns have files, header rows fit the columns, statuses have marks, departures name what is there."""
    for path, table in scan.readable(PublishedTable).items():
        wrong = list(_columns(scan, scan.documents[path], table))
        yield from wrong
        yield from _layout(scan.documents[path], table)
        if not wrong:
            yield from _departures(scan, scan.documents[path], table)


def _columns(scan: Scan, document: Document, table: PublishedTable) -> Iterator[Problem]:
    ids = {record.id for record in scan.readable(Partnership).values()}
    files = {path.rpartition("/")[2].removesuffix(".yaml") for path in scan.shown if path.startswith("partnerships/")}
    seen: set[str] = set()
    for index, column in enumerate(table.columns):
        where = ("columns", index, "partner")
        if column.partner in seen:
            message = f"'{column.partner}' has a column already; remove one of the two"
            yield document.problem(where, "repeated-column", message)
        elif column.partner and column.partner not in ids | files:
            near = nearest(column.partner, files)
            advice = f"did you mean '{near}'?" if near else "write that file, or correct the id"
            message = f"there is no file partnerships/{in_one_line(column.partner)}.yaml for this column; {advice}"
            yield document.problem(where, "column-without-file", message)
        seen.add(column.partner)


def _layout(document: Document, table: PublishedTable) -> Iterator[Problem]:
    wanted = len(table.columns)
    for index, row in enumerate(table.header):
        total = sum(cell.span for cell in row)
        if total != wanted:
            message = f"the spans of this row add up to {total}, but there are {wanted} columns; correct a span"
            yield document.problem(["header", index], "header-span", message)
    missing = [status for status in Status if status is not Status.UNKNOWN and status not in table.marks]
    if missing:
        message = f"there is no mark for {' and '.join(missing)}; add a line '{missing[0]}: …' as printed"
        yield document.problem(["marks"], "missing-mark", message)


def _departures(scan: Scan, document: Document, table: PublishedTable) -> Iterator[Problem]:
    areas, groups = scan.record(_AREAS, AreasFile), scan.record(_GROUPS, GroupsFile)
    if not (areas and groups):
        return
    columns = [column.partner for column in table.columns]
    fields = [DATE_FIELD, *(a.id for a in areas.areas), *(f"{GROUP_FIELD}{g.id}" for g in groups.groups)]
    for index, departure in enumerate(table.departures):
        for key, given, known in (("partner", departure.partner, columns), ("field", departure.field, fields)):
            if given not in known:
                near = nearest(given, known)
                advice = f"did you mean '{near}'?" if near else f"for example '{known[0]}'"
                message = f"the table has no {key} '{in_one_line(given)}' to depart from; {advice}"
                yield document.problem(["departures", index, key], "departure", message)
