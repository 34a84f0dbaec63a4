"""The headings of a partnership's own text beside the rows of the table, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from sdp_matrix.analysis.headings import HeadingsAndAreas
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.views.parts import area_data, caveat, place, sourced
from sdp_matrix.views.parts import headings as header

_COLUMNS = (
    Column("side", machine_only=True),
    Column("number", align="right"),
    Column("title", grows=True),
    Column("beside"),
    Column("remark", grows=True),
)


def show(dataset: Dataset, found: HeadingsAndAreas) -> Table:
    """Each heading with its rows, then each row with its headings."""
    numbers = {area.id: area.number for area in dataset.areas}
    listed = tuple(
        _row("heading", n, one.title, (numbers[area] for area in one.areas), one.reason or "")
        for n, one in found.headings
    )
    otherwise = "none" if found.is_mapped else "unknown"
    rows = tuple(
        _row("row", one.area.number, one.area.title, one.headings, one.status.words, otherwise) for one in found.areas
    )
    sections = [Section(listed, "Headings of the text, and the rows they stand for")] if listed else []
    sections.append(Section(rows, "Rows of the table, and the headings that stand for them"))
    return Table(
        title=f"Headings and rows: {found.partnership.title_words}",
        columns=_COLUMNS,
        header=(header("No.", "Title", "Beside", "Remark"),),
        sections=tuple(sections),
        remarks=tuple(_remarks(found)),
        caveat=caveat(dataset, [found.partnership]),
        source=sourced(place(dataset, found.source), dataset),
        wide=False,
        data=_data(found),
    )


def _row(
    side: str, number: int, title: str, beside: Iterable[int], remark: str, otherwise: str = "none"
) -> tuple[Cell, ...]:
    found = ", ".join(map(str, beside))
    return (
        Cell(side),
        Cell(str(number), value=number, look=Look.MUTED),
        Cell(title),
        Cell(found or otherwise, value=found, look=Look.PLAIN if found else Look.MUTED),
        Cell(remark, look=Look.MUTED),
    )


def _remarks(found: HeadingsAndAreas) -> Iterable[str]:
    covered = len(found.reached) + len(found.unreached)
    if not found.is_mapped:
        yield f"{found.source.count} headings, {covered} rows covered; which rows the headings stand for is not known."
        return
    yield f"{found.source.count} headings stand for {len(found.reached)} of the {covered} rows covered."
    if found.unreached:
        yield f"No heading reaches {_named(found.unreached)}: the text says it inside another heading or elsewhere."


def _named(areas: Iterable[Area]) -> str:
    return ", ".join(f"{area.number} {area.label}" for area in areas)


def _data(found: HeadingsAndAreas) -> Json:
    source = found.source
    return {
        "partner": found.partnership.id,
        "basis": str(source.basis),
        "count": source.count,
        "reference": source.reference,
        "locator": source.locator,
        "headings": [
            {"number": n, "title": one.title, "areas": list(one.areas), "reason": one.reason}
            for n, one in found.headings
        ],
        "areas": [
            {**area_data(one.area), "status": str(one.status), "headings": list(one.headings)} for one in found.areas
        ],
        "unreached": [area.id for area in found.unreached] if found.is_mapped else None,
    }
