"""Likeness as tables: the partners nearest to one, all by all, all pairs, and what tells partners apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sdp_matrix.formats.table import Cell, Column, Look, Section, Table
from sdp_matrix.views import marks
from sdp_matrix.views.parts import AREA, AREA_ID, NUMBER, area_cells, area_data, headings, partner_data, source_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sdp_matrix.analysis.distinguishing import Apart
    from sdp_matrix.analysis.similarity import Likeness, Pair, Similarity
    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Area, Partnership

_K_OF_N = (
    "k of n: alike in k of the n areas known on both sides, both present (covered or already existing) or both not. "
    "Matching is k/n; Jaccard is the share both have of the areas that one of them has, or both."
)
_ORDER = "In order of matching, then of the areas known, then of names."
_ENOUGH = 10
_SMALL = f"Where n is below {_ENOUGH} the coefficients say little: a few more known areas may turn them round."
_COUNTS = ("alike", "known", "both", "either")
_FIRST = 10
"""So many pairs are named in a remark."""


def nearest(dataset: Dataset, subject: Partnership, pairs: Sequence[Pair]) -> Table:
    """The partners most alike to one, with the areas that tell them apart."""
    rows = tuple((Cell(p.right.id), Cell(p.right.name), *_measures(p), *_telling(p)) for p in pairs)
    return Table(
        title=f"Partners most alike to {subject.name}",
        columns=(
            Column("partner_id", machine_only=True),
            Column("partner"),
            *_MEASURES,
            Column("only_left", grows=True),
            Column("only_right", grows=True),
        ),
        header=(headings("Partner", "k of n", "Matching", "Jaccard", f"Only {subject.short_name}", "Only partner"),),
        sections=(Section(rows),),
        remarks=(
            _K_OF_N,
            f"{_ORDER} Numbers are those of areas; sdp diff {subject.id} PARTNER names them.",
            *_few(p.likeness for p in pairs),
        ),
        source=source_line(dataset, [subject, *(p.right for p in pairs)]),
        wide=False,
        data={"partner": partner_data(subject), "nearest": [_pair_data(p, ("right",)) for p in pairs]},
    )


def pairs(dataset: Dataset, found: Similarity) -> Table:
    """All pairs of partners, the most alike first."""
    listed = found.pairs()
    rows = tuple(
        (Cell(p.left.id), Cell(p.right.id), Cell(p.left.name), Cell(p.right.name), *_measures(p), *_telling(p))
        for p in listed
    )
    return Table(
        title=f"Pairs of {len(found.context.partnerships)} partners, the most alike first",
        columns=(
            *(Column(name, machine_only=True) for name in ("left_id", "right_id")),
            *(Column(name) for name in ("left", "right")),
            *_MEASURES,
            Column("only_left", grows=True),
            Column("only_right", grows=True),
        ),
        header=(headings("First", "Second", "k of n", "Matching", "Jaccard", "Only 1st", "Only 2nd"),),
        sections=(Section(rows),),
        remarks=(_K_OF_N, f"{_ORDER} Numbers are those of areas.", *_few(p.likeness for p in listed)),
        source=source_line(dataset, found.context.partnerships),
        wide=False,
        data=[_pair_data(p, ("left", "right")) for p in listed],
    )


_MEASURES = (
    Column("k_of_n", align="right"),
    *(Column(name, machine_only=True) for name in _COUNTS),
    Column("matching", align="right"),
    Column("jaccard", align="right"),
)


def _few(likenesses: Iterable[Likeness]) -> tuple[str, ...]:
    return (_SMALL,) if any(like.known < _ENOUGH for like in likenesses) else ()


def _measures(pair: Pair) -> tuple[Cell, ...]:
    """The cells of the columns of measures."""
    like = pair.likeness
    counts = (Cell(str(value), value=value) for value in (like.alike, like.known, like.both, like.either))
    look = Look.PLAIN if like.known else Look.UNKNOWN
    return Cell(like.words, look=look), *counts, _coefficient(like.matching), _coefficient(like.jaccard)


def _coefficient(value: float | None) -> Cell:
    return Cell("", value="") if value is None else Cell(f"{value:.2f}", value=round(value, 4))


def _telling(pair: Pair) -> tuple[Cell, Cell]:
    """The areas that only the left one has, and those that only the right one has."""
    return _numbers(pair.only_left), _numbers(pair.only_right)


def _numbers(areas: Sequence[Area]) -> Cell:
    return Cell(" ".join(str(a.number) for a in areas) or "–", value=" ".join(a.id for a in areas))


def _pair_data(pair: Pair, sides: Sequence[str]) -> dict[str, Json]:
    like = pair.likeness
    partners = {"left": pair.left, "right": pair.right}
    return {
        **{"partner" if len(sides) == 1 else side: partners[side].id for side in sides},
        **{name: getattr(like, name) for name in _COUNTS},
        "matching": None if like.matching is None else round(like.matching, 4),
        "jaccard": None if like.jaccard is None else round(like.jaccard, 4),
        "only_left": [a.id for a in pair.only_left],
        "only_right": [a.id for a in pair.only_right],
    }


def similarity(dataset: Dataset, found: Similarity) -> Table:
    """All partners by all partners: k/n, like beside like."""
    partnerships = found.context.partnerships
    rows = tuple(
        (Cell(p.id), Cell(p.name, short=p.short_name), *map(_share, found.alike[i], found.known[i]))
        for i, p in enumerate(partnerships)
    )
    return Table(
        title=f"How alike {len(partnerships)} partners are in {len(found.context.areas)} areas",
        columns=(
            Column("partner_id", machine_only=True),
            Column("partner"),
            *(Column(p.id, align="center") for p in partnerships),
        ),
        header=(headings("", *(p.short_name for p in partnerships)),),
        sections=(Section(rows),),
        legend=((Cell("k/n"), "alike in k of the n areas known on both sides"),),
        remarks=(
            f"Like stands beside like, by {found.method}.",
            "--pairs lists the pairs with coefficients and differences, --apart the fewest areas that tell all apart.",
        ),
        source=source_line(dataset, partnerships),
        data={
            "partners": [partner_data(p) for p in partnerships],
            "method": found.method.name.lower(),
            "alike": [list(row) for row in found.alike],
            "known": [list(row) for row in found.known],
        },
    )


@cache
def _share(alike: int, known: int) -> Cell:
    if not known:
        return Cell("?", value="unknown", look=Look.UNKNOWN)
    # "8/9" would become a date in a spreadsheet.
    return Cell(f"{alike}/{known}", value=f"{alike} of {known}")


def apart(dataset: Dataset, found: Apart) -> Table:
    """A smallest set of areas that tells the partners apart, with their marks."""
    partnerships = found.context.partnerships
    statuses = {(p.id, a.id): p.status(a.id) for p in partnerships for a in found.areas}
    rows = tuple((*area_cells(a), *(marks.mark(statuses[p.id, a.id]) for p in partnerships)) for a in found.areas)
    return Table(
        title=_apart_title(found),
        columns=(NUMBER, AREA_ID, AREA, *(Column(p.id, align="center") for p in partnerships)),
        header=((Cell(), Cell(), *headings(*(p.short_name for p in partnerships))),),
        sections=(Section(rows),),
        legend=marks.legend(statuses.values()),
        remarks=tuple(_apart_remarks(found)),
        source=source_line(dataset, partnerships),
        wide=False,
        data={
            "areas": [area_data(a) for a in found.areas],
            "smallest": found.smallest,
            "partners": [partner_data(p) for p in partnerships],
            "identical": [[p.id for p in alike] for alike in found.identical],
            "undecided": [[one.id, other.id] for one, other in found.undecided],
        },
    )


def _apart_title(found: Apart) -> str:
    if not found.areas:
        return f"No area tells any of {len(found.context.partnerships)} partners apart"
    size = "1 area tells" if len(found.areas) == 1 else f"{len(found.areas)} areas tell"
    exceptions = " as far as any can" if found.identical or found.undecided else ""
    return f"{size} {len(found.context.partnerships)} partners apart{exceptions}"


def _apart_remarks(found: Apart) -> Iterable[str]:
    if found.areas and found.smallest:
        yield "No smaller set of areas does this; others of the same size may."
    elif found.areas:
        yield "Not proven smallest: the search was stopped; a smaller set may exist."
    for alike in found.identical:
        yield f"{' and '.join(p.name for p in alike)} are the same in every area."
    if found.undecided:
        named = [f"{one.name} and {other.name}" for one, other in found.undecided[:_FIRST]]
        more = [f"and {len(found.undecided) - _FIRST} more pairs"] * (len(found.undecided) > _FIRST)
        yield f"Not told apart by any area known on both sides: {'; '.join(named + more)}."
