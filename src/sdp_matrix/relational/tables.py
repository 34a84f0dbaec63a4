"""The data set as tables: the one definition that csv, SQLite, rows for programs and the codebook derive from.

A column that is a field of a model has its name here, and type, values and meaning there. A row function gives each
row as values by column name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from sdp_matrix.errors import RequestError
from sdp_matrix.files.json_schema import descriptions
from sdp_matrix.model import record as records
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import (
    Coverage,
    Evidence,
    GroupMembership,
    Mechanism,
    Milestone,
    OtherTopic,
    Partnership,
    Signatory,
)
from sdp_matrix.model.registers import Area, Edition, Group, Prospect, Reference, Statement, Step
from sdp_matrix.model.vocabulary import Grade, Status, Verdict
from sdp_matrix.relational import values
from sdp_matrix.relational.values import Values
from sdp_matrix.text_safety import in_one_line

Value: TypeAlias = "str | int | None"
Type: TypeAlias = Literal["string", "integer", "boolean", "date"]

_TABLE_OF = {"area": "areas", "group": "groups", "reference": "reference", "partner": "partners"}
"""The tables whose `id` the links of the models hold, by what they are links to."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: its name, what it holds, and which values it can take."""

    name: str
    meaning: str
    type: Type = "string"
    nullable: bool = False
    values: tuple[str, ...] = ()
    """The closed list of values, where there is one."""
    refers_to: str | None = None
    """The table whose `id` it holds."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table: what one row stands for, its columns and where its rows come from."""

    name: str
    meaning: str
    key: tuple[str, ...]
    """The columns that no two rows have alike."""
    values: Callable[[Dataset], Iterator[Values]]
    """The rows of a data set, each with at least the values of the columns."""
    columns: tuple[DataColumn, ...]
    of_publisher: bool = False
    """Whether it holds what the publisher of Table 1 prints, which our licence does not cover."""


def tables(dataset: Dataset) -> tuple[DataTable, ...]:
    """Return every table of a data set, those first that others refer to; `matrix` has a column for each partner."""
    partners = tuple(
        DataColumn(values.column_of(p.id), f"Status for {p.name}.", values=tuple(Status)) for p in dataset.everyone
    )
    return tuple(replace(t, columns=t.columns + partners) if t is MATRIX else t for t in TABLES)


