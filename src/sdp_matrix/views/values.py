"""Values of partnerships with their grades as a table: what can be explained."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sdp_matrix.analysis.grading import Explanation
from sdp_matrix.formats.table import Cell, Column, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import Grade
from sdp_matrix.views.explain import short_field_words, value_words
from sdp_matrix.views.parts import headings, sourced


def values(dataset: Dataset, found: Sequence[Explanation]) -> Table:
    """Show values and how well each is supported, partner by partner."""
    names = list(dict.fromkeys(one.partnership.name for one in found))
    single = names[0] if len(names) == 1 else ""
    sections = (
        Section(tuple(_row(dataset, one) for one in run), "" if single else partnership.name)
        for partnership, run in groupby(found, lambda one: one.partnership)
    )
    return Table(
        title=f"{single or f'{len(names)} partners'}: what is recorded, and how well each value is supported",
        columns=(
            Column("partner", machine_only=True),
            Column("field"),
            Column("value", grows=True),
            Column("grade"),
        ),
        header=(headings("Field", "Value", "Grade"),),
        sections=tuple(sections),
        hints=(f"sdp explain {found[0].partnership.id if single else 'PARTNER'} FIELD shows the evidence of a value",),
        source=sourced("", dataset),
        wide=False,
        data=[
            {"partner": one.partnership.id, "field": one.field, "value": one.value, "grade": str(one.grade)}
            for one in found
        ],
    )


def _row(dataset: Dataset, one: Explanation) -> tuple[Cell, ...]:
    return (
        Cell(one.partnership.id),
        Cell(short_field_words(dataset, one.field), value=one.field),
        Cell(value_words(one.field, one.value), value=one.value or ""),
        Cell(one.grade.words, value=str(one.grade), look=Look.WARNING if one.grade is Grade.CONTESTED else Look.PLAIN),
    )
