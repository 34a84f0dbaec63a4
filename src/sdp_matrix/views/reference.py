"""One reference as a table: what it is, and every value that it supports or contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from sdp_matrix.analysis.grading import Mention, Testimony
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Reference
from sdp_matrix.views.explain import short_field_words, value_words
from sdp_matrix.views.parts import about, headings, reference_data, sourced, title_words


def show(dataset: Dataset, reference: Reference, found: Sequence[Testimony], besides: Sequence[Mention]) -> Table:
    """Show what a reference is, what it says on each value, and what it is cited for besides."""
    return Table(
        title=title_words(reference),
        columns=(
            Column("partner", machine_only=True),
            Column("field", grows=True),
            Column("value", grows=True),
            Column("supports", grows=True),
            Column("stance"),
            Column("locator", machine_only=True),
            Column("note", machine_only=True),
        ),
        header=(headings("Value", "Ours", "Supports", "Stance"),) if found else (),
        sections=tuple(
            Section(tuple(_row(dataset, one) for one in run), partnership.name)
            for partnership, run in groupby(found, lambda one: one.partnership)
        )
        + _besides(besides),
        remarks=_about(dataset, reference),
        source=sourced("", dataset),
        wide=False,
        data={
            **reference_data(dataset, reference),
            "values": [_data(one) for one in found],
            "mentions": [asdict(one) for one in besides],
        },
    )


def _besides(besides: Sequence[Mention]) -> tuple[Section, ...]:
    """Rows for people: csv has the values, to which all its columns belong."""
    blank = (Cell(""),) * 4
    rows = tuple((Cell(one.id), Cell(one.name), Cell(one.words), *blank) for one in besides)
    return (Section(rows, "Cited besides for", people_only=True),) if rows else ()


def _about(dataset: Dataset, reference: Reference) -> tuple[str, ...]:
    said = (
        f"{reference.publisher}, {dates.in_words(reference.date)} ({reference.kind.replace('-', ' ')}).",
        f"Standing: {about(dataset, reference)}",
        reference.note or "",
    )
    return tuple(filter(None, said))


def _row(dataset: Dataset, one: Testimony) -> tuple[Cell, ...]:
    partnership, field, evidence = one.partnership, one.field, one.evidence
    return (
        Cell(partnership.id),
        Cell(short_field_words(dataset, field), value=field),
        Cell(value_words(field, one.value), value=one.value),
        Cell(value_words(field, evidence.supports), value=evidence.supports),
        Cell(one.stance.value, look=Look.WARNING if one.stance == "against" else Look.PLAIN),
        Cell(evidence.locator or ""),
        Cell(evidence.note or ""),
    )


def _data(one: Testimony) -> Json:
    return {
        "partner": one.partnership.id,
        "field": one.field,
        "value": one.value,
        "supports": one.evidence.supports,
        "stance": str(one.stance),
        "locator": one.evidence.locator,
        "note": one.evidence.note,
    }
