"""How much a verdict hangs on doubtful cells: the fewest that would have to be otherwise for it to change.

A cell is doubtful where its grade is contested, single-source or unknown; it could be any other status that is known.
The search is exact. A statement on one area is tried with every choice of its cells. Where areas are counted, the areas
do not depend on each other: the cheapest ways to move each are found first, and then put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TypeAlias

from sdp_matrix.analysis.claims import area_counts, exactly_these, within
from sdp_matrix.analysis.factcheck import FactcheckResult, factcheck, verdict
from sdp_matrix.analysis.grading import grade
from sdp_matrix.model import statement
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Grade, Status, Verdict

DOUBTFUL = frozenset({Grade.CONTESTED, Grade.SINGLE_SOURCE, Grade.UNKNOWN})
"""Grades of cells that could well be otherwise."""

MOST = 3
"""More cells than this at once are not searched."""

_KNOWN = (Status.COVERED, Status.NOT_COVERED, Status.ALREADY_EXISTS)


@dataclass(frozen=True, slots=True)
class DoubtfulCell:
    """A cell that a verdict may hang on."""

    partnership: Partnership
    area: Area
    grade: Grade
    status: Status
    """What it would have to be."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """The fewest doubtful cells that decide a verdict."""

    bears_on_cells: bool
    """Whether the statement is about cells at all, and not about dates, groups or numbers."""
    cells: tuple[DoubtfulCell, ...] = ()
    """One choice of the fewest; empty where no three doubtful cells together change the verdict."""
    verdict: Verdict | None = None
    """What the verdict would be."""


_Change: TypeAlias = "tuple[tuple[str, str, Status], ...]"
"""Partner, area and new status of some cells."""


def robustness(dataset: Dataset, *names: str, as_of: date | None = None) -> Mapping[str, Robustness]:
    """The fewest doubtful cells that the verdict on each statement hangs on, by its id; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> found = load().robustness("consular-matters-two")["consular-matters-two"]
    >>> [(cell.partnership.id, cell.area.number) for cell in found.cells]
    [('united-kingdom', 19)]
    """
    return {result.statement.id: fewest(dataset, result) for result in factcheck(dataset, *names, as_of=as_of)}


def fewest(dataset: Dataset, result: FactcheckResult) -> Robustness:
    """Find the fewest doubtful cells, up to three, that would have to be otherwise for a verdict to change."""
    claim = result.statement.check
    match claim:
        case statement.PartnersWithArea():
            found = _in_one_area(dataset, result, claim)
        case statement.CommonAreas() | statement.DifferingAreas():
            found = _in_all_areas(dataset, result, claim)
        case _:
            return Robustness(bears_on_cells=False)
    best = min(found, key=lambda one: len(one[0]), default=None)
    if best is None:
        return Robustness(bears_on_cells=True)
    change, otherwise = best
    return Robustness(bears_on_cells=True, cells=tuple(_cell(dataset, *one) for one in change), verdict=otherwise)


def _cell(dataset: Dataset, partner: str, area: str, status: Status) -> DoubtfulCell:
    partnership = dataset.partner(partner)
    return DoubtfulCell(partnership, dataset.area(area), grade(dataset, partnership, area), status)


def _pools(dataset: Dataset, result: FactcheckResult) -> list[tuple[Partnership, ...]]:
    """The partnerships that a statement was checked on: now, and on its day where it names one."""
    outcomes = [result.now, *([result.then] if result.then else [])]
    return [tuple(dataset.partner(partner) for partner in outcome.partners) for outcome in outcomes]


def _doubtful(dataset: Dataset, pools: Sequence[Sequence[Partnership]], area: str) -> list[Partnership]:
    """The partners of which the cell is doubtful."""
    everyone = {p.id: p for pool in pools for p in pool}
    return [p for p in everyone.values() if grade(dataset, p, area) in DOUBTFUL]


def _changes(partners: Sequence[Partnership], area: str) -> Iterator[_Change]:
    """Every way to change up to three cells of an area, the fewest first."""
    for size in range(1, MOST + 1):
        for chosen in combinations(partners, size):
            others = ([s for s in _KNOWN if s is not p.status(area)] for p in chosen)
            for statuses in product(*others):
                yield tuple((p.id, area, status) for p, status in zip(chosen, statuses, strict=True))


def _statuses(pool: Sequence[Partnership], area: str, change: _Change) -> dict[str, Status]:
    """The statuses of an area once some cells are changed."""
    new = {partner: status for partner, _, status in change}
    return {p.id: new.get(p.id, p.status(area)) for p in pool}


def _in_one_area(
    dataset: Dataset, result: FactcheckResult, claim: statement.PartnersWithArea
) -> Iterator[tuple[_Change, Verdict]]:
    pools = _pools(dataset, result)
    if _is_settled(result, "partners"):
        return
    for change in _changes(_doubtful(dataset, pools, claim.area), claim.area):
        after = [_statuses(pool, claim.area, change) for pool in pools]
        holds = [exactly_these({p: claim.counting.holds(s) for p, s in one.items()}, claim.exactly) for one in after]
        if (otherwise := verdict(holds[0], holds[-1])) is not result.verdict:
            yield change, otherwise
            return  # the fewest come first


def _is_settled(result: FactcheckResult, figure: str) -> bool:
    """Whether an outcome rests on something else than cells: a partnership that is not there, or has no date."""
    return any(figure not in outcome.figures for outcome in (result.now, result.then) if outcome)


_Signature: TypeAlias = "tuple[bool | None, ...]"
"""Whether an area counts, for each pool."""


def _in_all_areas(
    dataset: Dataset, result: FactcheckResult, claim: statement.CommonAreas | statement.DifferingAreas
) -> Iterator[tuple[_Change, Verdict]]:
    if _is_settled(result, "least"):
        return
    pools = _pools(dataset, result)
    sums: dict[tuple[int, ...], _Change] = {(0,) * 2 * len(pools): ()}
    for area in dataset.areas:
        sums = _added(sums, _moves(dataset, claim, pools, area.id))
    for figures, change in sums.items():
        pairs = zip(figures[::2], figures[1::2], strict=True)
        holds = [within(certain, certain + open_, claim) for certain, open_ in pairs]
        if (otherwise := verdict(holds[0], holds[-1])) is not result.verdict:
            yield change, otherwise


def _moves(
    dataset: Dataset,
    claim: statement.CommonAreas | statement.DifferingAreas,
    pools: Sequence[Sequence[Partnership]],
    area: str,
) -> dict[_Signature, _Change]:
    """What an area can be made to count as, each with the fewest changes."""

    def signature(change: _Change) -> _Signature:
        return tuple(area_counts(claim, [*_statuses(pool, area, change).values()]) for pool in pools)

    found: dict[_Signature, _Change] = {signature(()): ()}
    for change in _changes(_doubtful(dataset, pools, area), area):
        found.setdefault(signature(change), change)
    return found


def _added(
    sums: Mapping[tuple[int, ...], _Change], moves: Mapping[_Signature, _Change]
) -> dict[tuple[int, ...], _Change]:
    """Every sum of areas that count, and that may count, with one area more; each with the fewest changes."""
    found: dict[tuple[int, ...], _Change] = {}
    for figures, before in sums.items():
        for signature, more in moves.items():
            if len(change := before + more) > MOST:
                continue
            step = [n for holds in signature for n in (holds is True, holds is None)]
            total = tuple(a + b for a, b in zip(figures, step, strict=True))
            if total not in found or len(change) < len(found[total]):
                found[total] = change
    return found
