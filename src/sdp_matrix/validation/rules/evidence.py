"""Rules on the basis of values: the transcription of the published table, departures from it, and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from sdp_matrix.analysis.field import Departure, Field, departures, judgements, needless_departures
from sdp_matrix.analysis.grading import stance
from sdp_matrix.files.reader import not_allowed
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model import dataset as datasets
from sdp_matrix.model.dataset import TABLE as TABLE_ID
from sdp_matrix.model.dataset import PublishedTable, Transcription
from sdp_matrix.model.partnership import OtherTopic, Partnership
from sdp_matrix.model.registers import Area, AreasFile
from sdp_matrix.model.vocabulary import DATE_FIELD, PLANNED, UNKNOWN, Act, Event, Membership, Stance, Status
from sdp_matrix.text_safety import in_one_line, listed
from sdp_matrix.validation.rules.records import is_later, references
from sdp_matrix.validation.rules.rule import MARKS, TABLE, VALUES, Fault, Faults, File, rule

_FIRST = 2  # the cell of the first partner
_CSV, _YAML = f"tables/{TABLE_ID}.csv", f"tables/{TABLE_ID}.yaml"
_MANY = 4  # marks that are not our values: rather rows or columns that changed places


class Witness(NamedTuple):
    """The files that together give what the table prints."""

    table: PublishedTable
    page: Transcription
    areas: tuple[Area, ...]


def witness(scan: Scan) -> Witness | None:
    """Return the table; None if one of its files has an error."""
    table, page = scan.record(_YAML, PublishedTable), scan.record(_CSV, Transcription)
    areas = scan.record("areas.yaml", AreasFile)
    is_whole = table and page and len(table.columns) == len(page.names)  # else a rule reports that alone
    return Witness(table, page, areas.areas) if table and page and areas and is_whole else None


def printed(scan: Scan) -> Mapping[tuple[str, str], str]:
    """Return what the table prints by partner and field; empty if one of its files has an error."""
    sources = witness(scan)
    return datasets.printed(*sources) if sources else {}


@rule(Scan, "tables/table-1.csv: 2,Cyber and => 2,¦Cyber or", stage=TABLE)
def table_title(scan: Scan) -> Faults:
    """A row of the transcription has the title of its area; else its marks are those of another area."""
    if not (sources := witness(scan)):
        return
    _, page, areas = sources
    for line, (row, area) in enumerate(zip(page.rows, areas, strict=False), page.first_row):
        if row[1] != area.title:
            message = f"row {area.number} is '{in_one_line(area.title)}' in areas.yaml; correct one of the two"
            yield Fault((line, 1), message, _CSV)
    if len(page.rows) > len(areas):
        message = "areas.yaml has no such row; add the area there, or remove this line"
        yield Fault((page.first_row + len(areas), 0), message, _CSV)
    in_table = [p for p in scan.all(Partnership).values() if p.id in sources.table.columns]
    for area in areas[len(page.rows) :]:  # without evidence, the row was probably deleted
        cells = [p.coverage[area.id] for p in in_table if area.id in p.coverage]
        if any(cell.status is not Status.UNKNOWN and not cell.evidence for cell in cells):
            message = f"row {area.number}, '{in_one_line(area.title)}', is missing after this line; add it"
            yield Fault((len(page.lines) - 1, 0), message, _CSV)
            break


@rule(Scan, "tables/table-1.csv: ,Partner,Albania => ,Partner,¦Albanien", stage=TABLE)
def table_partner(scan: Scan) -> Faults:
    """A column of the transcription is headed by a name of its partner; else its marks are those of another."""
    table, page = scan.record(_YAML, PublishedTable), scan.record(_CSV, Transcription)
    if not (table and page):
        return
    names = {partnership.id: [*map(fold, partnership.names)] for partnership in scan.all(Partnership).values()}
    wrong = [
        (cell, partner, name)
        for cell, (partner, name) in enumerate(zip_longest(table.columns, page.names, fillvalue=""), _FIRST)
        if (partner in names or not partner) and fold(name) not in names.get(partner, ())
    ]
    of_table = {name for partner in table.columns for name in names.get(partner, ())}
    is_moved = len(wrong) > 1 and all(fold(name) in of_table for *_, name in wrong)
    is_one_cause = is_moved or len(table.columns) != len(page.names)
    for cell, partner, name in wrong[:1] if is_one_cause else wrong:
        message = f"'{in_one_line(name)}' is not a name of {partner or 'a partner'}, whose column this is in {TABLE_ID}.yaml; "
        advice = "give both files the same columns in one order"
        message += advice if is_one_cause else "correct it, or add it to the aliases of the partner"
        yield Fault((page.names_line, min(cell, len(page.names) + 1)), message, _CSV)


@rule(Scan, "tables/table-1.csv: issues,✓ => issues,¦✔", stage=TABLE)
def table_mark(scan: Scan) -> Faults:
    """Every mark of the transcription is one that the table's file explains."""
    if not (sources := witness(scan)):
        return
    marks = [*sources.table.marks.values()]
    rows = zip(sources.page.rows, sources.areas, strict=False)
    for line, (row, area) in enumerate(rows, sources.page.first_row):
        wrong = next(((cell, mark) for cell, mark in enumerate(row[_FIRST:], _FIRST) if mark not in marks), None)
        if wrong and row[1] == area.title:  # else a sign of the title may be in the mark
            message = f"{not_allowed(in_one_line(wrong[1]), marks)}, as {TABLE_ID}.yaml has them"
            yield Fault((line, wrong[0]), message, _CSV)


