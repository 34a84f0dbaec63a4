"""Patterns: common and unique areas, which areas always or never occur together, and which partners are alike.

An area counts as present if it is covered or already exists. What is unknown is neither present nor absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sdp_matrix.analysis import similarity
from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Scope, Selection
from sdp_matrix.analysis.similarity import Pair, known_scope
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area

MIN_SUPPORT = 2
"""One partner alone is no pattern."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Areas that the same partners have, lack, and leave unknown."""

    areas: tuple[Area, ...]
    present: tuple[Partnership, ...]
    absent: tuple[Partnership, ...]
    unknown: tuple[Partnership, ...]

    @property
    def known(self) -> int:
        """How many partners are known here."""
        return len(self.present) + len(self.absent)


class CooccurrenceKind(StrEnum):
    """How areas occur with each other, over the partners known in all of them."""

    TOGETHER = "together"
    """Every partner has all of the areas or none."""
    COMPLEMENT = "complement"
    """Every partner has exactly one of two areas."""
    INCOMPATIBLE = "incompatible"
    """No partner has both of two areas, and some partner has neither."""


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """Areas that always or never occur together."""

    kind: CooccurrenceKind
    areas: tuple[Area, ...]
    supporters: tuple[Partnership, ...]
    """The partners that have all the areas; of two areas that exclude each other, one."""
    left_out: tuple[Partnership, ...]
    """The partners of which one of these areas, or more, is unknown."""
    known: int


@dataclass(frozen=True, slots=True, repr=False)
class Patterns(Result):
    """What holds for a whole table, as far as it is known."""

    partnerships: tuple[Partnership, ...]
    areas: tuple[Area, ...]
    min_support: int
    spreads: tuple[Spread, ...]
    """All areas; those with the same partners are in one spread."""
    identical: tuple[tuple[Partnership, ...], ...]
    """Partners whose areas are the same throughout, the unknown ones included."""
    together: tuple[Cooccurrence, ...]
    """Areas of which every partner known has all or none, the best supported first."""
    relations: tuple[Cooccurrence, ...]
    """Pairs of areas that exclude each other, complements first."""
    nearest: tuple[Pair, ...]
    """For each partner, which is on the left, the one most alike to it."""

    @property
    def common(self) -> tuple[Spread, ...]:
        """Areas that every partner known has."""
        return tuple(s for s in self.spreads if s.present and not s.absent)

    @property
    def near_universal(self) -> tuple[Spread, ...]:
        """Areas that at least three in four of the partners known have, but not all."""
        return tuple(s for s in self.spreads if s.absent and 4 * len(s.present) >= 3 * s.known)

    @property
    def unique(self) -> tuple[Spread, ...]:
        """Areas that one partner has, and nobody else who is known."""
        return tuple(s for s in self.spreads if s.absent and len(s.present) == 1)

    @property
    def never(self) -> tuple[Spread, ...]:
        """Areas that no partner known has."""
        return tuple(s for s in self.spreads if s.absent and not s.present)

    @property
    def unstated(self) -> tuple[Spread, ...]:
        """Areas that are unknown for every partner."""
        return tuple(s for s in self.spreads if not s.known)


def patterns(
    dataset: Dataset,
    *partners: str | Iterable[str] | Selection,
    min_support: int = MIN_SUPPORT,
    known_only: bool = False,
) -> Patterns:
    """Find what is common, unique or together, and who is alike, among the partners selected, else those of Table 1.

    Areas occur together if `min_support` partners have them all, and some partner is known to have none.
    `known_only` leaves out partners of which an area is unknown. Raises `UnknownNameError`, and `RequestError` for a
    support below one and if no partner is left.

    >>> from sdp_matrix import load
    >>> best = load().patterns().together[0]
    >>> [area.number for area in best.areas], len(best.supporters), best.known
    ([5, 15, 16, 18], 6, 9)
    """
    scope = known_scope(dataset, *partners, known_only=known_only)
    if min_support < 1:
        raise RequestError(f"a support of {min_support} makes no sense; --min-support needs 1 or more")
    return Patterns(
        partnerships=scope.partnerships,
        areas=scope.areas,
        min_support=min_support,
        spreads=tuple(sorted(_spreads(scope), key=lambda s: (-len(s.present), s.areas[0].number))),
        identical=tuple(_identical(scope)),
        together=tuple(sorted(_together(scope, min_support), key=lambda group: -len(group.supporters))),
        relations=tuple(sorted(_exclusive(scope), key=lambda pair: list(CooccurrenceKind).index(pair.kind))),
        nearest=similarity.nearest_of_each(scope.partnerships, scope.areas),
        dataset=dataset,
        scope=scope,
    )


