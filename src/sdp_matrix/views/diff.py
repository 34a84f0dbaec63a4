"""Comparisons as tables: what differs first, then who, when and where, and the evidence behind each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from sdp_matrix.analysis.comparison import AreaComparison, Comparison
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.selection import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import EU, Relation
from sdp_matrix.text_safety import listed
from sdp_matrix.views.explain import in_brief, support_data, value_words
from sdp_matrix.views.parts import (
    AREA_BESIDE_WORDS,
    AREA_ID,
    NUMBER,
    Sources,
    area_cells,
    area_data,
    framed,
    headings,
    partner_data,
    status_words,
)

_FIRST = 3
"""The column of the first side, after number, id and title of the area."""

_EXTENTS = {"all": "", "some": "some of ", "none": "not ", "unknown": "not known: "}
"""What stands before the sides of which all, some or no partners have an area, or which are not known."""

_RELATION_TITLES = {
    Relation.ONLY_LEFT: "Only {left}",
    Relation.ONLY_RIGHT: "Only {right}",
    Relation.DIFFERS_IN_KIND: "Both, but not the same status",
    Relation.UNKNOWN: "Not known on one side or both",
    Relation.BOTH: "Both",
    Relation.NEITHER: "Neither",
}


def diff(dataset: Dataset, comparison: Comparison, *, all_areas: bool = False, evidence: bool = False) -> Table:
    """Return the areas that differ, grouped by who has them; with `all_areas` the others too.

    With `evidence`, footnotes say what each status rests on.
    """
    table = _pair(comparison, all_areas=all_areas) if comparison.is_pair else _sides(comparison, all_areas=all_areas)
    titled = replace(table, title=f"{table.title}: {_outcome(comparison)}")
    return framed(dataset, _with_evidence(dataset, comparison, titled) if evidence else titled, comparison.scope)


def _outcome(comparison: Comparison) -> str:
    """Return how many areas differ, and how many cannot be compared because one side or more is unknown."""
    count, total = len(comparison.differing), len(comparison.areas)
    unknown = sum(not row.differs and "unknown" in row.extents for row in comparison.areas)
    sides = "both" if comparison.is_pair else "all"
    if count:
        words = f"{count} of {_areas(total)} differ{'s' * (count == 1)}"
    elif unknown == total:
        return f"no area is known on {sides} sides"
    elif unknown:
        words = f"no difference in the {_areas(total - unknown)} known on {sides} sides"
    else:
        words = f"no difference in {_areas(total)}"
    return f"{words}; {unknown} unknown" if unknown else words


def _areas(count: int) -> str:
    return f"{count} area{'s' * (count != 1)}"


def _pair(comparison: Comparison, *, all_areas: bool) -> Table:
    left, right = comparison.partnerships
    return Table(
        title=f"{left.name} and {right.name}",
        columns=(*side_columns((left.id, right.id)), Column("relation", machine_only=True)),
        header=side_header((left.name, right.name)),
        sections=(
            Section((), _counts(comparison), people_only=True),
            *_by_relation(comparison, all_areas=all_areas),
            Section(tuple(_identity((left, right))), "Date, act and signatories", people_only=True),
        ),
        wide=False,
        data=_pair_data(comparison),
    )


def _counts(comparison: Comparison) -> str:
    left, right = comparison.partnerships
    names = {
        Relation.BOTH: "both",
        Relation.NEITHER: "neither",
        Relation.ONLY_LEFT: f"only {left.name}",
        Relation.ONLY_RIGHT: f"only {right.name}",
        Relation.DIFFERS_IN_KIND: "differ in kind",
        Relation.UNKNOWN: "unknown",
    }
    counts = comparison.summary
    parts = [f"{name} {counts[relation]}" for relation, name in names.items() if counts[relation]]
    return f"Of {_areas(len(comparison.areas))}: {', '.join(parts)}."


def _by_relation(comparison: Comparison, *, all_areas: bool) -> Iterator[Section]:
    """Yield the areas in groups, those that differ first; the others only if all are asked for."""
    left, right = comparison.partnerships
    for relation, title in _RELATION_TITLES.items():
        rows = [(*side_row(row), Cell(relation.value)) for row in comparison.areas if row.relation is relation]
        if rows and (all_areas or relation not in {Relation.BOTH, Relation.NEITHER}):
            yield Section(tuple(rows), f"{title.format(left=left.name, right=right.name)} ({len(rows)})")


def _identity(partnerships: Sequence[Partnership]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows on who, when and who signed; they have a cell for each column of the table around them."""
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


def _sides(comparison: Comparison, *, all_areas: bool) -> Table:
    rows = comparison.areas if all_areas else comparison.differing
    ordered = sorted(rows, key=lambda row: (not row.differs, row.extents, row.area.number))
    labels = [side.label for side in comparison.sides]
    members = {side.label: ", ".join(p.name for p in side.partnerships) for side in comparison.sides}
    return Table(
        title=" | ".join(labels),
        columns=side_columns(labels),
        header=side_header(labels),
        sections=tuple(
            Section(tuple(map(side_row, run)), _extents_title(labels, extents))
            for extents, run in groupby(ordered, lambda row: row.extents)
        ),
        # A partner by its own name needs no list; a group that has one member here does.
        remarks=(*(f"{s}: {m}." for s, m in members.items() if s != m), *_overlaps(comparison.sides)),
        wide=False,
        data=_sides_data(comparison),
    )


def _extents_title(labels: Sequence[str], extents: Sequence[str]) -> str:
    """Say which sides have an area: 'Japan and Republic of Korea, not India', 'NATO allies, not EFTA states'."""
    conjunctions = {"none": "or", "some": "and some of"}
    sides = {extent: [s for s, e in zip(labels, extents, strict=True) if e == extent] for extent in _EXTENTS}
    title = ", ".join(
        _EXTENTS[extent] + listed(names, conjunctions.get(extent, "and")) for extent, names in sides.items() if names
    )
    return title[0].upper() + title[1:]


