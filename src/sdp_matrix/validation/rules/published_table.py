"""Rules on the published table: what the copy prints can be read, and where we depart from it the value says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sdp_matrix.analysis.verification import Departure, departures, is_name_of, needless
from sdp_matrix.files.document import Document
from sdp_matrix.files.messages import not_allowed
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import nearest
from sdp_matrix.model import published_table
from sdp_matrix.model.dataset import TABLE
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable, Transcription
from sdp_matrix.model.registers import Area, AreasFile
from sdp_matrix.model.vocabulary import GROUP_FIELD, Membership
from sdp_matrix.problem import Location, Problem
from sdp_matrix.sanitize import in_one_line, listed
from sdp_matrix.validation.rules.places import field_place, values
from sdp_matrix.validation.rules.rule import Example, Rule

_CSV, _YAML = f"tables/{TABLE}.csv", f"tables/{TABLE}.yaml"
_ALBANIA = "partnerships/albania.yaml"

READABLE_TABLE = (
    *("unique-id", "misspelt-id", "row-number", "file-name", "unknown-group"),
    *("unknown-partner", "repeated-column", "missing-mark"),
    *("emendation", "table-title", "table-partner", "table-mark", "table-group"),
)
"""Without these nothing can be said of what the table prints."""

_COLUMNS = ("unknown-partner", "repeated-column")

RULES = (
    Rule(
        "table-title",
        "A row of the transcription has the title of its area; else its marks are those of another area.",
        Example(_CSV, "2,Cyber and", "2,¦Cyber or"),
    ),
    Rule(
        "table-partner",
        "A column of the transcription is headed by a name of its partner; else its marks are those of another.",
        Example(_CSV, ",Partner,Albania", ",Partner,¦Albanien"),
        requires=_COLUMNS,
    ),
    Rule(
        "table-mark",
        "Every mark of the transcription is one that the table's file explains.",
        Example(_CSV, "issues,✓", "issues,¦✔"),
        requires=("missing-mark",),
    ),
    Rule(
        "table-group",
        "Every title in the header of the transcription is one that the table's file explains, and the other way round.",
        Example(_CSV, ",Allies,", ",¦Alies,"),
    ),
    Rule(
        "emendation",
        "What is read in place of a damaged line has the titles of that line, over columns of the table.",
        Example(_YAML, "read: {EFTA: [norway]}", "¦read: {Asia: [norway]}"),
        requires=_COLUMNS,
    ),
    Rule(
        "missing-departure",
        "A value that is not the printed one says why beside it; else a slip of the pen looks like a decision.",
        Example(_ALBANIA, "  cyber: covered", "  cyber: ¦not-covered"),
        requires=READABLE_TABLE,
    ),
    Rule(
        "needless-departure",
        "A reason to depart stands only where the table prints another value; else it hides a later change.",
        Example(_ALBANIA, "  cyber: covered", "  cyber: {status: covered, departure: ¦The table has a cross.}"),
        requires=READABLE_TABLE,
    ),
    Rule(
        "table-evidence",
        "What the table prints is evidence without being written down; written down as well, it would be the value's echo.",
        Example(
            _ALBANIA,
            "  cyber: covered",
            "  cyber: {status: covered, evidence: [{reference: ¦briefing, locator: Table 1, supports: covered}]}",
        ),
    ),
)


class Witness(NamedTuple):
    """The files that say together what the table prints."""

    table: PublishedTable
    page: Transcription
    areas: tuple[Area, ...]


def witness(scan: Scan) -> Witness | None:
    """The table as far as its files are sound; None where one of them is not."""
    table, page = scan.record(_YAML, PublishedTable), scan.record(_CSV, Transcription)
    areas = scan.record("areas.yaml", AreasFile)
    return Witness(table, page, areas.areas) if table and page and areas else None


def printed(scan: Scan) -> Mapping[tuple[str, str], str]:
    """What the table prints; nothing where that cannot be known."""
    found = witness(scan)
    return published_table.printed(*found) if found else {}


def _transcription(scan: Scan) -> Iterator[Problem]:
    found = witness(scan)
    if found is None:
        return
    for line, cell, rule, message in (*_names(scan, found), *_rows(found), *_titles(found)):
        start = found.page.starts[line][cell]
        yield Problem(Location(scan.shown[_CSV], line + 1, start), rule, message, at=(line, cell))
    yield from _emendation(scan, found)


def _names(scan: Scan, found: Witness) -> Iterator[tuple[int, int, str, str]]:
    by_id = {partnership.id: partnership for partnership in scan.readable(Partnership).values()}
    columns, names = found.table.columns, found.page.names
    if len(columns) != len(names):
        message = f"the table has {len(names)} names, {TABLE}.yaml {len(columns)} columns; correct one of the two"
        yield found.page.partner, 1, "table-partner", message
        return
    for cell, (partner, name) in enumerate(zip(columns, names, strict=True), 2):
        if partner in by_id and not is_name_of(by_id[partner], name):
            message = f"'{in_one_line(name)}' is no name of {partner}, whose column this is in {TABLE}.yaml; "
            message += "correct it, or add it to the aliases of the partner"
            yield found.page.partner, cell, "table-partner", message


def _rows(found: Witness) -> Iterator[tuple[int, int, str, str]]:
    page, marks = found.page, [*found.table.marks.values()]
    for line, (row, area) in enumerate(zip(page.rows, found.areas, strict=False), page.first_row):
        if row[1] != area.title:
            message = f"row {area.number} is '{in_one_line(area.title)}' in areas.yaml; correct one of the two"
            yield line, 1, "table-title", message
        for cell, mark in enumerate(row[2:], 2):
            if mark not in marks:
                yield line, cell, "table-mark", f"{not_allowed(in_one_line(mark), marks)}, as {TABLE}.yaml has them"
    if len(page.rows) > len(found.areas):
        line = page.first_row + len(found.areas)
        yield line, 0, "table-title", "areas.yaml has no such row; add the area there, or remove this line"
    elif len(page.rows) < len(found.areas):
        missing = found.areas[len(page.rows)]
        message = f"row {missing.number}, '{in_one_line(missing.title)}', is missing after this line; add it"
        yield len(page.lines) - 1, 0, "table-title", message


def _titles(found: Witness) -> Iterator[tuple[int, int, str, str]]:
    known = [group.title for group in found.table.groups]
    for line, titles in enumerate(found.page.header):
        for cell, title in enumerate(titles, 2):
            if title and title not in known:
                message = f"the title '{in_one_line(title)}' is not in {TABLE}.yaml; write {listed(known, 'or')}"
                yield line, cell, "table-group", message


def _emendation(scan: Scan, found: Witness) -> Iterator[Problem]:
    """Titles that only one of the two files has, and partners that the emendation puts where there is no column."""
    document, table = scan.documents[_YAML], found.table
    there = {title for line in found.page.header for title in line}
    if there - {"", *(group.title for group in table.groups)}:
        return  # reported already: a slip in the transcription leaves a title of this file without its place
    for index, group in enumerate(table.groups):
        if group.title not in there:
            message = f"the header of {TABLE}.csv has no title '{in_one_line(group.title)}'; correct it, or remove it"
            yield document.problem(["groups", index, "title"], "table-group", message)
    if table.emendation is None:
        return
    line = table.emendation.line
    titles = {*found.page.header[line - 1]} - {""} if line <= len(found.page.header) else set()
    if titles != {*table.emendation.read}:
        message = f"line {line} of {TABLE}.csv has the titles {listed(sorted(titles)) or 'of no group'}; read those"
        yield document.problem(["emendation", "read"], "emendation", message, key=True)
    for title, partners in table.emendation.read.items():
        for index, partner in enumerate(partners):
            if partner not in table.columns:
                near = nearest(partner, table.columns)
                advice = f"did you mean '{near}'?" if near else "write the id of a column"
                message = f"the table has no column '{in_one_line(partner)}'; {advice}"
                yield document.problem(["emendation", "read", title, index], "emendation", message)


def _departing(scan: Scan) -> Iterator[Problem]:
    found, values_printed = witness(scan), printed(scan)
    if found is None:
        return
    areas = {area.id for area in found.areas}
    for path, partnership in scan.all(Partnership).items():
        document = scan.documents[path]
        if partnership.id in found.table.columns:
            there = {k: v for k, v in values_printed.items() if k[1] in partnership.coverage or k[1] not in areas}
            for one in departures([partnership], there):
                if not one.reason:
                    yield _missing(document, partnership, found.table, one)
        for surplus in needless([partnership], values_printed):
            where = (*field_place(partnership, surplus.field)[:-1], "departure")
            message = "the table prints no other value here, so there is nothing to depart from; remove 'departure:', "
            message += "or make it a note"
            yield document.problem(where, "needless-departure", message)


def _missing(document: Document, partnership: Partnership, table: PublishedTable, one: Departure) -> Problem:
    group = one.field.removeprefix(GROUP_FIELD)
    if group != one.field and all(membership.group != group for membership in partnership.groups):
        message = f"the header of the table puts the partner under '{group}'; add the group, or with "
        message += "'status: not-member' and 'departure:' say why it is none"
        return document.problem(["groups"], "missing-departure", message, key=True)
    message = f"the table prints {_words(table, one.published)} here; correct the value, or say why it is another "
    message += "with 'departure:' beside it"
    where = field_place(partnership, one.field)
    status = (*where[:-1], "status")
    return document.problem(status if document.value_at(status) else where, "missing-departure", message)


def _words(table: PublishedTable, value: str) -> str:
    mark = next((mark for status, mark in table.marks.items() if status == value), None)
    if mark:
        return f"'{mark}' ({value})"
    headed = {Membership.MEMBER: "the partner under this group", Membership.NOT_MEMBER: "no partner under this group"}
    return next((words for member, words in headed.items() if member == value), value)


def _cited(scan: Scan) -> Iterator[Problem]:
    found, values_printed = witness(scan), printed(scan)
    if found is None:
        return
    for value in values(scan, among=found.table.columns):
        is_printed = (value.partnership.id, value.field) in values_printed
        for index, piece in enumerate(value.held.evidence if is_printed else ()):
            if (piece.reference, piece.locator) == (found.table.reference, found.table.locator):
                message = f"what {found.table.locator} prints counts without being written here; remove this evidence"
                yield value.document.problem(
                    (*value.where[:-1], "evidence", index, "reference"), "table-evidence", message
                )


CHECKS = (_transcription, _departing, _cited)