def _presence(partnerships: Iterable[Partnership], areas: Iterable[Area]) -> tuple[bool | None, ...]:
    return tuple(p.status(area.id).present for p in partnerships for area in areas)


def _spreads(scope: Scope) -> Iterator[Spread]:
    classes: dict[tuple[bool | None, ...], list[Area]] = {}
    for area in scope.areas:
        classes.setdefault(_presence(scope.partnerships, [area]), []).append(area)
    for column, areas in classes.items():
        by_presence = {
            value: tuple(p for p, present in zip(scope.partnerships, column, strict=True) if present is value)
            for value in (True, False, None)
        }
        yield Spread(tuple(areas), by_presence[True], by_presence[False], by_presence[None])


def _identical(scope: Scope) -> Iterator[tuple[Partnership, ...]]:
    """Return partners with the same row; those of which nothing is known are not alike for that."""
    classes: dict[tuple[bool | None, ...], list[Partnership]] = {}
    for partnership in scope.partnerships:
        classes.setdefault(_presence([partnership], scope.areas), []).append(partnership)
    return (tuple(alike) for row, alike in classes.items() if {*row} != {None} and len(alike) > 1)


def _together(scope: Scope, min_support: int) -> Iterator[Cooccurrence]:
    """Group areas that some partner lacks, so that in a group nobody known has one area and lacks another.

    With unknowns that is not transitive, so an area joins the first group in which it agrees with every area.
    """
    groups: list[list[Area]] = []
    for spread in _spreads(scope):
        if spread.absent:
            fits = (some for some in groups if _agree(scope, [*some, *spread.areas], min_support))
            if (group := next(fits, None)) is not None:
                group += spread.areas
            elif _agree(scope, spread.areas, min_support):
                groups.append(list(spread.areas))
    for group in sorted((sorted(group, key=_number) for group in groups), key=lambda group: _number(group[0])):
        if len(group) > 1:
            yield _cooccurrence(scope, CooccurrenceKind.TOGETHER, group)


def _number(area: Area) -> int:
    return area.number


def _agree(scope: Scope, areas: Sequence[Area], min_support: int) -> bool:
    """Tell whether enough partners have all of some areas, and none is known to have one and to lack another."""
    rows = [set(_presence([p], areas)) for p in scope.partnerships]
    return not any({True, False} <= row for row in rows) and rows.count({True}) >= min_support


def _exclusive(scope: Scope) -> Iterator[Cooccurrence]:
    """Find pairs of areas that both occur, but never with the same partner, in the order of the areas."""
    for pair in combinations(scope.areas, 2):
        rows = [_presence([p], pair) for p in scope.partnerships]
        if (True, True) not in rows and {(True, False), (False, True)} <= {*rows}:
            neither = (False, False) in rows
            yield _cooccurrence(scope, CooccurrenceKind.INCOMPATIBLE if neither else CooccurrenceKind.COMPLEMENT, pair)


def _cooccurrence(scope: Scope, kind: CooccurrenceKind, areas: Sequence[Area]) -> Cooccurrence:
    rows = {p.id: _presence([p], areas) for p in scope.partnerships}
    wanted = all if kind is CooccurrenceKind.TOGETHER else any
    known = [p for p in scope.partnerships if None not in rows[p.id]]
    return Cooccurrence(
        kind=kind,
        areas=tuple(areas),
        supporters=tuple(p for p in known if wanted(rows[p.id])),
        left_out=tuple(p for p in scope.partnerships if None in rows[p.id]),
        known=len(known),
    )
