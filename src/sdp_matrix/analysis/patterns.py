"""Patterns: common and unique areas, which areas always or never occur together, and which partners are alike.

An area counts as present if it is covered or already exists; an unknown one is neither present nor absent. Two partners
are alike in an area if both have it, or both are known not to; so every number comes with the number of known areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.scope import Scope, select
from sdp_matrix.analysis.selection import Partners
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Word

Row: TypeAlias = tuple[bool | None, ...]

MIN_SUPPORT = 2  # one partner alone is not a pattern


@dataclass(frozen=True)
class Spread:
    """Areas that the same partners have, lack, and leave unknown."""

    areas: tuple[Area, ...]
    present: tuple[Partnership, ...]
    absent: tuple[Partnership, ...]
    unknown: tuple[Partnership, ...]

    @property
    def known(self) -> int:
        """Return for how many partners it is known."""
        return len(self.present) + len(self.absent)

    @property
    def kind(self) -> str:
        """Return unstated, common, never, unique, near_universal (at least three in four of those known), or some."""
        if not self.known:
            return "unstated"
        if not self.absent:
            return "common"
        few = {0: "never", 1: "unique"}
        # three in four, in whole numbers
        return few.get(len(self.present), "near_universal" if 4 * len(self.present) >= 3 * self.known else "some")


class CooccurrenceKind(Word):
    """How areas occur with each other, among the partners of which all of them are known."""

    TOGETHER = "together", "Every partner has all of the areas or none."
    COMPLEMENT = "complement", "Every partner has exactly one of two areas."
    INCOMPATIBLE = "incompatible", "No partner has both of two areas, and some partner has neither."


@dataclass(frozen=True)
class Cooccurrence:
    """Areas that always or never occur together."""

    kind: CooccurrenceKind
    areas: tuple[Area, ...]
    supporters: tuple[Partnership, ...]
    """The partners that have all the areas, or one of two areas that exclude each other."""
    left_out: tuple[Partnership, ...]  # the partners of which an area is unknown
    known: int


@dataclass(frozen=True)
class Pair:
    """Two partners, their similarity and their differences."""

    left: Partnership
    right: Partnership
    known: int  # how many areas are known for both
    only_left: tuple[Area, ...]  # areas that the left partner has and the right one is known not to have
    only_right: tuple[Area, ...]

    @property
    def alike(self) -> int:
        """Return in how many areas they are alike."""
        return self.known - len(self.only_left) - len(self.only_right)


@dataclass(frozen=True, repr=False)
class Patterns(Result):
    """Patterns of all partners and areas of a scope, as far as they are known."""

    partnerships: tuple[Partnership, ...]
    areas: tuple[Area, ...]
    spreads: tuple[Spread, ...]
    """All areas; those with the same partners are in one spread."""
    together: tuple[Cooccurrence, ...]
    """Areas of which each partner has all or none, as far as known; the best supported first."""
    relations: tuple[Cooccurrence, ...]
    """Pairs of areas that exclude each other, complements first."""
    nearest: tuple[Pair, ...]
    """Each partner, on the left, with the one most alike to it."""

    def of_kind(self, kind: str) -> list[Spread]:
        """Return the areas that as many partners have: common, near_universal, unique, never or unstated."""
        return [spread for spread in self.spreads if spread.kind == kind]


def patterns(dataset: Dataset, *partners: Partners) -> Patterns:
    """Find what is common, unique or together, and who is alike, among the partners selected, else those of Table 1.

    Areas occur together if two partners or more have them all, and some partner is known to have none.

    >>> best = load().patterns().together[0]
    >>> [area.number for area in best.areas], len(best.supporters), best.known
    ([5, 15, 16, 18], 6, 9)
    """
    scope = select(dataset, *partners)
    if len(scope.partnerships) < MIN_SUPPORT:
        (only,) = scope.partnerships
        raise RequestError(f"one partner has no patterns; name more, or compare it with all others: sdp diff {only.id}")
    spreads = list(_spreads(scope))
    return Patterns(
        partnerships=scope.partnerships,
        areas=scope.areas,
        spreads=tuple(sorted(spreads, key=lambda s: (-len(s.present), s.areas[0].number))),
        together=tuple(sorted(_together(scope, spreads), key=lambda group: -len(group.supporters))),
        relations=tuple(sorted(_exclusive(scope), key=lambda pair: list(CooccurrenceKind).index(pair.kind))),
        nearest=nearest_of_each(scope.partnerships, scope.areas),
        dataset=dataset,
        scope=scope,
    )


def _presence(partnership: Partnership, areas: Iterable[Area]) -> Row:
    return tuple(partnership.status(area.id).present for area in areas)


def _spreads(scope: Scope) -> Iterator[Spread]:
    same: dict[Row, list[Area]] = {}
    for area in scope.areas:
        same.setdefault(tuple(p.status(area.id).present for p in scope.partnerships), []).append(area)
    for column, areas in same.items():
        partners = list(zip(scope.partnerships, column, strict=True))
        yield Spread(tuple(areas), *(tuple(p for p, has in partners if has is value) for value in (True, False, None)))


def _together(scope: Scope, spreads: Iterable[Spread]) -> Iterator[Cooccurrence]:
    """Group areas that some partner lacks, so that no partner has one area of a group and lacks another.

    With unknown cells this is not transitive, so an area joins the first group in which it agrees with all areas.
    """
    groups: list[list[Area]] = []
    for spread in spreads:
        joined = next((group for group in groups if _agree(scope, [*group, *spread.areas])), None)
        if spread.absent and joined is not None:
            joined += spread.areas
        elif spread.absent and _agree(scope, spread.areas):
            groups.append(list(spread.areas))
    ordered = ([area for area in scope.areas if area in group] for group in groups if len(group) > 1)
    for group in sorted(ordered, key=lambda group: group[0].number):
        yield _cooccurrence(scope, CooccurrenceKind.TOGETHER, group)


def _agree(scope: Scope, areas: Sequence[Area]) -> bool:
    """Return whether enough partners have all the areas, and no partner has one and lacks another."""
    rows = [set(_presence(p, areas)) for p in scope.partnerships]
    return not any({True, False} <= row for row in rows) and rows.count({True}) >= MIN_SUPPORT


def _exclusive(scope: Scope) -> Iterator[Cooccurrence]:
    """Yield the pairs of areas that both occur, but never with the same partner, in the order of the areas."""
    for pair in combinations(scope.areas, 2):
        rows = {_presence(p, pair) for p in scope.partnerships}
        if (True, True) not in rows and {(True, False), (False, True)} <= rows:
            neither = (False, False) in rows
            yield _cooccurrence(scope, CooccurrenceKind.INCOMPATIBLE if neither else CooccurrenceKind.COMPLEMENT, pair)


def _cooccurrence(scope: Scope, kind: CooccurrenceKind, areas: Sequence[Area]) -> Cooccurrence:
    rows = [(p, _presence(p, areas)) for p in scope.partnerships]
    wanted = all if kind is CooccurrenceKind.TOGETHER else any  # of areas that exclude each other nobody has both
    known = [(p, row) for p, row in rows if None not in row]
    return Cooccurrence(
        kind=kind,
        areas=tuple(areas),
        supporters=tuple(p for p, row in known if wanted(row)),
        left_out=tuple(p for p, row in rows if None in row),
        known=len(known),
    )


def pair(areas: Iterable[Area], left: Partnership, right: Partnership) -> Pair:
    """Compare two partners in some areas."""
    rows = [(area, (left.status(area.id).present, right.status(area.id).present)) for area in areas]
    known = sum(None not in row for _, row in rows)
    only = {own: tuple(area for area, row in rows if row == (own, not own)) for own in (True, False)}
    return Pair(left, right, known, only[True], only[False])


def nearest_of_each(partnerships: Sequence[Partnership], areas: Sequence[Area]) -> tuple[Pair, ...]:
    """Return for each partner, which is on the left, the one most alike to it."""
    by_name = _by_name(partnerships)
    others = {p.id: [other for other in by_name if other.id != p.id] for p in partnerships}
    return tuple(_nearest(areas, p, others[p.id]) for p in partnerships if others[p.id])


def _nearest(areas: Sequence[Area], partnership: Partnership, others: Iterable[Partnership]) -> Pair:
    return max((pair(areas, partnership, other) for other in others), key=_closeness)


def _closeness(two: Pair) -> int:
    # An area unknown for one of them counts half, or a partner of whom little is known would often be the nearest.
    return 2 * two.alike - two.known


def in_order_of_similarity(partnerships: Iterable[Partnership], areas: Sequence[Area]) -> tuple[Partnership, ...]:
    """Return the partners ordered by similarity: the two nearest first, then always the nearest to the last."""
    rest = _by_name(partnerships)
    first = max(nearest_of_each(rest, areas), key=_closeness).left if len(rest) > 1 else rest[0]
    chain = [first]
    while rest := [p for p in rest if p.id != chain[-1].id]:
        chain.append(_nearest(areas, chain[-1], rest).right)
    return tuple(chain)


def _by_name(partnerships: Iterable[Partnership]) -> list[Partnership]:
    return sorted(partnerships, key=lambda p: (p.name, p.id))  # so that ties do not depend on the question
