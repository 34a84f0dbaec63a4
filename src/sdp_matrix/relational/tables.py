"""The data set as tables: the one definition that csv, SQLite, rows for programs and the codebook derive from.

A row function gives each row as values by column name, so that a new column is one line here, and one value in the row
function where the record does not have it already.
"""

from __future__ import annotations

from dataclasses import replace

from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import (
    Act,
    Event,
    Grade,
    Membership,
    ReferenceKind,
    Stage,
    Standing,
    Status,
    Topic,
    Verdict,
)
from sdp_matrix.relational import values
from sdp_matrix.relational.definition import Column, Table, Value, rows_of
from sdp_matrix.sanitize import in_one_line


def tables(dataset: Dataset) -> tuple[Table, ...]:
    """Every table of a data set, those first that others refer to; `matrix` has a column for each partner."""
    partners = tuple(
        Column(values.column_of(p.id), f"Status for {p.name}.", values=tuple(Status)) for p in dataset.everyone
    )
    return tuple(replace(t, columns=t.columns + partners) if t is MATRIX else t for t in TABLES)


def rows(dataset: Dataset, name: str) -> list[dict[str, Value]]:
    """Return the rows of a table as plain values by column, as `pandas.DataFrame` or `json.dumps` takes them.

    The tables are those of the export and of `sdp sql`; a day is text. Raises `BadRequest` for an unknown table.

    >>> from sdp_matrix import load
    >>> load().rows("coverage")[0]["status"]
    'covered'
    """
    names = [table.name for table in TABLES]
    if name not in names:
        raise BadRequest(f"no table '{in_one_line(name)}'; write one of {', '.join(names)}")
    table = next(table for table in tables(dataset) if table.name == name)
    columns = [column.name for column in table.columns]
    return [dict(zip(columns, row, strict=True)) for row in rows_of(table, dataset)]


_PARTNER = Column("partner", "Id of the partner.", refers_to="partners")
_AREA = Column("area", "Id of the area.", refers_to="areas")
_REFERENCE = Column("reference", "Id of the reference.", refers_to="reference")
_LOCATOR = Column("locator", "Section, table or page of the reference.", nullable=True)
_NOTE = Column("note", "Remark, in the words of the coders.", nullable=True)
_POSITION = Column("position", "Order within the partner, from 1.", "integer")
_GRADE = Column("grade", "How well the value is supported; derived from its evidence.", values=tuple(Grade))

MATRIX = Table(
    "matrix",
    "Table 1 with our values, and a column for every partner: its id with _ for -.",
    ("area",),
    values.matrix,
    (
        Column("number", "Row number in Table 1.", "integer"),
        _AREA,
        Column("title", "Title of the area as in Table 1."),
    ),
)