@rule(Scan, "tables/table-1.csv: ,Allies, => ,¦Alies,", stage=TABLE)
def table_group(scan: Scan) -> Faults:
    """Every title in the header of the transcription is one that the table's file explains, and the other way round."""
    if not (sources := witness(scan)):
        return
    known = [group.title for group in sources.table.groups]
    header = sources.page.header
    there = {(line, cell): title for line, row in enumerate(header) for cell, title in enumerate(row, _FIRST) if title}
    unknown = {place: title for place, title in there.items() if title not in known}
    missing = [title for title in known if title not in there.values()]
    # one is misspelt in one of the two files; the transcription must not follow a mistake of ours
    remedy = f", which has '{missing[0]}'; correct the one that is not as printed" if len(missing) == 1 else ""
    for place, title in unknown.items():
        message = f"the title '{in_one_line(title)}' is not in {TABLE_ID}.yaml"
        yield Fault(place, message + (remedy or f"; write {listed(known, 'or')}"), _CSV)
    if missing and not unknown:
        titles = listed(f"'{in_one_line(title)}'" for title in missing)
        message = f"the header of {TABLE_ID}.csv has no title {titles}; restore it there, or remove it here"
        yield Fault(("groups", known.index(missing[0]), "title"), message, _YAML)


@rule(PublishedTable, "tables/table-1.yaml: read: {EFTA: [norway]} => ¦read: {Asia: [norway]}", stage=TABLE)
def emendation(file: File[PublishedTable]) -> Faults:
    """What is read in place of a damaged line has the titles of that line, over columns of the table."""
    table, sources = file.record, witness(file.scan)
    if table.emendation is None or sources is None:
        return
    page, line = sources.page, table.emendation.line
    if not {group.title for group in table.groups} <= {title for titles in page.header for title in titles}:
        return  # another rule reports the titles that are missing
    titles = {*page.header[line - 1]} - {""} if line <= len(page.header) else set()
    if not titles:
        yield Fault(("emendation", "line"), f"line {line} of {TABLE_ID}.csv has no titles; correct the number")
    elif titles <= {group.title for group in table.groups} and titles != {*table.emendation.read}:
        message = f"line {line} of {TABLE_ID}.csv has the titles {listed(sorted(titles))}; read those"
        yield Fault(("emendation", "read"), message, key=True)
    for title, partners in table.emendation.read.items():
        for index, partner in enumerate(partners):
            if partner not in table.columns:
                message = f"the table has no column '{in_one_line(partner)}'; write the id of one"
                yield Fault(("emendation", "read", title, index), message)


