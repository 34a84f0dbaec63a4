"""The data set as tables, defined once for csv, SQLite, rows for programs and the codebook.

A column that is a field of a model is only named here; its type, values and meaning are those of the field. A row is a
mapping with at least the values of the columns. Each table is declared at the function that yields its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from itertools import chain, combinations
from typing import Any, Literal, NamedTuple, TypeAlias

from sdp_matrix.analysis import factcheck, grading
from sdp_matrix.analysis.comparison import AreaComparison
from sdp_matrix.analysis.field import departures, fields
from sdp_matrix.errors import RequestError
from sdp_matrix.model import partnership
from sdp_matrix.model import record as records
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area, Edition, Group, Prospect, Reference, Statement, Step
from sdp_matrix.model.vocabulary import GROUP_FIELD, SOURCED_FIELDS, Grade, Relation, Verdict
from sdp_matrix.text_safety import in_one_line

Value: TypeAlias = "str | int | None"
Type: TypeAlias = Literal["string", "integer", "boolean", "date"]
Rows: TypeAlias = "Iterator[Mapping[str, object]]"

_TABLE_OF = {"area": "areas", "group": "groups", "reference": "reference", "partner": "partners"}
"""The table whose column `id` has the ids of a kind of link."""


class DataColumn(NamedTuple):
    """A column: its name, its meaning, and which values it can have."""

    name: str
    meaning: str
    type: Type = "string"
    nullable: bool = False
    values: tuple[str, ...] = ()  # the closed list of values, if there is one
    refers_to: str | None = None  # the table with these ids


class DataTable(NamedTuple):
    """A table: what one row is, its columns and where its rows come from."""

    name: str
    meaning: str
    key: tuple[str, ...]  # the primary key: no two rows are equal in all these columns
    values: Callable[[Dataset], Rows]
    columns: tuple[DataColumn, ...]
    of_publisher: bool = False
    """Whether its values are those of the publisher of Table 1, which our licence does not cover."""

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [column.name for column in self.columns]


def rows_of(table: DataTable, dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    """Return the rows of a table in their order, with the values in the order of the columns."""
    return (tuple(_plain(row[name]) for name in table.names) for row in table.values(dataset))


def _plain(value: object) -> Value:
    """Return a value without the type that the model gives it; a word of a closed list and a day are text."""
    return value if value is None or isinstance(value, int) else str(value)  # a bool is an int


def rows(dataset: Dataset, name: str) -> list[dict[str, Value]]:
    """Return the rows of a table as plain values by column, as `pandas.DataFrame` or `json.dumps` takes them.

    The tables are those of the export and of `sdp sql`; a day is text. Raises `RequestError` for an unknown table.

    >>> load().rows("coverage")[0]["status"]
    'covered'
    """
    table = next((table for table in TABLES if table.name == name), None)
    if table is None:
        raise RequestError(f"no table '{in_one_line(name)}'; write one of {', '.join(t.name for t in TABLES)}")
    return [dict(zip(table.names, row, strict=True)) for row in rows_of(table, dataset)]


def _table(
    key: str, meaning: str, *columns: DataColumn, of_publisher: bool = False
) -> Callable[[Callable[[Dataset], Rows]], DataTable]:
    """Return a decorator that makes a table of the function that yields its rows, and takes its name."""

    def make(values: Callable[[Dataset], Rows]) -> DataTable:
        name = values.__name__.removeprefix("_")
        return DataTable(name, meaning, tuple(key.split()), values, columns, of_publisher)

    return make


def _of(model: Any, *columns: str | DataColumn) -> tuple[DataColumn, ...]:
    """Return columns; a text lists those that are fields of a model, by name."""
    named = ([c] if isinstance(c, DataColumn) else [_of_field(model, name) for name in c.split()] for c in columns)
    return tuple(chain.from_iterable(named))


def _of_field(model: Any, name: str) -> DataColumn:
    """Return the column of a field; of a value with its evidence, the value."""
    whole = records.fields(model)[name]  # with its evidence, the value may be None inside or as a whole
    value = records.fields(whole).get("value", whole)
    kind, nullable = records.bare_type(value), records.is_optional(whole) or records.is_optional(value)
    types: dict[Any, Type] = {bool: "boolean", int: "integer", date: "date"}
    words = tuple(kind) if issubclass(kind, StrEnum) else ()
    meaning, refers_to = model.model_fields[name].description, _TABLE_OF.get(records.link_kind(whole) or "")
    return DataColumn(name, meaning, types.get(kind, "string"), nullable, words, refers_to)


def _id(name: str, kind: str, meaning: str = "") -> DataColumn:
    return DataColumn(name, meaning or f"Id of the {kind}.", refers_to=_TABLE_OF[kind])


def _grade(name: str, of: str) -> DataColumn:
    return DataColumn(name, f"How well the {of} is supported; derived from its evidence.", values=tuple(Grade))


def _counter_of(relation: Relation) -> str:
    """Return the name of the column that counts a relation; `both` is a keyword of SQL."""
    prefix = "in_" if relation in {Relation.BOTH, Relation.NEITHER} else ""
    return prefix + relation.replace("-", "_")


_PARTNER, _AREA = _id("partner", "partner"), _id("area", "area")
_POSITION = DataColumn("position", "Order within the partner, from 1.", "integer")
_FIELD = DataColumn("field", "What it is about: date, act, place, occasion, the id of an area, or group:ID.")
_FIELD_AREA = _AREA._replace(meaning="The field, if it is an area.", nullable=True)


@_table(
    "id",
    "Cited publications. The name is in the singular because the plural is a keyword of SQL.",
    *_of(
        Reference,
        "id title descriptive publisher relayed_by follows",
        DataColumn("origin", "Whose word it is, by which independence is judged; derived."),
        "standing kind date url address_note celex oj note",
    ),
)
def _reference(dataset: Dataset) -> Rows:
    return (dict(r) | {"origin": dataset.voices[r.id].origin} for r in dataset.references)


@_table(
    "version",
    "Which edition of the data this is; one row.",
    *_of(Edition, "title description version date licence"),
    _id("source", "reference", "Id of the reference that the data begin with."),
)
def _edition(dataset: Dataset) -> Rows:
    yield dict(dataset.edition) | {"source": dataset.edition.source.reference}


@_table("id", "Areas of cooperation: the rows of Table 1.", *_of(Area, "number id title label definition"))
def _areas(dataset: Dataset) -> Rows:
    return (dict(area) for area in dataset.areas)


@_table(
    "id",
    "Partnerships, one row per partner, in the order of Table 1; the newer ones follow.",
    *_of(partnership.Partnership, "id name iso title act", _grade("act_grade", "act"), "date"),
    *_of(partnership.Partnership, _grade("date_grade", "date"), "place occasion"),
    DataColumn("in_table", "Whether Table 1 has a column for the partner.", "boolean"),
    DataColumn("position", "Column in Table 1; the newer ones follow.", "integer"),
)
def _partners(dataset: Dataset) -> Rows:
    for position, p in enumerate(dataset.everyone, 1):
        sourced = {name: getattr(p, name) for name in ("title", *SOURCED_FIELDS)}
        yield {
            **dict(p),
            **{name: value and value.value for name, value in sourced.items()},  # evidence has its own table
            **{f"{field}_grade": grading.grade(dataset, p, field) for field in ("act", "date")},
            "in_table": p.id in dataset.table.columns,
            "position": position,
        }


@_table("id", "Groups of partners.", *_of(Group, "id title short reference locator note"))
def _groups(dataset: Dataset) -> Rows:
    return (dict(group) for group in dataset.groups)


@_table(
    "partner group_id",
    "Which partner belongs to which group.",
    *(_PARTNER, _id("group_id", "group", "Id of the group; `group` is a keyword of SQL.")),
    *_of(partnership.GroupMembership, "status", _grade("grade", "value"), "note"),
)
def _memberships(dataset: Dataset) -> Rows:
    for p in dataset.everyone:
        for m in p.groups:
            grade = grading.grade(dataset, p, GROUP_FIELD + m.group)
            yield dict(m) | {"partner": p.id, "group_id": m.group, "grade": grade}


@_table(
    "partner area",
    "Whether each partnership covers each area: one row for each partner and area.",
    *_of(partnership.Coverage, _PARTNER, _AREA, "status"),
    DataColumn("present", "Whether it is covered or already exists; none if unknown.", "boolean", nullable=True),
    _grade("grade", "value"),
    DataColumn("origins", "How many independent origins support the status.", "integer"),
    DataColumn("standings", "Standings of the references that support it, the best first.", nullable=True),
    *_of(partnership.Coverage, "departure note"),
)
def _coverage(dataset: Dataset) -> Rows:
    for p in dataset.everyone:
        for area in dataset.areas:
            cell, explanation = p.coverage[area.id], grading.explain_field(dataset, p, area.id)
            yield {
                **dict(cell),
                "partner": p.id,
                "area": area.id,
                "present": cell.status.present,
                "grade": explanation.grade,
                "origins": len(explanation.origins),
                "standings": ", ".join(explanation.standings) or None,
            }


@_table(
    "partner field position",
    "What each reference supports for each value; what Table 1 prints comes first.",
    *(_PARTNER, _FIELD, DataColumn("position", "Order within the field, from 1.", "integer"), _FIELD_AREA),
    DataColumn("value", "The value in these data.", nullable=True),
    *_of(partnership.Evidence, "reference locator supports note"),
)
def _evidence(dataset: Dataset) -> Rows:
    for p in dataset.everyone:
        for field in fields(p):
            explanation = grading.explain_field(dataset, p, field)
            place = {"partner": p.id, "field": field, "area": field if field in p.coverage else None}
            for position, e in enumerate(explanation.evidence, 1):
                yield dict(e) | place | {"position": position, "value": explanation.value}


def _list(
    name: str, meaning: str, columns: tuple[DataColumn, ...], values_of: Callable[[Any], dict[str, object]] = dict
) -> DataTable:
    """Return the table of what each partnership lists under a key, numbered from 1."""

    def values(dataset: Dataset) -> Rows:
        for p in dataset.everyone:
            for position, record in enumerate(getattr(p, name), 1):
                yield values_of(record) | {"partner": p.id, "position": position}

    return DataTable(name, meaning, ("partner", "position"), values, (_PARTNER, _POSITION, *columns))


_NAME = DataColumn("name", "Name of the person; none if no source names one.", nullable=True)
_signatories = _list(
    "signatories",
    "Who signed.",
    _of(partnership.Signatory, "party", _NAME, "office reference locator note"),
    lambda signatory: dict(signatory) | ({} if signatory.established else {"name": None}),  # NULL is easier to count
)
_milestones = _list(
    "milestones",
    "Events on the way to or after a partnership; the act itself is in partners.",
    _of(partnership.Milestone, "date event place reference locator note"),
)
_mechanisms = _list(
    "mechanisms",
    "Dialogues, arrangements and funds beside the areas; those that are not recorded may exist.",
    _of(partnership.Mechanism, "kind status since detail reference locator"),
)
_other_topics = _list(
    "other_topics",
    "Topics of a partnership that have no row in Table 1.",
    _of(partnership.OtherTopic, "topic planned reference locator"),
)


@_table(
    "partner field",
    "What Table 1 prints, in the words of the data: every date, group and mark, right or wrong.",
    *(_PARTNER, _FIELD, _FIELD_AREA),
    DataColumn("value", "The printed value; a group in the header is member or not-member."),
    of_publisher=True,
)
def _published(dataset: Dataset) -> Rows:
    areas = {area.id for area in dataset.areas}
    for (partner, field), value in dataset.printed.items():
        yield {"partner": partner, "field": field, "area": field if field in areas else None, "value": value}


@_table(
    "partner field",
    "Where the data depart from the published Table 1.",
    *(_PARTNER, _FIELD),
    DataColumn("published", "The value in Table 1."),
    DataColumn("ours", "The value in these data."),
    DataColumn("reason", "Why they differ.", nullable=True),
)
def _departures(dataset: Dataset) -> Rows:
    return map(asdict, departures(dataset.in_table, dataset.printed))


@_table(
    "id",
    "Published statements, paraphrased, with their verdicts.",
    *_of(Statement, "id reference locator paraphrase as_of"),
    DataColumn("verdict", "The verdict of the data; computed.", values=tuple(Verdict)),
    DataColumn("figures", "What was counted."),
)
def _statements(dataset: Dataset) -> Rows:
    for result in factcheck.factcheck(dataset):
        yield dict(result.statement) | {"verdict": result.verdict, "figures": result.now.words}


@_table(
    "id position",
    "Countries without a partnership that talk or are talked about, and how far they came when.",
    *_of(Prospect, "id", DataColumn("position", "Order within the country, from 1.", "integer"), "name iso"),
    *_of(Step, "stage date reference locator note"),
)
def _prospects(dataset: Dataset) -> Rows:
    for country in dataset.prospects:
        for position, step in enumerate(country.steps, 1):
            yield dict(country) | dict(step) | {"position": position}


@_table(
    "left_partner right_partner",
    "Each two partners once, with the number of areas in each relation.",
    _id("left_partner", "partner", "Id of the first partner."),
    _id("right_partner", "partner", "Id of the second partner."),
    *(DataColumn(_counter_of(relation), relation.meaning, "integer") for relation in Relation),
)
def _dyads(dataset: Dataset) -> Rows:
    for left, right in combinations(dataset.everyone, 2):
        statuses = ((area, ((left.status(area.id),), (right.status(area.id),))) for area in dataset.areas)
        counts = Counter(AreaComparison(*row).relation for row in statuses)
        numbers = {_counter_of(relation): counts[relation] for relation in Relation}
        yield {"left_partner": left.id, "right_partner": right.id, **numbers}


TABLES = (
    *(_reference, _edition, _areas, _partners, _groups, _memberships, _coverage, _evidence),
    *(_signatories, _milestones, _mechanisms, _other_topics, _published, _departures, _statements, _prospects),
    _dyads,
)
"""Every table, those first that others refer to."""
