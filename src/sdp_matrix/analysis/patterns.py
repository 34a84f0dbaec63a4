"""Patterns: common and unique areas, which areas always or never occur together, and which partners are alike.

An area counts as present if it is covered or already exists. What is unknown is neither present nor absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sdp_matrix.analysis import similarity
from sdp_matrix.analysis.context import Context, context_of
from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.analysis.similarity import Pair
from sdp_matrix.errors import BadRequest
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
    """How many partners are known in all these areas."""


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
    selection: Selection | None = None,
    *,
    min_support: int = MIN_SUPPORT,
    known_only: bool = False,
) -> Patterns:
    """Find what is common, unique or together, and who is alike, among the partners selected, else those of Table 1.

    Areas occur together if `min_support` partners have them all, and some partner is known to have none.
    `known_only` leaves out partners of which an area is unknown. Raises `UnknownName`, and `BadRequest` for a support
    below one and if no partner is left.

    >>> from sdp_matrix import load
    >>> best = load().patterns().together[0]
    >>> [area.number for area in best.areas], len(best.supporters), best.known
    ([5, 15, 16, 18], 6, 9)
    """
    context = context_of(dataset, selection, known_only=known_only)
    if min_support < 1:
        raise BadRequest(f"a support of {min_support} makes no sense; --min-support needs 1 or more")
    return Patterns(
        partnerships=context.partnerships,
        areas=context.areas,
        min_support=min_support,
        spreads=tuple(sorted(_spreads(context), key=lambda s: (-len(s.present), s.areas[0].number))),
        identical=tuple(_identical(context)),
        together=tuple(sorted(_together(context, min_support), key=lambda one: -len(one.supporters))),
        relations=tuple(sorted(_exclusive(context), key=lambda one: list(CooccurrenceKind).index(one.kind))),
        nearest=similarity.nearest_of_each(context),
        dataset=dataset,
    )


def _spreads(context: Context) -> Iterator[Spread]:
    classes: dict[tuple[int, int], list[Area]] = {}
    for area, column in zip(context.areas, context.columns, strict=True):
        classes.setdefault(column, []).append(area)
    for (present, absent), areas in classes.items():
        unknown = context.everyone & ~present & ~absent
        yield Spread(tuple(areas), context.partners(present), context.partners(absent), context.partners(unknown))


def _identical(context: Context) -> Iterator[tuple[Partnership, ...]]:
    """Return partners with the same row; those of which nothing is known are not alike for that."""
    classes: dict[tuple[int, int], list[Partnership]] = {}
    for partnership, row in zip(context.partnerships, context.rows, strict=True):
        classes.setdefault(row, []).append(partnership)
    return (tuple(alike) for row, alike in classes.items() if any(row) and len(alike) > 1)


def _together(context: Context, min_support: int) -> Iterator[Cooccurrence]:
    """Group areas that some partner lacks, so that in a group nobody known has one area and lacks another.

    With unknowns that is not transitive, so an area joins the first group in which it agrees with every area.
    """
    groups: list[list[int]] = []
    # Identical columns follow the first of them, so that no other area comes between them and takes one away.
    first = {column: k for k, column in reversed(list(enumerate(context.columns)))}
    for k in sorted(range(len(context.areas)), key=lambda k: (first[context.columns[k]], k)):
        if context.columns[k][1]:
            group = next((some for some in groups if _agrees(context, some, k, min_support)), None)
            groups.append([k]) if group is None else group.append(k)
    for group in sorted(map(sorted, groups)):
        support, known = _masks(context, group)
        if len(group) > 1:
            yield _cooccurrence(context, CooccurrenceKind.TOGETHER, group, support, known)


def _agrees(context: Context, group: Sequence[int], area: int, min_support: int) -> bool:
    """Tell whether enough partners have an area with all of a group, and nobody known has it and lacks one of them."""
    present, absent = context.columns[area]
    split = any(present & context.columns[k][1] or absent & context.columns[k][0] for k in group)
    return not split and _masks(context, [*group, area])[0].bit_count() >= min_support


def _masks(context: Context, areas: Sequence[int]) -> tuple[int, int]:
    """Return the partners that have all these areas, and those that are known in all of them."""
    supporters, known = context.everyone, context.everyone
    for present, absent in (context.columns[k] for k in areas):
        supporters &= present
        known &= present | absent
    return supporters, known


def _exclusive(context: Context) -> Iterator[Cooccurrence]:
    """Find pairs of areas that both occur, but never with the same partner, in the order of the areas."""
    for pair in combinations(range(len(context.areas)), 2):
        (has, _), (has_too, _) = (context.columns[k] for k in pair)
        _, known = _masks(context, pair)
        if has & has_too or not (has & known and has_too & known):
            continue
        either = (has | has_too) & known
        kind = CooccurrenceKind.COMPLEMENT if either == known else CooccurrenceKind.INCOMPATIBLE
        yield _cooccurrence(context, kind, pair, either, known)


def _cooccurrence(
    context: Context, kind: CooccurrenceKind, areas: Sequence[int], supporters: int, known: int
) -> Cooccurrence:
    return Cooccurrence(
        kind=kind,
        areas=tuple(context.areas[k] for k in areas),
        supporters=context.partners(supporters),
        left_out=context.partners(context.everyone & ~known),
        known=known.bit_count(),
    )
