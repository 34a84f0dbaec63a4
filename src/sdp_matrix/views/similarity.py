"""One partner beside all others as a table: who is most alike to it, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sdp_matrix.analysis.similarity import Pair, Portrait
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.views.frame import framed
from sdp_matrix.views.parts import headings, partner_data

_K_OF_N = (
    "k of n: alike in k of the n areas known on both sides, both present (covered or already existing) or both not. "
    "Matching is k/n; Jaccard is the share both have of the areas that one of them has, or both."
)
_ENOUGH = 10
_SMALL = f"Where n is below {_ENOUGH} the coefficients say little: a few more known areas may turn them round."
_COUNTS = ("alike", "known", "both", "either")


def portrait(dataset: Dataset, found: Portrait) -> Table:
    """Show the partners most alike to one, with the areas that tell them apart."""
    subject = found.partnership
    rows = tuple((Cell(p.right.id), Cell(p.right.name), *_measures(p), *_telling(p)) for p in found.nearest)
    table = Table(
        title=f"Partners most alike to {subject.name}",
        columns=(
            Column("partner_id", machine_only=True),
            Column("partner"),
            Column("k_of_n", align="right"),
            *(Column(name, machine_only=True) for name in _COUNTS),
            Column("matching", align="right"),
            Column("jaccard", align="right"),
            Column("only_left", grows=True),
            Column("only_right", grows=True),
        ),
        header=(headings("Partner", "k of n", "Matching", "Jaccard", f"Only {subject.short_name}", "Only partner"),),
        sections=(Section(rows),),
        remarks=tuple(_remarks(found)),
        hints=(f"sdp diff {subject.id} PARTNER names the areas",),
        wide=False,
        data={
            "partner": partner_data(subject),
            "only": [area.id for area in found.only],
            "only_without": [area.id for area in found.only_without],
            "nearest": [{"partner": p.right.id, **pair_data(p)} for p in found.nearest],
        },
    )
    return framed(dataset, table, found.scope, fields=[area.id for area in dataset.areas])


def _remarks(found: Portrait) -> Iterable[str]:
    name = found.partnership.name
    if found.only:
        yield f"Only {name} has: {_labels(found.only)}."
    if found.only_without:
        yield f"All others have, {name} has not: {_labels(found.only_without)}."
    yield _K_OF_N
    yield "Numbers are those of areas."
    if any(pair.score.known < _ENOUGH for pair in found.nearest):
        yield _SMALL


def _labels(areas: Sequence[Area]) -> str:
    return "; ".join(f"{area.number} {area.label}" for area in areas)


def _measures(pair: Pair) -> tuple[Cell, ...]:
    """The cells of the columns of measures."""
    score = pair.score
    counts = (Cell(str(value), value=value) for value in (score.alike, score.known, score.both, score.either))
    look = Look.PLAIN if score.known else Look.UNKNOWN
    return Cell(score.words, look=look), *counts, _coefficient(score.matching), _coefficient(score.jaccard)


def _coefficient(value: float | None) -> Cell:
    return Cell("", value="") if value is None else Cell(f"{value:.2f}", value=round(value, 4))


def _telling(pair: Pair) -> tuple[Cell, Cell]:
    """The areas that only the left one has, and those that only the right one has."""
    return _numbers(pair.only_left), _numbers(pair.only_right)


def _numbers(areas: Sequence[Area]) -> Cell:
    return Cell(" ".join(str(a.number) for a in areas) or "–", value=" ".join(a.id for a in areas))


def pair_data(pair: Pair) -> dict[str, Json]:
    """How alike two partners are, in the shape of docs/json.md."""
    score = pair.score
    return {
        **{name: getattr(score, name) for name in _COUNTS},
        "matching": None if score.matching is None else round(score.matching, 4),
        "jaccard": None if score.jaccard is None else round(score.jaccard, 4),
        "only_left": [a.id for a in pair.only_left],
        "only_right": [a.id for a in pair.only_right],
    }
