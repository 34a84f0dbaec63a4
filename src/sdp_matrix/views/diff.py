"""Comparisons as tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from sdp_matrix.analysis.comparison import AreaPair, Comparison, Contrast
from sdp_matrix.errors import BadRequest
from sdp_matrix.formats.table import Cell, Column, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import EU, Relation
from sdp_matrix.sanitize import listed
from sdp_matrix.views import marks
from sdp_matrix.views.parts import (
    AREA,
    AREA_ID,
    NUMBER,
    Sources,
    area_cells,
    area_data,
    caveat,
    headings,
    partner_data,
    source_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sdp_matrix.analysis.comparison import AreaTally
    from sdp_matrix.analysis.grading import Explanation
    from sdp_matrix.analysis.selection import Operand
    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership


_AREA = replace(AREA, min_width=48)
"""Where the full title of an area would take more than two lines, its label is shown."""

_RELATION_TITLES = {
    Relation.ONLY_LEFT: "Only {left}",
    Relation.ONLY_RIGHT: "Only {right}",
    Relation.DIFFERS_IN_KIND: "Both, but not the same status",
    Relation.UNKNOWN: "Not known on one side or both",
    Relation.BOTH: "Both",
    Relation.NEITHER: "Neither",
}


def diff(dataset: Dataset, found: Comparison | Contrast, *, all_areas: bool = False, evidence: bool = False) -> Table:
    """A comparison: who, when, who signed; the counts; then the areas that differ, grouped.

    With `evidence`, footnotes say what each status rests on. Raises `BadRequest` where they are too many to show.
    """
    if isinstance(found, Comparison):
        plain = _pair(dataset, found, all_areas=all_areas)
        return _with_evidence(dataset, found, plain) if evidence else plain
    if evidence:
        raise BadRequest("--evidence stands beside two partners; name two of them, or ask sdp explain for one value")
    return _contrast(dataset, found, all_areas=all_areas)


def _pair(dataset: Dataset, found: Comparison, *, all_areas: bool) -> Table:
    left, right = found.left, found.right
    return Table(
        title=f"{left.name} and {right.name}: {_differing(found)}",
        columns=(
            NUMBER,
            AREA_ID,
            _AREA,
            Column(left.id),
            Column(right.id),
            Column("relation", machine_only=True),
        ),
        header=((Cell(), Cell(), *headings(left.name, right.name)),),
        sections=(
            Section(tuple(_identity((left, right))), people_only=True),
            Section((), _counts(found), people_only=True),
            *_by_relation(found, all_areas=all_areas),
        ),
        caveat=caveat(dataset, (left, right)),
        source=source_line(dataset, (left, right)),
        wide=False,
        data=comparison_data(found),
    )


def _by_relation(found: Comparison, *, all_areas: bool) -> Iterator[Section]:
    """The areas in groups, those that differ first; the others only if all are asked for."""
    names = {"left": found.left.name, "right": found.right.name}
    for relation, title in _RELATION_TITLES.items():
        pairs = [pair for pair in found.areas if pair.relation is relation]
        if pairs and (all_areas or relation not in {Relation.BOTH, Relation.NEITHER}):
            yield Section(tuple(map(_pair_row, pairs)), f"{title.format(**names)} ({len(pairs)})")


def _with_evidence(dataset: Dataset, found: Comparison, plain: Table) -> Table:
    """The comparison of two partners with a footnote at each status; the same evidence is told once."""
    from sdp_matrix.analysis.grading import explain
    from sdp_matrix.views.explain import in_brief

    sources = Sources("S")
    explained = {
        pair.area.id: (explain(dataset, found.left, pair.area.id), explain(dataset, found.right, pair.area.id))
        for pair in found.areas
    }
    words: dict[str, str] = {}

    def footnoted(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        sides = explained[cells[1].text]
        markers = [words.setdefault(in_brief(one, sources), str(len(words) + 1)) for one in sides]
        left, right = (replace(cell, notes=(marker,)) for cell, marker in zip(cells[3:5], markers, strict=True))
        return (*cells[:3], left, right, *cells[5:], *(Cell(str(one.grade)) for one in sides))

    sections = tuple(
        replace(s, rows=tuple((*row, Cell(), Cell()) if s.people_only else footnoted(row) for row in s.rows))
        for s in plain.sections
    )
    return replace(
        plain,
        columns=(*plain.columns, *(Column(f"{side}_grade", machine_only=True) for side in ("left", "right"))),
        sections=sections,
        notes=(*(Note(marker, f"{text}.") for text, marker in words.items()), *sources.notes(dataset)),
        data=comparison_data(found, {area: _sides_data(dataset, *sides) for area, sides in explained.items()}),
    )


def _sides_data(dataset: Dataset, left: Explanation, right: Explanation) -> Json:
    from sdp_matrix.views.explain import support_data

    return {"left": support_data(dataset, left), "right": support_data(dataset, right)}


def _differing(found: Comparison | Contrast) -> str:
    """How many areas differ, and how many cannot be compared because one side or more is unknown."""
    count, total = len(found.differing), len(found.areas)
    unknown = sum(_is_unknown(area) for area in found.areas)
    if count:
        words = f"{count} of {_areas(total)} differ{'s' if count == 1 else ''}"
    elif unknown == total:
        return f"no area is known on {'both' if isinstance(found, Comparison) else 'all'} sides"
    elif unknown:
        sides = "both" if isinstance(found, Comparison) else "all"
        words = f"no difference in the {_areas(total - unknown)} known on {sides} sides"
    else:
        words = f"no difference in {_areas(total)}"
    return f"{words}; {unknown} unknown" if unknown else words


def _areas(count: int) -> str:
    return f"{count} area{'s' * (count != 1)}"


def _is_unknown(area: AreaPair | AreaTally) -> bool:
    """Whether an area cannot be compared: what is unknown could make it the same or another."""
    if isinstance(area, AreaPair):
        return area.relation is Relation.UNKNOWN
    return not area.differs and "unknown" in area.extents


def _pair_row(pair: AreaPair) -> tuple[Cell, ...]:
    return (
        *area_cells(pair.area),
        marks.words(pair.left),
        marks.words(pair.right),
        Cell(pair.relation.value),
    )


def _identity(partnerships: Sequence[Partnership]) -> Iterable[tuple[Cell, ...]]:
    """Rows on who, when and who signed; they have a cell for each column of the table around them."""
    facts: dict[str, list[str]] = {
        "Date": [dates.in_words(p.date.value) for p in partnerships],
        "Act": [p.act.value for p in partnerships],
        "Place": [p.place.value if p.place else "not recorded" for p in partnerships],
        "For the EU": [_signed_by(p, eu=True) for p in partnerships],
        "For the partner": [_signed_by(p, eu=False) for p in partnerships],
    }
    for label, values in facts.items():
        yield (Cell(), Cell(), Cell(label, look=Look.MUTED), *map(Cell, values), Cell())


def _signed_by(partnership: Partnership, *, eu: bool) -> str:
    names = [s.name for s in partnership.signatories if (s.party == EU) is eu]
    return "; ".join(names) or "not established"


def _counts(found: Comparison) -> str:
    counts, left, right = found.summary, found.left.name, found.right.name
    parts = [
        f"both {counts[Relation.BOTH]}",
        f"neither {counts[Relation.NEITHER]}",
        f"only {left} {counts[Relation.ONLY_LEFT]}",
        f"only {right} {counts[Relation.ONLY_RIGHT]}",
        f"differ in kind {counts[Relation.DIFFERS_IN_KIND]}",
    ]
    unknown = [f"unknown {counts[Relation.UNKNOWN]}"] * bool(counts[Relation.UNKNOWN])
    return f"Of {len(found.areas)} areas: {', '.join(parts + unknown)}."


def comparison_data(found: Comparison, evidence: Mapping[str, Json] | None = None) -> Json:
    """A comparison of two partnerships in the shape of docs/json.md, with the evidence of each area where given."""
    areas: list[Json] = [
        {
            **area_data(p.area),
            "left": str(p.left),
            "right": str(p.right),
            "relation": str(p.relation),
            **({"evidence": evidence[p.area.id]} if evidence else {}),
        }
        for p in found.areas
    ]
    return {
        "left": partner_data(found.left),
        "right": partner_data(found.right),
        "summary": {relation.replace("-", "_"): count for relation, count in found.summary.items()},
        "areas": areas,
    }


def _contrast(dataset: Dataset, found: Contrast, *, all_areas: bool) -> Table:
    rows = found.areas if all_areas else found.differing
    ordered = sorted(rows, key=lambda row: (not row.differs, row.extents, row.area.number))
    sections = [
        Section(tuple(tally_row(row, found.sides) for row in run), _extents_title(found, extents))
        for extents, run in groupby(ordered, lambda row: row.extents)
    ]
    sides = found.sides
    partners = [p for side in sides for p in side.partnerships]
    return Table(
        title=f"{' | '.join(side.label for side in sides)}: {_differing(found)}",
        columns=(NUMBER, AREA_ID, _AREA, *(Column(side.label) for side in sides)),
        header=((Cell(), Cell(), *headings(*(side.label for side in sides))),),
        sections=tuple(sections),
        remarks=(
            *(f"{s.label}: {', '.join(p.name for p in s.partnerships)}." for s in sides if len(s.partnerships) > 1),
            *_overlaps(sides),
        ),
        caveat=caveat(dataset, partners),
        source=source_line(dataset, partners),
        wide=False,
        data=contrast_data(found),
    )


_EXTENTS = {"all": "", "some": "some of ", "none": "not ", "unknown": "not known: "}
"""What stands before the sides of which all, some or no partners have an area, or which are not known."""


def _extents_title(found: Contrast, extents: Sequence[str]) -> str:
    """Say which sides have an area: 'Japan and Republic of Korea, not India', 'NATO allies, not EFTA states'."""
    sides: dict[str, list[str]] = {extent: [] for extent in _EXTENTS}
    for side, extent in zip(found.sides, extents, strict=True):
        sides[extent].append(side.label)
    parts = [
        f"{_EXTENTS[extent]}{listed(labels, 'or' if extent == 'none' else 'and')}"
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


def _overlaps(sides: Sequence[Operand]) -> Iterator[str]:
    """Sentences on the partners that are on two sides at once."""
    for left, right in combinations(sides, 2):
        both = [p.name for p in left.partnerships if p in right.partnerships]
        if both:
            yield f"On both sides, {left.label} and {right.label}: {listed(both)}."


def contrast_data(found: Contrast) -> Json:
    """A comparison of several sides in the shape of docs/json.md."""
    areas: list[Json] = [{**tally_data(row), "differs": row.differs} for row in found.areas]
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
