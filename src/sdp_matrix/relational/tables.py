"""The data set as tidy tables: one observation a row, every field described; what the files of an export hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix.analysis import comparison, grading
from sdp_matrix.model.vocabulary import (
    GROUP_FIELD,
    Act,
    Event,
    Grade,
    Membership,
    ReferenceKind,
    Relation,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.model.dataset import Dataset

Value: TypeAlias = "str | int | None"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, what it holds, and which values it can take."""

    name: str
    description: str
    type: str = "string"
    """string, integer, boolean or date, as the Frictionless Data Package calls them."""
    required: bool = True
    values: tuple[str, ...] = ()
    """The closed list of values, where there is one."""
    refers_to: str | None = None
    """The table whose `id` it holds."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tidy table."""

    name: str
    description: str
    key: tuple[str, ...]
    """The fields that no two rows have alike."""
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


_PARTNER = Field("partner", "Id of the partner.", refers_to="partners")
_REFERENCE = Field("reference", "Id of the reference.", refers_to="references")
_LOCATOR = Field("locator", "Section, table or page of the reference.", required=False)
_NOTE = Field("note", "Remark, in the words of the coders.", required=False)
_POSITION = Field("position", "Order within the partner, from 1.", "integer")
_GRADE = Field("grade", "How well the value is supported; derived from its evidence.", values=tuple(Grade))
_STATUS = Field("status", "Whether the partnership covers the area; unknown is never absence.", values=tuple(Status))


def sheets(dataset: Dataset) -> tuple[Sheet, ...]:
    """Every table, in the order in which the later ones refer to the earlier."""
    return (
        _references(dataset),
        _areas(dataset),
        _partners(dataset),
        _groups(dataset),
        _memberships(dataset),
        _coverage(dataset),
        _coverage_wide(dataset),
        _dyads(dataset),
        _evidence(dataset),
        _signatories(dataset),
        _milestones(dataset),
        _departures(dataset),
    )


def _truth(value: bool | None) -> str | None:  # noqa: FBT001 - it is the value
    return None if value is None else "true" if value else "false"


def _references(dataset: Dataset) -> Sheet:
    fields = (
        Field("id", "Id of the reference."),
        Field("title", "Title as published where known, else a description."),
        Field("publisher", "Who is responsible for the content; independence is judged by this name."),
        Field("relayed_by", "Who carried the copy that was seen.", required=False),
        Field("kind", "Sort of publication.", values=tuple(ReferenceKind)),
        Field("date", "Year, month or day of publication, as far as known."),
        Field("url", "Address.", required=False),
        Field("celex", "Identifier in EUR-Lex.", required=False),
        Field("oj", "Place in the Official Journal.", required=False),
        _NOTE,
    )
    rows = (
        (r.id, r.title, r.publisher, r.relayed_by, r.kind, r.date, r.url, r.celex, r.oj, r.note)
        for r in dataset.references
    )
    return Sheet("references", "Cited publications.", ("id",), fields, tuple(rows))


def _areas(dataset: Dataset) -> Sheet:
    fields = (
        Field("id", "Id of the area of cooperation."),
        Field("number", "Row number in Table 1.", "integer"),
        Field("title", "Title as in Table 1."),
        Field("label", "Short label."),
        Field("definition", "What has to be in a partnership for the area to count as covered.", required=False),
    )
    rows = ((a.id, a.number, a.title, a.label, a.definition) for a in dataset.areas)
    return Sheet("areas", "Areas of cooperation: the rows of Table 1.", ("id",), fields, tuple(rows))


def _partners(dataset: Dataset) -> Sheet:
    fields = (
        Field("id", "Id of the partner."),
        Field("name", "Name of the partner."),
        Field("iso", "ISO 3166-1 alpha-2 code."),
        Field("title", "Title of the partnership."),
        Field("act", "What was done on the day of the partnership.", values=tuple(Act)),
        Field(
            "date",
            "Day of signature, or of the act that stands in its place; empty where not known.",
            "date",
            required=False,
        ),
        Field("date_grade", "How well the date is supported; derived from its evidence.", values=tuple(Grade)),
        Field("place", "Where it was done.", required=False),
        Field("occasion", "The meeting it was done at.", required=False),
        Field("in_table_1", "Whether the published Table 1 has a column for the partner.", "boolean"),
    )
    rows = (
        (
            p.id,
            p.name,
            p.iso,
            p.title,
            p.act.value,
            _day(p.date.value),
            grading.grade(dataset, p, "date"),
            p.place.value if p.place else None,
            p.occasion.value if p.occasion else None,
            _truth(p in dataset.in_table),
        )
        for p in dataset.partnerships
    )
    return Sheet("partners", "Partnerships, one a partner, in order of date.", ("id",), fields, tuple(rows))


def _day(day: object) -> str | None:
    """A day that is not known is an empty cell."""
    return str(day) if str(day)[:1].isdigit() else None


def _groups(dataset: Dataset) -> Sheet:
    fields = (
        Field("id", "Id of the group."),
        Field("title", "Name of the group."),
        Field("short", "Short name.", required=False),
        _REFERENCE,
        _LOCATOR,
        _NOTE,
    )
    rows = ((g.id, g.title, g.short, g.reference, g.locator, g.note) for g in dataset.groups)
    return Sheet("groups", "Groups of partners.", ("id",), fields, tuple(rows))


def _memberships(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        Field("group", "Id of the group.", refers_to="groups"),
        Field(
            "status",
            "not-member only where a source claims the membership and it is not followed.",
            values=tuple(Membership),
        ),
        _GRADE,
        _NOTE,
    )
    rows = (
        (p.id, m.group, m.status, grading.grade(dataset, p, GROUP_FIELD + m.group), m.note)
        for p in dataset.partnerships
        for m in p.groups
    )
    return Sheet("memberships", "Which partner belongs to which group.", ("partner", "group"), fields, tuple(rows))


