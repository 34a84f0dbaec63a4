"""The outcome of verifying the table, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.formats.table import Table
from sdp_matrix.views.explain import short_field_words, value_words
from sdp_matrix.views.parts import FACT, facts, reference_words, sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.analysis.verification import Count, Disagreement, Verification
    from sdp_matrix.formats.table import Json, Section
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.published_table import Departure


def verification(dataset: Dataset, found: Verification) -> Table:
    """The outcome of comparing our table with the published one."""
    outcome = "our table is the published one, but for the departures"
    return Table(
        title=f"Table 1: {outcome if found.holds else 'our table is not the published one'}",
        columns=FACT,
        header=(),
        sections=tuple(section for section in _sections(dataset, found) if section.rows),
        source=sourced(reference_words(dataset.reference(dataset.table.reference)), dataset),
        wide=False,
        data=verification_data(found),
    )


def _sections(dataset: Dataset, found: Verification) -> Iterator[Section]:
    counts = {
        "Cells": found.cells,
        "Dates": found.dates,
        "Groups of the header": found.groups,
        "Headings": found.headings,
    }
    yield facts((label, f"{c.agree} of {c.compared} agree") for label, c in counts.items())
    yield facts(
        ((_field(dataset, d), f"{_change(d)}. {d.reason}") for d in found.departures),
        "Departures from the published table",
    )
    yield facts(
        ((_field(dataset, u), _change(u)) for u in found.unexplained),
        "Unexplained: correct our value, or record a departure with its reason",
    )
    yield facts(
        ((_field(dataset, d), f"{_change(d)}: not the difference there is") for d in found.needless),
        "Needless departures: remove or correct them",
    )


def _field(dataset: Dataset, differs: Departure | Disagreement) -> str:
    name = next((p.name for p in dataset.partnerships if p.id == differs.partner), differs.partner or "The table")
    return f"{name}, {short_field_words(dataset, differs.field)}"


def _change(differs: Departure | Disagreement) -> str:
    values = (differs.published, differs.ours)
    printed, here = (value_words(differs.field, value) if value else "nothing" for value in values)
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
