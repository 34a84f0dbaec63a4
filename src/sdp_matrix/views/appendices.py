"""What a matrix rests on, as tables that go along with it: every piece of evidence, and every reference cited."""

from __future__ import annotations

from collections.abc import Iterator

from sdp_matrix.analysis.grading import Explanation, explain
from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.views import lists
from sdp_matrix.views.parts import headings, sourced

_EVIDENCE = ("Area", "Partner", "Value", "Grade", "Reference", "Place", "Supports", "Note")


def evidence(dataset: Dataset, shown: Matrix) -> Table:
    """Each piece of evidence of each date and cell shown, with the grade that follows."""
    return Table(
        title="Evidence",
        columns=tuple(Column(name.lower(), grows=name in {"Area", "Note"}) for name in _EVIDENCE),
        header=(headings(*_EVIDENCE),),
        sections=(Section(tuple(_pieces(dataset, shown))),),
        source=sourced("", dataset),
    )


def references(dataset: Dataset, shown: Matrix) -> Table:
    """The references that the evidence cites."""
    cited = {piece.reference for _, one in _explained(dataset, shown) for piece in one.evidence}
    return lists.references(dataset, (r for r in dataset.references if r.id in cited))


def _pieces(dataset: Dataset, shown: Matrix) -> Iterator[tuple[Cell, ...]]:
    for label, one in _explained(dataset, shown):
        for piece in one.evidence:
            texts = (
                label,
                one.partnership.name,
                one.value or "",
                one.grade.value,
                piece.reference,
                piece.locator or "",
                piece.supports,
                piece.note or "",
            )
            yield tuple(map(Cell, texts))


def _explained(dataset: Dataset, shown: Matrix) -> Iterator[tuple[str, Explanation]]:
    fields = [("Date", DATE_FIELD), *((f"{area.number} {area.title}", area.id) for area in shown.areas)]
    for label, field in fields:
        for partnership in shown.partnerships:
            yield label, explain(dataset, partnership, field)