def _coverage(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        Field("area", "Id of the area.", refers_to="areas"),
        _STATUS,
        Field(
            "present",
            "Whether the area is there: covered or already exists; empty where unknown.",
            "boolean",
            required=False,
        ),
        _GRADE,
        Field("publishers", "How many independent publishers support the status.", "integer"),
        _NOTE,
    )
    explained = (grading.explain(dataset, p, a.id) for p in dataset.partnerships for a in dataset.areas)
    rows = (
        (e.partnership.id, e.field, e.value, _truth(Status(e.value or "").present), e.grade, len(e.publishers), e.note)
        for e in explained
    )
    return Sheet(
        "coverage", "Coverage of each area by each partnership, long form.", ("partner", "area"), fields, tuple(rows)
    )


def _coverage_wide(dataset: Dataset) -> Sheet:
    """One column a partner; ids with hyphens would be no names in R and Stata, so the columns have underscores."""
    fields = (
        Field("area", "Id of the area.", refers_to="areas"),
        Field("number", "Row number in Table 1.", "integer"),
        *(Field(p.id.replace("-", "_"), f"Status for {p.name}.", values=tuple(Status)) for p in dataset.partnerships),
    )
    rows: list[tuple[Value, ...]] = [
        (a.id, a.number, *(p.status(a.id) for p in dataset.partnerships)) for a in dataset.areas
    ]
    return Sheet("coverage-wide", "Coverage, wide form: areas by partners.", ("area",), fields, tuple(rows))


def _dyads(dataset: Dataset) -> Sheet:
    counts = {
        Relation.BOTH: "Areas that both have with the same status.",
        Relation.NEITHER: "Areas that neither has.",
        Relation.ONLY_LEFT: "Areas that only the first has.",
        Relation.ONLY_RIGHT: "Areas that only the second has.",
        Relation.DIFFERS_IN_KIND: "Areas that both have, in two forms.",
    }
    fields = (
        Field("left", "Id of the first partner.", refers_to="partners"),
        Field("right", "Id of the second partner.", refers_to="partners"),
        Field("alike", "Areas in which the two are known to have the same status.", "integer"),
        Field("differ", "Areas in which the two are known to differ, if only in kind.", "integer"),
        Field("unknown", "Areas that are not known for one or both.", "integer"),
        *(Field(relation.replace("-", "_"), words, "integer") for relation, words in counts.items()),
    )
    pairs = combinations(dataset.partnerships, 2)
    compared = (comparison.compare(dataset, left, right) for left, right in pairs)
    rows: list[tuple[Value, ...]] = [
        (
            c.left.id,
            c.right.id,
            c.summary[Relation.BOTH] + c.summary[Relation.NEITHER],
            len(c.differing),
            c.summary[Relation.UNKNOWN],
            *(c.summary[relation] for relation in counts),
        )
        for c in compared
    ]
    return Sheet(
        "dyads", "Each pair of partners once, with how many areas are alike.", ("left", "right"), fields, tuple(rows)
    )


def _evidence(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        Field("field", "What it is about: date, act, place, occasion, the id of an area, or group:ID."),
        Field("value", "The value that the data hold.", required=False),
        Field("position", "Order within the field, from 1.", "integer"),
        _REFERENCE,
        _LOCATOR,
        Field("supports", "The value that the reference supports; planned for an aim beforehand."),
        _NOTE,
    )
    return Sheet(
        "evidence",
        "What each reference supports for each value, the source of the whole coding included.",
        ("partner", "field", "position"),
        fields,
        tuple(_pieces(dataset)),
    )


def _pieces(dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    for partnership in dataset.partnerships:
        for field in grading.fields(partnership):
            one = grading.explain(dataset, partnership, field)
            for position, e in enumerate(one.evidence, 1):
                yield partnership.id, field, one.value, position, e.reference, e.locator, e.supports, e.note


def _signatories(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        _POSITION,
        Field("party", "EU, or the name of the partner."),
        Field("name", "Name of the person; empty where no source names one.", required=False),
        Field("office", "Office held on the day.", required=False),
        _REFERENCE,
        _LOCATOR,
        _NOTE,
    )
    rows = (
        (p.id, n, s.party, s.name if s.established else None, s.office, s.reference, s.locator, s.note)
        for p in dataset.partnerships
        for n, s in enumerate(p.signatories, 1)
    )
    return Sheet("signatories", "Who signed.", ("partner", "position"), fields, tuple(rows))


def _milestones(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        _POSITION,
        Field("date", "Year, month or day, as far as known."),
        Field("event", "What happened.", values=tuple(Event)),
        Field("place", "Where it happened.", required=False),
        _REFERENCE,
        _LOCATOR,
        _NOTE,
    )
    rows = (
        (p.id, n, m.date, m.event, m.place, m.reference, m.locator, m.note)
        for p in dataset.partnerships
        for n, m in enumerate(p.milestones, 1)
    )
    description = "Events on the way to and after a partnership; the signature itself stands with the partner."
    return Sheet("milestones", description, ("partner", "position"), fields, tuple(rows))


def _departures(dataset: Dataset) -> Sheet:
    fields = (
        _PARTNER,
        Field("field", "date, the id of an area, or group:ID."),
        Field("published", "The value in Table 1."),
        Field("ours", "The value in these data."),
        Field("reason", "Why they differ."),
    )
    rows = ((d.partner, d.field, d.published, d.ours, d.reason) for d in dataset.table.departures)
    return Sheet(
        "departures", "Where the data depart from the published Table 1.", ("partner", "field"), fields, tuple(rows)
    )
