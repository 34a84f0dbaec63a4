"""The outcome of verifying the table, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.table import Table
from sdp_matrix.views.explain import short_field_words, value_words
from sdp_matrix.views.shapes import FACT, facts, reference_words, sourced

if TYPE_CHECKING:
    from sdp_matrix.dataset import Dataset
    from sdp_matrix.records import Departure
    from sdp_matrix.table import Json
    from sdp_matrix.verification import Count, Verification


def verification(dataset: Dataset, found: Verification) -> Table:
    """The outcome of comparing our table with the published one."""
    counts = {
        "Cells": found.cells,
        "Dates": found.dates,
        "Groups of the header": found.groups,
        "Headings": found.headings,
    }
    sections = [
        facts([(label, f"{c.agree} of {c.compared} agree") for label, c in counts.items()]),
        facts(
            [
                (_field(dataset, d.partner, d.field), f"{_change(d.field, d.published, d.ours)}. {d.reason}")
                for d in found.departures
            ],
            "Departures from the published table",
        ),
        facts(
            [(_field(dataset, u.partner, u.field), _change(u.field, u.published, u.ours)) for u in found.unexplained],
            "Unexplained: correct our value, or record a departure with its reason",
        ),
        facts(
            [
                (
                    _field(dataset, d.partner, d.field),
                    f"{_change(d.field, d.published, d.ours)}: not the difference there is",
                )
                for d in found.needless
            ],
            "Needless departures: remove or correct them",
        ),
    ]
    outcome = (
        "our table is the published one, but for the departures"
        if found.holds
        else "our table is not the published one"
    )
    return Table(
        title=f"Table 1: {outcome}",
        columns=FACT,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        source=sourced(reference_words(dataset.reference(dataset.table.reference)), dataset),
        wide=False,
        data=verification_data(found),
    )


def _field(dataset: Dataset, partner: str, field: str) -> str:
    name = next((p.name for p in dataset.partnerships if p.id == partner), partner or "The table")
    return f"{name}, {short_field_words(dataset, field)}"


def _change(field: str, published: str, ours: str) -> str:
    printed, here = (value_words(field, value) if value else "nothing" for value in (published, ours))
    return f"printed {printed}, ours {here}"


def verification_data(found: Verification) -> Json:
    """The outcome in the shape of docs/json.md."""

    def count(counted: Count) -> Json:
        return {"compared": counted.compared, "agree": counted.agree}

    def departure(d: Departure) -> Json:
        return {
            "partner": d.partner,
            "field": d.field,
            "published": d.published,
            "ours": d.ours,
            "reason": d.reason,
        }

    unexplained: list[Json] = [
        {"partner": u.partner, "field": u.field, "published": u.published, "ours": u.ours} for u in found.unexplained
    ]
    return {
        "cells": count(found.cells),
        "dates": count(found.dates),
        "groups": count(found.groups),
        "headings": count(found.headings),
        "departures": [departure(d) for d in found.departures],
        "unexplained": unexplained,
        "needless": [departure(d) for d in found.needless],
    }