def _overlaps(sides: Sequence[Operand]) -> Iterator[str]:
    """Yield a sentence for each two sides that share partners."""
    for left, right in combinations(sides, 2):
        both = [p.name for p in left.partnerships if p in right.partnerships]
        if both:
            yield f"On both sides, {left.label} and {right.label}: {listed(both)}."


def side_columns(names: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of a table of areas by sides."""
    return (NUMBER, AREA_ID, AREA_BESIDE_WORDS, *map(Column, names))


def side_header(names: Iterable[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return the header of a table of areas by sides."""
    return ((Cell(), *headings("Area", *names)),)


def side_row(row: AreaComparison) -> tuple[Cell, ...]:
    """Return an area with its status for a side of one partner, and with how many have it for a group."""
    looks = {"all": Look.COVERED, "none": Look.NOT_COVERED, "unknown": Look.UNKNOWN}
    return (
        *area_cells(row.area),
        *(
            status_words(statuses[0])
            if len(statuses) == 1
            else Cell(tally.words, look=looks.get(tally.extent, Look.PLAIN))
            for tally, statuses in zip(row.tallies, row.statuses, strict=True)
        ),
    )


def _with_evidence(dataset: Dataset, comparison: Comparison, plain: Table) -> Table:
    """Return the comparison with a footnote at each side of each area; the same evidence is given once."""
    sources, words = Sources("S"), dict[str, str]()
    explained = {
        row.area.id: [[explain_field(dataset, p, row.area.id) for p in side.partnerships] for side in comparison.sides]
        for row in comparison.areas
    }
    names = plain.columns[_FIRST : _FIRST + len(comparison.sides)]

    def footnoted(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        sides, end = explained[cells[1].text], _FIRST + len(names)
        markers = [words.setdefault(_brief(side, sources), str(len(words) + 1)) for side in sides]
        noted = (replace(cell, notes=(m,)) for cell, m in zip(cells[_FIRST:end], markers, strict=True))
        return (*cells[:_FIRST], *noted, *cells[end:], *map(_grades, sides))

    sections = tuple(
        replace(s, rows=tuple((*row, *[Cell()] * len(names)) if s.people_only else footnoted(row) for row in s.rows))
        for s in plain.sections
    )
    sides = ("left", "right") if comparison.is_pair else [name.id for name in names]
    data = _pair_data if comparison.is_pair else _sides_data
    return replace(
        plain,
        columns=(*plain.columns, *(Column(f"{side}_grade", machine_only=True) for side in sides)),
        sections=sections,
        notes=(*(Note(marker, f"{text}.") for text, marker in words.items()), *sources.notes(dataset)),
        data=lambda: data(comparison, {area: _support(dataset, sides) for area, sides in explained.items()}),
    )


def _brief(side: Sequence[Explanation], sources: Sources) -> str:
    """Return what a side rests on; of several partners, who has which status, and on what."""
    if len(side) == 1:
        return in_brief(side[0], sources)
    alike: dict[str, list[str]] = {}
    for explanation in side:
        brief = f"{value_words(explanation.field, explanation.value)}, {in_brief(explanation, sources)}"
        alike.setdefault(brief.replace("unknown, unknown", "unknown"), []).append(explanation.partnership.name)
    return ". ".join(f"{listed(names)}: {brief}" for brief, names in alike.items())


def _grades(side: Sequence[Explanation]) -> Cell:
    """Return the grade of a side; of several partners, each with its own."""
    if len(side) == 1:
        return Cell(str(side[0].grade))
    return Cell("; ".join(f"{explanation.partnership.id}: {explanation.grade}" for explanation in side))


def _support(dataset: Dataset, sides: Iterable[Sequence[Explanation]]) -> list[dict[str, Json]]:
    return [{e.partnership.id: support_data(dataset, e) for e in side} for side in sides]


_Evidence = Mapping[str, Sequence[Mapping[str, Json]]]
"""By area, for each side, the support of each of its partners."""


def _pair_data(comparison: Comparison, evidence: _Evidence | None = None) -> Json:
    left, right = comparison.partnerships
    areas: list[Json] = []
    for row in comparison.areas:
        data = {**area_data(row.area), "left": str(row.statuses[0][0]), "right": str(row.statuses[1][0])}
        data["relation"] = str(row.relation)
        if evidence:
            on_left, on_right = evidence[row.area.id]
            data["evidence"] = {"left": on_left[left.id], "right": on_right[right.id]}
        areas.append(data)
    return {
        "left": partner_data(left),
        "right": partner_data(right),
        "summary": {relation.replace("-", "_"): count for relation, count in comparison.summary.items()},
        "areas": areas,
    }


def _sides_data(comparison: Comparison, evidence: _Evidence | None = None) -> Json:
    areas: list[Json] = [
        {**tally_data(row), "differs": row.differs}
        | ({"evidence": [{**side} for side in evidence[row.area.id]]} if evidence else {})
        for row in comparison.areas
    ]
    return {"sides": [side_data(side) for side in comparison.sides], "areas": areas}


def side_data(side: Operand) -> Json:
    """Return a side of a comparison."""
    return {"label": side.label, "partners": [partner_data(p) for p in side.partnerships]}


def tally_data(row: AreaComparison) -> dict[str, Json]:
    """Return an area with how many of each side have it."""
    sides: list[Json] = [
        {"present": t.present, "absent": t.absent, "unknown": t.unknown, "extent": t.extent} for t in row.tallies
    ]
    return {**area_data(row.area), "sides": sides}