def rows_of(table: DataTable, dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    """Return the rows of a table in their order, with the values in the order of the columns."""
    names = [column.name for column in table.columns]
    return (tuple(_plain(row[name]) for name in names) for row in table.values(dataset))


def _plain(value: object) -> Value:
    """Return a value without the type that the model gives it; a word of a closed list and a day are text."""
    return value if value is None or isinstance(value, int) else str(value)


def rows(dataset: Dataset, name: str) -> list[dict[str, Value]]:
    """Return the rows of a table as plain values by column, as `pandas.DataFrame` or `json.dumps` takes them.

    The tables are those of the export and of `sdp sql`; a day is text. Raises `RequestError` for an unknown table.

    >>> from sdp_matrix import load
    >>> load().rows("coverage")[0]["status"]
    'covered'
    """
    table = next((table for table in tables(dataset) if table.name == name), None)
    if table is None:
        raise RequestError(f"no table '{in_one_line(name)}'; write one of {', '.join(t.name for t in TABLES)}")
    columns = [column.name for column in table.columns]
    return [dict(zip(columns, row, strict=True)) for row in rows_of(table, dataset)]


def _of(model: Any, *columns: str | DataColumn, **meanings: str) -> tuple[DataColumn, ...]:
    """Return columns, of which those that are only named are fields of a model.

    `meanings` are for fields of which the model speaks as of a key in a file.
    """
    described = descriptions(model) | meanings
    return tuple(_of_field(model, c, described[c]) if isinstance(c, str) else c for c in columns)


def _of_field(model: Any, name: str, meaning: str) -> DataColumn:
    """Return the column of a field; of a value with its evidence, the value."""
    whole = records.fields(model)[name]
    value = records.fields(whole).get("value", whole)
    kind, nullable = records.bare(value), records.is_optional(whole) or records.is_optional(value)
    types: dict[Any, Type] = {bool: "boolean", int: "integer", date: "date"}
    closed = tuple(kind) if issubclass(kind, StrEnum) else ()
    return DataColumn(
        name, meaning, types.get(kind, "string"), nullable, closed, _TABLE_OF.get(records.linked(whole) or "")
    )


def _id(name: str, kind: str) -> DataColumn:
    return DataColumn(name, f"Id of the {kind}.", refers_to=_TABLE_OF[kind])


def _count(name: str, meaning: str) -> DataColumn:
    return DataColumn(name, meaning, "integer")


def _grade(name: str, of: str) -> DataColumn:
    return DataColumn(name, f"How well the {of} is supported; derived from its evidence.", values=tuple(Grade))


_PARTNER, _AREA = _id("partner", "partner"), _id("area", "area")
_POSITION = _count("position", "Order within the partner, from 1.")
_FIELD = DataColumn("field", "What it is about: date, act, place, occasion, the id of an area, or group:ID.")
_FIELD_AREA = replace(_AREA, meaning="The field, where it is an area.", nullable=True)
_NAME = DataColumn("name", "Name of the person; none where no source names one.", nullable=True)


def _listed(name: str, meaning: str, *columns: DataColumn) -> DataTable:
    """Return the table of what each partnership lists under a key."""
    return DataTable(name, meaning, ("partner", "position"), values.listed(name), (_PARTNER, _POSITION, *columns))


MATRIX = DataTable(
    "matrix",
    "Table 1 with our values, and a column for every partner: its id with _ for -.",
    ("area",),
    values.matrix,
    _of(Area, "number", _AREA, "title"),
)

TABLES = (
    DataTable(
        "reference",
        "Cited publications. The name is in the singular because SQL keeps the plural for itself.",
        ("id",),
        values.references,
        _of(
            Reference,
            *("id", "title", "descriptive", "publisher", "relayed_by", "follows"),
            DataColumn("origin", "Whose word it is, by which independence is judged; derived."),
            *("standing", "kind", "date", "url", "address_note", "celex", "oj", "note"),
            id="Id of the reference.",
            descriptive="Whether the title is a description by the coders.",
        ),
    ),
    DataTable(
        "edition",
        "Which edition of the data this is; one row.",
        ("version",),
        values.edition,
        (
            *_of(Edition, "title", "description", "version", "date", "licence"),
            replace(_id("source", "reference"), meaning="Id of the reference that the data begin with."),
        ),
    ),
    DataTable(
        "areas",
        "Areas of cooperation: the rows of Table 1.",
        ("id",),
        lambda dataset: map(vars, dataset.areas),
        _of(Area, "number", "id", "title", "label", "definition", id="Id of the area of cooperation."),
    ),
    DataTable(
        "partners",
        "Partnerships, one row per partner, in the order of Table 1; the newer ones follow.",
        ("id",),
        values.partners,
        _of(
            Partnership,
            *("id", "name", "iso", "title", "act", _grade("act_grade", "act")),
            *("date", _grade("date_grade", "date"), "place", "occasion"),
            DataColumn("in_table", "Whether Table 1 has a column for the partner.", "boolean"),
            _count("position", "Column in Table 1; the newer ones follow."),
            id="Id of the partner.",
            iso="ISO 3166-1 alpha-2 code; none where the partner is not a country.",
            title="Official title of the partnership; none where no source gives it.",
            date="Day of signature, or of the act in its place; none where not known.",
        ),
    ),
    DataTable(
        "groups",
        "Groups of partners.",
        ("id",),
        lambda dataset: map(vars, dataset.groups),
        _of(
            Group,
            *("id", "title", "short", "reference", "locator", "note"),
            id="Id of the group.",
            short="Short name, at most 12 characters.",
        ),
    ),
    DataTable(
        "memberships",
        "Which partner belongs to which group.",
        ("partner", "group_id"),
        values.memberships,
        _of(
            GroupMembership,
            _PARTNER,
            replace(_id("group_id", "group"), meaning="Id of the group; SQL keeps the word group for itself."),
            *("status", _grade("grade", "value"), "note"),
        ),
    ),
    DataTable(
        "coverage",
        "Whether each partnership covers each area: one row for each partner and area.",
        ("partner", "area"),
        values.coverage,
        _of(
            Coverage,
            *(_PARTNER, _AREA, "status"),
            DataColumn(
                "present", "Whether it is covered or already exists; none where unknown.", "boolean", nullable=True
            ),
            _grade("grade", "value"),
            _count("origins", "How many independent origins support the status."),
            DataColumn("standings", "Standings of the references that support it, the best first.", nullable=True),
            *("departure", "note"),
            status="Whether it covers the area; unknown is never absence.",
            departure="Why the status is not the printed one.",
        ),
    ),
    DataTable(
        "evidence",
        "What each reference supports for each value; what Table 1 prints comes first.",
        ("partner", "field", "position"),
        values.evidence,
        _of(
            Evidence,
            *(_PARTNER, _FIELD, _count("position", "Order within the field, from 1."), _FIELD_AREA),
            DataColumn("value", "The value that the data hold.", nullable=True),
            *("reference", "locator", "supports", "note"),
            reference="Id of the reference.",
            locator="Section, table or page of the reference.",
        ),
    ),
    replace(
        _listed(
            "signatories",
            "Who signed.",
            *_of(Signatory, "party", _NAME, "office", "reference", "locator", "note"),
        ),
        values=values.signatories,
    ),
    _listed(
        "milestones",
        "Events on the way to or after a partnership; the act itself is in partners.",
        *_of(Milestone, "date", "event", "place", "reference", "locator", "note"),
    ),
    _listed(
        "mechanisms",
        "Dialogues, arrangements and funds beside the areas; what is not here is not recorded, and may be there.",
        *_of(Mechanism, "kind", "status", "since", "detail", "reference", "locator"),
    ),
    _listed(
        "other_topics",
        "Topics of a partnership that have no row in Table 1.",
        *_of(OtherTopic, "topic", "planned", "reference", "locator"),
    ),
    DataTable(
        "published",
        "What Table 1 prints, in the words of the data: every date, group and mark, right or wrong.",
        ("partner", "field"),
        values.published,
        (
            *(_PARTNER, _FIELD, _FIELD_AREA),
            DataColumn("value", "The printed value; what the header says of a group is member or not-member."),
        ),
        of_publisher=True,
    ),
    DataTable(
        "departures",
        "Where the data depart from the published Table 1.",
        ("partner", "field"),
        values.departures,
        (
            *(_PARTNER, _FIELD),
            DataColumn("published", "The value in Table 1."),
            DataColumn("ours", "The value in these data."),
            DataColumn("reason", "Why they differ.", nullable=True),
        ),
    ),
    DataTable(
        "statements",
        "Published sentences, paraphrased, with what the data say of them.",
        ("id",),
        values.statements,
        _of(
            Statement,
            *("id", "reference", "locator", "paraphrase", "as_of"),
            DataColumn("verdict", "What the data say of it; computed.", values=tuple(Verdict)),
            DataColumn("figures", "What was counted."),
            id="Id of the statement.",
        ),
    ),
    DataTable(
        "prospects",
        "Countries without a partnership that talk or are talked about, and how far they came when.",
        ("id", "position"),
        values.prospects,
        (
            DataColumn("id", "Id of the country."),
            _count("position", "Order within the country, from 1."),
            *_of(Prospect, "name", "iso"),
            *_of(Step, "stage", "date", "reference", "locator", "note"),
        ),
    ),
    DataTable(
        "dyads",
        "Each two partners once, with the number of areas in each relation.",
        ("left_partner", "right_partner"),
        values.dyads,
        (
            replace(_PARTNER, name="left_partner", meaning="Id of the first partner."),
            replace(_PARTNER, name="right_partner", meaning="Id of the second partner."),
            _count("in_both", "Areas that both have with the same status."),
            _count("in_neither", "Areas that neither has."),
            _count("only_left", "Areas that only the first has."),
            _count("only_right", "Areas that only the second has."),
            _count("differs_in_kind", "Areas that both have, in two forms."),
            _count("unknown", "Areas that are not known for one or both."),
        ),
    ),
    MATRIX,
)
"""Every table, those first that others refer to; `tables` adds the partners to the last."""
