"""Comparisons as tables: the title that counts, and the evidence behind each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sdp_matrix.analysis.comparison import AreaPair, AreaTally, Comparison, Contrast
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.formats.table import Cell, Column, Json, Note, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import Relation
from sdp_matrix.sanitize import listed
from sdp_matrix.views.contrast import contrast, contrast_data
from sdp_matrix.views.explain import in_brief, support_data, value_words
from sdp_matrix.views.frame import framed
from sdp_matrix.views.pair import comparison_data, pair
from sdp_matrix.views.parts import Sources

_FIRST = 3
"""The column of the first side, after number, id and title of the area."""


def diff(dataset: Dataset, found: Comparison | Contrast, *, all_areas: bool = False, evidence: bool = False) -> Table:
    """A comparison: who, when, who signed; the counts; then the areas that differ, grouped.

    With `evidence`, footnotes say what each status rests on.
    """
    match found:
        case Comparison():
            table = pair(found, all_areas=all_areas)
        case Contrast():
            table = contrast(found, all_areas=all_areas)
    titled = replace(table, title=f"{table.title}: {_differing(found)}")
    return framed(dataset, _with_evidence(dataset, found, titled) if evidence else titled, found.scope)


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


def _with_evidence(dataset: Dataset, found: Comparison | Contrast, plain: Table) -> Table:
    """The comparison with a footnote at each side of each area; the same evidence is given once."""
    sources, words = Sources("S"), dict[str, str]()
    explained = {row.area.id: _explained(dataset, found, row.area.id) for row in found.areas}
    names = plain.columns[_FIRST : _FIRST + len(_sides(found))]

    def footnoted(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        sides, end = explained[cells[1].text], _FIRST + len(names)
        markers = [words.setdefault(_brief(side, sources), str(len(words) + 1)) for side in sides]
        noted = (replace(cell, notes=(m,)) for cell, m in zip(cells[_FIRST:end], markers, strict=True))
        return (*cells[:_FIRST], *noted, *cells[end:], *map(_grades, sides))

    sections = tuple(
        replace(s, rows=tuple((*row, *[Cell()] * len(names)) if s.people_only else footnoted(row) for row in s.rows))
        for s in plain.sections
    )
    sides = ("left", "right") if isinstance(found, Comparison) else [name.id for name in names]
    return replace(
        plain,
        columns=(*plain.columns, *(Column(f"{side}_grade", machine_only=True) for side in sides)),
        sections=sections,
        notes=(*(Note(marker, f"{text}.") for text, marker in words.items()), *sources.notes(dataset)),
        data=lambda: _data(dataset, found, explained),
    )


def _sides(found: Comparison | Contrast) -> Sequence[Sequence[Partnership]]:
    """The partnerships of each side."""
    return [[p] for p in found.partnerships] if isinstance(found, Comparison) else [s.partnerships for s in found.sides]


def _explained(dataset: Dataset, found: Comparison | Contrast, area: str) -> list[list[Explanation]]:
    return [[explain_field(dataset, partnership, area) for partnership in side] for side in _sides(found)]


def _brief(side: Sequence[Explanation], sources: Sources) -> str:
    """What a side rests on; of several partners, who has which status, and on what."""
    if len(side) == 1:
        return in_brief(side[0], sources)
    alike: dict[str, list[str]] = {}
    for one in side:
        said = f"{value_words(one.field, one.value)}, {in_brief(one, sources)}"
        alike.setdefault(said.replace("unknown, unknown", "unknown"), []).append(one.partnership.name)
    return ". ".join(f"{listed(names)}: {said}" for said, names in alike.items())


def _grades(side: Sequence[Explanation]) -> Cell:
    """The grade of a side; of several partners, each with its own."""
    grades = [str(one.grade) if len(side) == 1 else f"{one.partnership.id}: {one.grade}" for one in side]
    return Cell("; ".join(grades))


def _data(dataset: Dataset, found: Comparison | Contrast, explained: dict[str, list[list[Explanation]]]) -> Json:
    if isinstance(found, Contrast):
        by_partner: dict[str, Json] = {
            area: [{one.partnership.id: support_data(dataset, one) for one in side} for side in sides]
            for area, sides in explained.items()
        }
        return contrast_data(found, by_partner)
    by_side: dict[str, Json] = {
        area: {"left": support_data(dataset, left), "right": support_data(dataset, right)}
        for area, ((left,), (right,)) in explained.items()
    }
    return comparison_data(found, by_side)
