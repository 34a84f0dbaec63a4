"""One area across partnerships as a table."""

from __future__ import annotations

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.views import marks
from sdp_matrix.views.frame import framed
from sdp_matrix.views.parts import area_data, headings


def show(dataset: Dataset, found: Area, scope: Scope) -> Table:
    """Show the status of one area with each partner, and its definition."""
    rows = tuple(
        (
            Cell(p.id),
            Cell(p.name),
            Cell(dates.in_words(p.date.value), value=p.date.text),
            marks.words(p.status(found.id)),
        )
        for p in scope.partnerships
    )
    present = [p.status(found.id).present for p in scope.partnerships]
    unknown = f", {present.count(None)} unknown" if None in present else ""
    table = Table(
        title=f"{found.number} {found.title}",
        columns=(
            Column("partner", machine_only=True),
            Column("name"),
            Column("date", align="right"),
            Column("status"),
        ),
        header=(headings("Partner", "Date", "Status"),),
        sections=(Section(rows),),
        remarks=(
            f"Present in {present.count(True)} of {len(present)} partnerships{unknown}.",
            *((found.definition,) if found.definition else ()),
        ),
        wide=False,
        data={
            **area_data(found),
            "definition": found.definition,
            "coverage": {p.id: str(p.status(found.id)) for p in scope.partnerships},
        },
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD, found.id))