@rule(
    Scan, "tables/table-1.csv: ✓,✓⏎2,Cyber and digital issues,✓,✗ => ¦✗,✗⏎2,Cyber and digital issues,✗,✓", stage=MARKS
)
def misplaced_mark(scan: Scan) -> Faults:
    """Marks, titles and dates are in their rows and columns; several that are not our values have one cause."""
    if not (sources := witness(scan)):
        return
    table, page, areas = sources
    lines = {area.id: line for line, area in enumerate(areas, page.first_row)} | {DATE_FIELD: page.names_line + 1}
    unexplained = [departure for *_, departure in _unexplained(scan)]
    places = sorted((lines.get(d.field, 0), _FIRST + table.columns.index(d.partner)) for d in unexplained)
    marks = [place for place in places if place[0] >= page.first_row]
    for part in (places[: len(places) - len(marks)], marks if len(marks) >= _MANY else []):
        if len({cell for _, cell in part}) > 1:  # those of one partner are rather wrong in its file
            message = f"{len(part)} values that the table prints from here on are not ours; put each into its row and "
            message += "column, or say with 'departure:' why ours differs ('sdp verify' lists them)"
            yield Fault(part[0], message, _CSV)


def _unexplained(scan: Scan) -> Iterator[tuple[str, Partnership, Departure]]:
    """Yield every value that is not the printed one, and has no reason for it."""
    files = {partnership.id: (path, partnership) for path, partnership in scan.all(Partnership).items()}
    # each has a cell for every area, or another rule has reported it
    for departure in departures((partnership for _, partnership in files.values()), printed(scan)):
        if not departure.reason:
            yield *files[departure.partner], departure


@rule(Scan, "cyber: covered => cyber: ¦not-covered", stage=VALUES)
def missing_departure(scan: Scan) -> Faults:
    """A value that is not the printed one has its reason beside it; else a typing error looks like a decision."""
    if sources := witness(scan):
        for path, partnership, departure in _unexplained(scan):
            yield _missing(path, partnership, sources.table, departure)


def _missing(path: str, partnership: Partnership, table: PublishedTable, departure: Departure) -> Fault:
    group = Field(departure.field).group
    if group and all(membership.group != group for membership in partnership.groups):
        message = f"the header of the table puts the partner under '{group}'; add the group, or with "
        message += "'status: not-member' and 'departure:' say why it is not a member"
        return Fault(("groups",), message, path, key=True)
    words: dict[str, str] = {status: f"'{mark}' ({status})" for status, mark in table.marks.items()}
    words |= {Membership.MEMBER: "the partner under this group", Membership.NOT_MEMBER: "no partner under this group"}
    message = f"the table prints {words.get(departure.published, departure.published)} here; correct the value, or "
    message += f"{_CSV} if it is not as published, or say why they differ with 'departure:' beside the value"
    return Fault(Field(departure.field).place(partnership), message, path)


@rule(Scan, "cyber: covered => cyber: {status: covered, departure: ¦The table has a cross.}", stage=VALUES)
def needless_departure(scan: Scan) -> Faults:
    """There is a reason to depart only if the table prints another value; else it hides a later change."""
    on_record = printed(scan)
    for path, partnership in scan.all(Partnership).items() if on_record else ():
        for surplus in needless_departures([partnership], on_record):
            where = (*Field(surplus.field).place(partnership)[:-1], "departure")
            message = "the table prints no other value here, so there is nothing to depart from; remove 'departure:', "
            yield Fault(where, message + "or make it a note", path)


@rule(
    Scan,
    "cyber: covered => cyber: {status: covered, evidence: [{reference: ¦briefing, locator: Table 1, supports: covered}]}",
    stage=VALUES,
)
def table_evidence(scan: Scan) -> Faults:
    """What the table prints is evidence already; written down as well, it would only repeat the value."""
    if not (sources := witness(scan)):
        return
    table, on_record = sources.table, printed(scan)
    for path, partnership in scan.all(Partnership).items():
        for field, where, _, ours in judgements(partnership) if partnership.id in table.columns else ():
            for index, piece in enumerate(ours.evidence if (partnership.id, field) in on_record else ()):
                if (piece.reference, piece.locator) == (table.reference, table.locator):
                    message = f"what {table.locator} prints counts without being written here; remove this evidence"
                    yield Fault((*where, "evidence", index, "reference"), message, path)


