"""The rows of the tables that the records do not hold as they are: values by the name of their column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

from sdp_matrix.analysis import comparison, factcheck, grading, verification
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import GROUP_FIELD, NOT_ESTABLISHED, Relation

Values: TypeAlias = "Mapping[str, object]"


def edition(dataset: Dataset) -> Iterator[Values]:
    """Give the one edition."""
    yield {**vars(dataset.edition), "source": dataset.edition.source.reference}


def partners(dataset: Dataset) -> Iterator[Values]:
    """Give the partnerships in the order of the table, the newer ones last."""
    printed = {p.id for p in dataset.in_table}
    for position, p in enumerate(dataset.everyone, 1):
        yield {
            **vars(p),
            "title": p.title.value if p.title else None,
            "act": p.act.value,
            "act_grade": grading.grade(dataset, p, "act"),
            "date": p.date.value,
            "date_grade": grading.grade(dataset, p, "date"),
            "place": p.place.value if p.place else None,
            "occasion": p.occasion.value if p.occasion else None,
            "in_table": p.id in printed,
            "position": position,
        }


def references(dataset: Dataset) -> Iterator[Values]:
    """Give the references, each with its origin."""
    for reference in dataset.references:
        yield {**vars(reference), "origin": dataset.voices[reference.id].origin}


def published(dataset: Dataset) -> Iterator[Values]:
    """Give what the published table prints."""
    areas = {area.id for area in dataset.areas}
    for (partner, field), value in dataset.printed.items():
        yield {"partner": partner, "field": field, "area": field if field in areas else None, "value": value}


def departures(dataset: Dataset) -> Iterator[Values]:
    """Give where the data depart from the published table."""
    for found in verification.departures(dataset.in_table, dataset.printed):
        yield {name: getattr(found, name) for name in ("partner", "field", "published", "ours", "reason")}


def memberships(dataset: Dataset) -> Iterator[Values]:
    """Give the groups of each partner."""
    for p in dataset.everyone:
        for m in p.groups:
            grade = grading.grade(dataset, p, GROUP_FIELD + m.group)
            yield {**vars(m), "partner": p.id, "group_id": m.group, "grade": grade}


def coverage(dataset: Dataset) -> Iterator[Values]:
    """Give each cell with its grade."""
    for p in dataset.everyone:
        for area in dataset.areas:
            found, status = grading.explain(dataset, p, area.id), p.status(area.id)
            yield {
                "partner": p.id,
                "area": area.id,
                "status": status,
                "present": status.present,
                "grade": found.grade,
                "origins": len(found.origins),
                "standings": ", ".join(found.standings) or None,
                "departure": found.departure,
                "note": found.note,
            }


def evidence(dataset: Dataset) -> Iterator[Values]:
    """Give what each reference supports for each value, what the published table prints first."""
    for p in dataset.everyone:
        for field in grading.fields(p):
            found = grading.explain(dataset, p, field)
            place = {"partner": p.id, "field": field, "area": field if field in p.coverage else None}
            for position, e in enumerate(found.evidence, 1):
                yield {**vars(e), **place, "position": position, "value": found.value}


def listed(key: str) -> Callable[[Dataset], Iterator[Values]]:
    """Make the row function of what each partnership lists under a key, numbered from 1."""
    return lambda dataset: (
        {**vars(one), "partner": p.id, "position": position}
        for p in dataset.everyone
        for position, one in enumerate(getattr(p, key), 1)
    )


def signatories(dataset: Dataset) -> Iterator[Values]:
    """Give who signed; a person whom no source names has no name."""
    for row in listed("signatories")(dataset):
        yield {**row, "name": None if row["name"] == NOT_ESTABLISHED else row["name"]}


def statements(dataset: Dataset) -> Iterator[Values]:
    """Give the published statements with their verdicts."""
    for found in factcheck.factcheck(dataset):
        yield {**vars(found.statement), "verdict": found.verdict, "figures": found.now.words}


def prospects(dataset: Dataset) -> Iterator[Values]:
    """Give the steps of each country that has no partnership."""
    for country in dataset.prospects:
        for position, step in enumerate(country.steps, 1):
            yield {**vars(country), **vars(step), "position": position}


def dyads(dataset: Dataset) -> Iterator[Values]:
    """Give each two partners once, with how many areas are in each relation."""
    for left, right in combinations(dataset.everyone, 2):
        counts = comparison.compare(left, right, dataset.areas).summary
        yield {
            "left_partner": left.id,
            "right_partner": right.id,
            "in_both": counts[Relation.BOTH],
            "in_neither": counts[Relation.NEITHER],
            "only_left": counts[Relation.ONLY_LEFT],
            "only_right": counts[Relation.ONLY_RIGHT],
            "differs_in_kind": counts[Relation.DIFFERS_IN_KIND],
            "unknown": counts[Relation.UNKNOWN],
        }


def matrix(dataset: Dataset) -> Iterator[Values]:
    """Give the areas with the status of every partner."""
    for area in dataset.areas:
        statuses = {column_of(p.id): p.status(area.id) for p in dataset.everyone}
        yield {"number": area.number, "area": area.id, "title": area.title, **statuses}


def column_of(partner: str) -> str:
    """Name the column of a partner; a hyphen would need quotes in SQL, and be no name in R."""
    return partner.replace("-", "_")
