"""The rows of the tables that the records do not hold as they are: values by the name of their column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

from sdp_matrix.analysis import comparison, factcheck, grading, verification
from sdp_matrix.analysis.field import fields
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import GROUP_FIELD, NOT_ESTABLISHED, Relation

Values: TypeAlias = "Mapping[str, object]"


def references(dataset: Dataset) -> Iterator[Values]:
    """Return the references, each with its origin."""
    return ({**vars(r), "origin": dataset.voices[r.id].origin} for r in dataset.references)


def edition(dataset: Dataset) -> Iterator[Values]:
    """Return the one edition."""
    yield {**vars(dataset.edition), "source": dataset.edition.source.reference}


def partners(dataset: Dataset) -> Iterator[Values]:
    """Return the partnerships in the order of the table, the newer ones last."""
    in_table = {p.id for p in dataset.in_table}
    for position, p in enumerate(dataset.everyone, 1):
        sourced = {"title": p.title, "act": p.act, "date": p.date, "place": p.place, "occasion": p.occasion}
        yield {
            **vars(p),
            **{name: value and value.value for name, value in sourced.items()},
            **{f"{field}_grade": grading.grade(dataset, p, field) for field in ("act", "date")},
            "in_table": p.id in in_table,
            "position": position,
        }


def memberships(dataset: Dataset) -> Iterator[Values]:
    """Return the groups of each partner."""
    for p in dataset.everyone:
        for m in p.groups:
            grade = grading.grade(dataset, p, GROUP_FIELD + m.group)
            yield {**vars(m), "partner": p.id, "group_id": m.group, "grade": grade}


def coverage(dataset: Dataset) -> Iterator[Values]:
    """Return each cell with its grade."""
    for p in dataset.everyone:
        for area in dataset.areas:
            explanation, status = grading.explain_field(dataset, p, area.id), p.status(area.id)
            yield {
                "partner": p.id,
                "area": area.id,
                "status": status,
                "present": status.present,
                **{name: getattr(explanation, name) for name in ("grade", "departure", "note")},
                "origins": len(explanation.origins),
                "standings": ", ".join(explanation.standings) or None,
            }


def evidence(dataset: Dataset) -> Iterator[Values]:
    """Return what each reference supports for each value, what the published table prints first."""
    for p in dataset.everyone:
        for field in fields(p):
            explanation = grading.explain_field(dataset, p, field)
            place = {"partner": p.id, "field": field, "area": field if field in p.coverage else None}
            for position, e in enumerate(explanation.evidence, 1):
                yield {**vars(e), **place, "position": position, "value": explanation.value}


def listed(key: str) -> Callable[[Dataset], Iterator[Values]]:
    """Make the row function of what each partnership lists under a key, numbered from 1."""
    return lambda dataset: (
        {**vars(record), "partner": p.id, "position": position}
        for p in dataset.everyone
        for position, record in enumerate(getattr(p, key), 1)
    )


def signatories(dataset: Dataset) -> Iterator[Values]:
    """Return who signed; a person whom no source names has no name."""
    for row in listed("signatories")(dataset):
        yield {**row, "name": None if row["name"] == NOT_ESTABLISHED else row["name"]}


def published(dataset: Dataset) -> Iterator[Values]:
    """Return what the published table prints."""
    areas = {area.id for area in dataset.areas}
    for (partner, field), value in dataset.printed.items():
        yield {"partner": partner, "field": field, "area": field if field in areas else None, "value": value}


def departures(dataset: Dataset) -> Iterator[Values]:
    """Return where the data depart from the published table."""
    for departure in verification.departures(dataset.in_table, dataset.printed):
        yield {name: getattr(departure, name) for name in ("partner", "field", "published", "ours", "reason")}


def statements(dataset: Dataset) -> Iterator[Values]:
    """Return the published statements with their verdicts."""
    for result in factcheck.factcheck(dataset):
        yield {**vars(result.statement), "verdict": result.verdict, "figures": result.now.words}


def prospects(dataset: Dataset) -> Iterator[Values]:
    """Return the steps of each country that has no partnership."""
    for country in dataset.prospects:
        for position, step in enumerate(country.steps, 1):
            yield {**vars(country), **vars(step), "position": position}


def dyads(dataset: Dataset) -> Iterator[Values]:
    """Return each two partners once, with how many areas are in each relation."""
    relations = ("in_both", "in_neither", "only_left", "only_right", "differs_in_kind", "unknown")
    for left, right in combinations(dataset.everyone, 2):
        counts = Counter(row.relation for row in comparison.compare_areas([[left], [right]], dataset.areas))
        named = {name: counts[relation] for name, relation in zip(relations, Relation, strict=True)}
        yield {"left_partner": left.id, "right_partner": right.id, **named}


def matrix(dataset: Dataset) -> Iterator[Values]:
    """Return the areas with the status of every partner."""
    for area in dataset.areas:
        statuses = {column_of(p.id): p.status(area.id) for p in dataset.everyone}
        yield {"number": area.number, "area": area.id, "title": area.title, **statuses}


def column_of(partner: str) -> str:
    """Name the column of a partner; a hyphen would need quotes in SQL."""
    return partner.replace("-", "_")