TABLES = (
    Table(
        "reference",
        "Cited publications. The name is in the singular because SQL keeps the plural for itself.",
        ("id",),
        values.references,
        (
            Column("id", "Id of the reference."),
            Column("title", "Title as published where known, else a description."),
            Column("descriptive", "Whether the title is a description by the coders.", "boolean"),
            Column("publisher", "Whose publication it is."),
            Column("relayed_by", "Who carried the copy that was seen.", nullable=True),
            Column("follows", "Whose content it passes on: id of a reference, or name.", nullable=True),
            Column("origin", "Whose word it is, by which independence is judged; derived."),
            Column("standing", "How much weight it has, as it was seen.", values=tuple(Standing)),
            Column("kind", "Sort of publication.", values=tuple(ReferenceKind)),
            Column("date", "Year, month or day of publication, as far as known."),
            Column("url", "Address.", nullable=True),
            Column("address_note", "What the address leads to, where that is not the document.", nullable=True),
            Column("celex", "Identifier in EUR-Lex.", nullable=True),
            Column("oj", "Place in the Official Journal.", nullable=True),
            Column("note", "What it is good for, how weak it is.", nullable=True),
        ),
    ),
    Table(
        "edition",
        "Which edition of the data this is; one row.",
        ("version",),
        values.edition,
        (
            Column("title", "Title of the data set."),
            Column("description", "What it holds."),
            Column("version", "Version of the data, such as 1.0.0."),
            Column("date", "Day of the version.", "date"),
            Column("licence", "SPDX identifier of the licence of our coding."),
            Column("source", "Id of the reference that the data begin with.", refers_to="reference"),
        ),
    ),
    Table(
        "areas",
        "Areas of cooperation: the rows of Table 1.",
        ("id",),
        lambda dataset: map(vars, dataset.areas),
        (
            Column("number", "Row number in Table 1.", "integer"),
            Column("id", "Id of the area of cooperation."),
            Column("title", "Title as in Table 1."),
            Column("label", "Short label, at most 28 characters."),
            Column("definition", "What has to be in a partnership for the area to count as covered.", nullable=True),
        ),
    ),
    Table(
        "partners",
        "Partnerships, one row per partner, in the order of Table 1; the newer ones follow.",
        ("id",),
        values.partners,
        (
            Column("id", "Id of the partner."),
            Column("name", "Name of the partner."),
            Column("iso", "ISO 3166-1 alpha-2 code; none where the partner is not a country.", nullable=True),
            Column("title", "Official title of the partnership; none where no source gives it.", nullable=True),
            Column("act", "What was done on the day of the partnership.", values=tuple(Act)),
            Column("act_grade", "How well the act is supported; derived from its evidence.", values=tuple(Grade)),
            Column(
                "date", "Day of signature, or of the act in its place; none where not known.", "date", nullable=True
            ),
            Column("date_grade", "How well the date is supported; derived from its evidence.", values=tuple(Grade)),
            Column("place", "Where it was done.", nullable=True),
            Column("occasion", "The meeting it was done at.", nullable=True),
            Column("in_table", "Whether Table 1 has a column for the partner.", "boolean"),
            Column("position", "Column in Table 1; the newer ones follow.", "integer"),
        ),
    ),
    Table(
        "groups",
        "Groups of partners.",
        ("id",),
        lambda dataset: map(vars, dataset.groups),
        (
            Column("id", "Id of the group."),
            Column("title", "Name of the group, in the plural."),
            Column("short", "Short name.", nullable=True),
            Column("reference", "Id of the reference that lists the members.", refers_to="reference"),
            _LOCATOR,
            _NOTE,
        ),
    ),
    Table(
        "memberships",
        "Which partner belongs to which group.",
        ("partner", "group_id"),
        values.memberships,
        (
            _PARTNER,
            Column("group_id", "Id of the group; SQL keeps the word group for itself.", refers_to="groups"),
            Column(
                "status",
                "not-member only where a source claims the membership and it is not followed.",
                values=tuple(Membership),
            ),
            _GRADE,
            _NOTE,
        ),
    ),
    Table(
        "coverage",
        "Whether each partnership covers each area: one row for each partner and area.",
        ("partner", "area"),
        values.coverage,
        (
            _PARTNER,
            _AREA,
            Column("status", "Whether it covers the area; unknown is never absence.", values=tuple(Status)),
            Column(
                "present",
                "Whether the area is there: covered or already exists; none where unknown.",
                "boolean",
                nullable=True,
            ),
            _GRADE,
            Column("origins", "How many independent origins support the status.", "integer"),
            Column("standings", "Standings of the references that support it, the best first.", nullable=True),
            Column("departure", "Why the status is not the printed one.", nullable=True),
            Column("note", "Why this status, where evidence disagrees.", nullable=True),
        ),
    ),
    Table(
        "evidence",
        "What each reference supports for each value; what Table 1 prints comes first.",
        ("partner", "field", "position"),
        values.evidence,
        (
            _PARTNER,
            Column("field", "What it is about: date, act, place, occasion, the id of an area, or group:ID."),
            Column("position", "Order within the field, from 1.", "integer"),
            Column("area", "The field, where it is an area.", nullable=True, refers_to="areas"),
            Column("value", "The value that the data hold.", nullable=True),
            _REFERENCE,
            _LOCATOR,
            Column("supports", "The value that the reference supports; planned for an aim beforehand."),
            Column("note", "Why, in the words of the coders.", nullable=True),
        ),
    ),
    Table(
        "signatories",
        "Who signed.",
        ("partner", "position"),
        values.signatories,
        (
            _PARTNER,
            _POSITION,
            Column("party", "EU, or the name of the partner."),
            Column("name", "Name of the person; none where no source names one.", nullable=True),
            Column("office", "Office held on the day.", nullable=True),
            _REFERENCE,
            _LOCATOR,
            _NOTE,
        ),
    ),
    Table(
        "milestones",
        "Events on the way to or after a partnership; the act itself is in partners.",
        ("partner", "position"),
        values.listed("milestones"),
        (
            _PARTNER,
            _POSITION,
            Column("date", "Year, month or day, as far as known."),
            Column("event", "What happened.", values=tuple(Event)),
            Column("place", "Where it happened.", nullable=True),
            _REFERENCE,
            _LOCATOR,
            _NOTE,
        ),
    ),
    Table(
        "other_topics",
        "Topics of a partnership that have no row in Table 1.",
        ("partner", "position"),
        values.listed("other_topics"),
        (
            _PARTNER,
            _POSITION,
            Column("topic", "The topic.", values=tuple(Topic)),
            Column("planned", "Whether it was only an aim before the signature.", "boolean"),
            _REFERENCE,
            _LOCATOR,
        ),
    ),
    Table(
        "published",
        "What Table 1 prints, in the words of the data: every date, group and mark, right or wrong.",
        ("partner", "field"),
        values.published,
        (
            _PARTNER,
            Column("field", "date, the id of an area, or group:ID, as in evidence."),
            Column("area", "The field, where it is an area.", nullable=True, refers_to="areas"),
            Column("value", "The printed value; what the header says of a group is member or not-member."),
        ),
        of_publisher=True,
    ),
    Table(
        "departures",
        "Where the data depart from the published Table 1.",
        ("partner", "field"),
        values.departures,
        (
            _PARTNER,
            Column("field", "date, the id of an area, or group:ID, as in evidence."),
            Column("published", "The value in Table 1."),
            Column("ours", "The value in these data."),
            Column("reason", "Why they differ.", nullable=True),
        ),
    ),
    Table(
        "statements",
        "Published sentences, paraphrased, with what the data say of them.",
        ("id",),
        values.statements,
        (
            Column("id", "Id of the statement."),
            _REFERENCE,
            _LOCATOR,
            Column("paraphrase", "What is stated, in the words of the coders."),
            Column("as_of", "The day that it speaks of, where it names one.", "date", nullable=True),
            Column("verdict", "What the data say of it; computed.", values=tuple(Verdict)),
            Column("figures", "What was counted."),
        ),
    ),
    Table(
        "prospects",
        "Countries without a partnership that talk or are talked about, and how far they came when.",
        ("id", "position"),
        values.prospects,
        (
            Column("id", "Id of the country."),
            Column("position", "Order within the country, from 1.", "integer"),
            Column("name", "Name of the country."),
            Column("iso", "ISO 3166-1 alpha-2 code."),
            Column("stage", "How far it had come.", values=tuple(Stage)),
            Column("date", "Year, month or day, as far as known."),
            _REFERENCE,
            _LOCATOR,
            _NOTE,
        ),
    ),
    Table(
        "dyads",
        "Each two partners once, with the number of areas in each relation.",
        ("left_partner", "right_partner"),
        values.dyads,
        (
            Column("left_partner", "Id of the first partner.", refers_to="partners"),
            Column("right_partner", "Id of the second partner.", refers_to="partners"),
            Column("in_both", "Areas that both have with the same status.", "integer"),
            Column("in_neither", "Areas that neither has.", "integer"),
            Column("only_left", "Areas that only the first has.", "integer"),
            Column("only_right", "Areas that only the second has.", "integer"),
            Column("differs_in_kind", "Areas that both have, in two forms.", "integer"),
            Column("unknown", "Areas that are not known for one or both.", "integer"),
        ),
    ),
    MATRIX,
)
"""Every table, those first that others refer to; `tables` adds the partners to the last."""
