"""Two partnerships side by side as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sdp_matrix.analysis.comparison import AreaPair, Comparison
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import EU, Relation
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

_RELATION_TITLES = {
    Relation.ONLY_LEFT: "Only {left}",
    Relation.ONLY_RIGHT: "Only {right}",
    Relation.DIFFERS_IN_KIND: "Both, but not the same status",
    Relation.UNKNOWN: "Not known on one side or both",
    Relation.BOTH: "Both",
    Relation.NEITHER: "Neither",
}


def pair(found: Comparison, *, all_areas: bool) -> Table:
    """Who, when and who signed; the counts; then the areas that differ, grouped, with all areas the others too."""
    left, right = found.left, found.right
    return Table(
        title=f"{left.name} and {right.name}",
        columns=(
            NUMBER,
            AREA_ID,
            AREA_BESIDE_WORDS,
            Column(left.id),
            Column(right.id),
            Column("relation", machine_only=True),
        ),
        header=((Cell(), *headings("", left.name, right.name)),),  # the rows are facts and areas
        sections=(
            Section(tuple(_identity((left, right))), people_only=True),
            Section((), _counts(found), people_only=True),
            *_by_relation(found, all_areas=all_areas),
        ),
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