@rule(
    Scan, "act: {value: signed, evidence: [{reference: news-albania, supports: signed}]} => act: ¦signed", stage=VALUES
)
def value_without_basis(scan: Scan) -> Faults:
    """A value other than unknown has a witness: evidence for it, or what the published table prints."""
    on_record = printed(scan)
    for path, partnership in scan.all(Partnership).items() if on_record else ():
        for field, _, value, ours in judgements(partnership):
            # another value than the printed one needs a reason, which missing-departure asks for; not-member, a source
            is_printed = (partnership.id, field) in on_record and not (value == Membership.NOT_MEMBER and ours.evidence)
            if value == UNKNOWN or is_printed:
                continue
            if not any(stance(value, piece) is Stance.FOR for piece in ours.evidence):
                default = {UNKNOWN} if field in {DATE_FIELD, "act", *partnership.coverage} else set[str]()
                values = {f"'{text}'" for text in {piece.supports for piece in ours.evidence} - {PLANNED} or default}
                instead = f"write {listed(sorted(values), 'or')}" if values else "leave it out"
                message = f"nothing supports '{value}'; add evidence that does, or {instead}"
                yield Fault(Field(field).place(partnership), message, path)


@rule(
    Partnership,
    "cyber: covered => cyber: {status: ¦covered, evidence: [{reference: news-albania, supports: not-covered}]}",
    stage=VALUES,
)
def contested_without_note(file: File[Partnership]) -> Faults:
    """A value that some evidence contradicts has a note that says why."""
    for field, _, value, ours in judgements(file.record):
        against = (piece for piece in ours.evidence if stance(value, piece) is Stance.AGAINST)
        if not ours.note and not ours.departure and (piece := next(against, None)):
            message = f"'{piece.reference}' supports '{piece.supports}' instead; "
            message += "correct the one that is wrong, or add 'note:' beside the value to say why it is right"
            yield Fault(Field(field).place(file.record), message)


_SETTLED = {Event.TALKS_CONCLUDED, Event.ADOPTED}  # the text is there, though nobody has signed it
_OF_TEXT = {Act.SIGNED, Act.ADOPTED, Act.CONCLUDED, Status.COVERED, Status.NOT_COVERED}


@rule(Scan, "reference: news-albania, supports: signed => reference: news-norway, supports: ¦signed", stage=TABLE)
def earlier_than_text(scan: Scan) -> Faults:
    """What a source said before there was a partnership is an aim; its text may not have it."""
    known, on_record = references(scan), printed(scan)
    for path, partnership in scan.all(Partnership).items():
        # the earliest of them, as a typing error in the date is reported there, and not at all that is older
        dates = [partnership.date.text, on_record.get((partnership.id, DATE_FIELD), UNKNOWN)]
        dates += [milestone.date for milestone in partnership.milestones if milestone.event in _SETTLED]
        for piece in partnership.date.evidence:
            dates += [piece.supports, known[piece.reference].date if piece.reference in known else UNKNOWN]
        for citation in scan.contents[path].links["reference"]:
            holder, place, reference = citation.holder, citation.where[:-1], known.get(citation.id)
            key = "topic" if isinstance(holder, OtherTopic) and not holder.planned else ""
            if place[0] in {"act", "coverage"} and getattr(holder, "supports", "") in _OF_TEXT:
                key = "supports"
            if key and reference and min(dates) != UNKNOWN and is_later(min(dates), reference.date):
                message = f"'{reference.id}' of {reference.date} is older than the partnership of {partnership.date.text}: it names "
                message += "an aim; mark it as planned, cite a later source, or correct a date"
                yield Fault((*place, key), message, path)
