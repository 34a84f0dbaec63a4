"""Three or more partnerships, or groups of them, as a table: who has what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from sdp_matrix.analysis.comparison import AreaTally, Contrast
from sdp_matrix.analysis.selection import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.sanitize import listed
from sdp_matrix.views import marks
from sdp_matrix.views.parts import (
    AREA_BESIDE_WORDS,
    AREA_ID,
    NUMBER,
    area_cells,
    area_data,
    headings,
    partner_data,
)


def contrast(found: Contrast, *, all_areas: bool) -> Table:
    """The areas in which the sides differ, grouped by who has them; with all areas, the others too."""
    rows = found.areas if all_areas else found.differing
    ordered = sorted(rows, key=lambda row: (not row.differs, row.extents, row.area.number))
    sections = [
        Section(tuple(tally_row(row, found.sides) for row in run), _extents_title(found, extents))
        for extents, run in groupby(ordered, lambda row: row.extents)
    ]
    sides = found.sides
    remarks = (
        *(f"{s.label}: {', '.join(p.name for p in s.partnerships)}." for s in sides if not _is_one(s)),
        *_overlaps(sides),
    )
    title = " | ".join(side.label for side in sides)
    return of_sides(sides, Table(title, (), (), tuple(sections), remarks=remarks, data=contrast_data(found)))


def of_sides(sides: Sequence[Operand], table: Table) -> Table:
    """Give a table of areas by sides its columns, its header, and what stands below it."""
    return replace(
        table,
        columns=(NUMBER, AREA_ID, AREA_BESIDE_WORDS, *(Column(side.label) for side in sides)),
        header=((Cell(), *headings("Area", *(side.label for side in sides))),),
        wide=False,
    )


_EXTENTS = {"all": "", "some": "some of ", "none": "not ", "unknown": "not known: "}
"""What stands before the sides of which all, some or no partners have an area, or which are not known."""


def _extents_title(found: Contrast, extents: Sequence[str]) -> str:
    """Say which sides have an area: 'Japan and Republic of Korea, not India', 'NATO allies, not EFTA states'."""
    sides: dict[str, list[str]] = {extent: [] for extent in _EXTENTS}
    for side, extent in zip(found.sides, extents, strict=True):
        sides[extent].append(side.label)
    parts = [
        _EXTENTS[extent] + listed(labels, {"none": "or", "some": "and some of"}.get(extent, "and"))
        for extent, labels in sides.items()
        if labels
    ]
    title = ", ".join(parts)
    return title[0].upper() + title[1:]


def tally_row(row: AreaTally, sides: Sequence[Operand]) -> tuple[Cell, ...]:
    """An area with its status for a side of one partner, and with how many have it for a group."""
    looks = {"all": Look.COVERED, "none": Look.NOT_COVERED, "unknown": Look.UNKNOWN}
    tallies = (
        marks.words(side.partnerships[0].status(row.area.id))
        if len(side.partnerships) == 1
        else Cell(tally.words, look=looks.get(tally.extent, Look.PLAIN))
        for tally, side in zip(row.tallies, sides, strict=True)
    )
    return (*area_cells(row.area), *tallies)


def _is_one(side: Operand) -> bool:
    """Whether a side is a partner by its own name, not a group that has one member here."""
    return [side.label] == [p.name for p in side.partnerships]


def _overlaps(sides: Sequence[Operand]) -> Iterator[str]:
    """Sentences on the partners that are on two sides at once."""
    for left, right in combinations(sides, 2):
        both = [p.name for p in left.partnerships if p in right.partnerships]
        if both:
            yield f"On both sides, {left.label} and {right.label}: {listed(both)}."


def contrast_data(found: Contrast, evidence: Mapping[str, Json] | None = None) -> Json:
    """A comparison of several sides in the shape of docs/json.md, with the evidence of each area where given."""
    areas: list[Json] = [
        {**tally_data(row), "differs": row.differs, **({"evidence": evidence[row.area.id]} if evidence else {})}
        for row in found.areas
    ]
    return {"sides": [side_data(side) for side in found.sides], "areas": areas}


def side_data(side: Operand) -> Json:
    """A side of a comparison."""
    return {"label": side.label, "partners": [partner_data(p) for p in side.partnerships]}


def tally_data(row: AreaTally) -> dict[str, Json]:
    """An area with how many of each side have it."""
    sides: list[Json] = [
        {"present": t.present, "absent": t.absent, "unknown": t.unknown, "extent": t.extent} for t in row.tallies
    ]
    return {**area_data(row.area), "sides": sides}
