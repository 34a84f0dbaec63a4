"""The sheet of a second coder: the areas with their rules, a column for each partner, and none of our marks."""

from __future__ import annotations

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.formats.table import Cell, Column, Json, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.views.parts import area_data, headings, sourced

_CHOICES = tuple(map(str, Status))


def coding_sheet(dataset: Dataset, shown: Matrix) -> Table:
    """An empty matrix to fill in; `sdp verify FILE` compares it with our coding."""
    names = [p.name for p in shown.partnerships]
    return Table(
        title="Sheet for a second coder: what does each partnership cover?",
        columns=(
            Column("number", align="right"),
            Column("area", grows=True, min_width=24),
            Column("rule", grows=True, min_width=24),
            *(Column(p.id, align="center", choices=_CHOICES) for p in shown.partnerships),
        ),
        header=(headings("", "Area", "Counts as covered", *names),),
        sections=(Section(tuple(_row(area, len(names)) for area in shown.areas)),),
        remarks=(
            f"Write into each cell one of: {', '.join(_CHOICES)}. Leave empty what you did not code.",
            "unknown is for what your sources do not settle; not-covered needs a source that lists what is covered.",
        ),
        source=sourced("", dataset),
        data=_data(shown),
    )


def _row(area: Area, partners: int) -> tuple[Cell, ...]:
    return (
        Cell(str(area.number), value=area.number),
        Cell(area.title, short=area.label),
        Cell(_rule(area)),
        *[Cell()] * partners,
    )


def _rule(area: Area) -> str:
    """The rule of the codebook in one text."""
    parts = [area.definition or "No rule is written yet."]
    parts += [f"Counts: {'; '.join(area.includes)}."] * bool(area.includes)
    parts += [f"Does not: {'; '.join(area.excludes)}."] * bool(area.excludes)
    return " ".join(parts)


def _data(shown: Matrix) -> Json:
    areas: list[Json] = [
        {**area_data(a), "rule": _rule(a), "coverage": {p.id: None for p in shown.partnerships}} for a in shown.areas
    ]
    return {"partners": [{"id": p.id, "name": p.name} for p in shown.partnerships], "areas": areas}
