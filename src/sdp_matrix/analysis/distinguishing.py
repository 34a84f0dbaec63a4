"""The fewest areas that tell all partners apart: a minimal test cover (Garey and Johnson 1979, SP6).

An area tells two partners apart where one is known to have it and the other is known not to; what is unknown tells
nobody apart. The search is exhaustive, which tens of partners and areas allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, count

from sdp_matrix.analysis.context import Context, bits
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area


@dataclass(frozen=True, slots=True)
class DistinguishingAreas:
    """A smallest set of areas that tells partners apart, and who cannot be told apart by any."""

    context: Context
    areas: tuple[Area, ...]
    identical: tuple[tuple[Partnership, ...], ...]
    """Partners that are the same in every area, the unknown ones included."""
    undecided: tuple[tuple[Partnership, Partnership], ...]
    """Pairs that are not identical, but of which no area known on both sides tells one from the other."""


def distinguishing_areas(context: Context) -> DistinguishingAreas:
    """Find a smallest set of areas that tells the partners of a context apart as far as any areas can.

    >>> from sdp_matrix import load
    >>> from sdp_matrix.analysis.context import context_of
    >>> len(distinguishing_areas(context_of(load())).areas)
    4
    """
    classes: dict[tuple[int, int], list[Partnership]] = {}
    for partnership in sorted(context.partnerships, key=lambda p: p.id):
        classes.setdefault(context.row(partnership), []).append(partnership)
    distinct = Context(tuple(alike[0] for alike in classes.values()), context.areas)
    pairs = [(two, _telling(context, *two)) for two in combinations(distinct.partnerships, 2)]
    return DistinguishingAreas(
        context=context,
        areas=context.named(_fewest([areas for _, areas in pairs if areas])),
        identical=tuple(tuple(alike) for alike in classes.values() if len(alike) > 1),
        undecided=tuple(two for two, areas in pairs if not areas),
    )


def _telling(context: Context, one: Partnership, other: Partnership) -> int:
    """The mask of the areas that tell two partners apart."""
    (has, lacks), (has_too, lacks_too) = context.row(one), context.row(other)
    return has & lacks_too | lacks & has_too


def _fewest(pairs: Sequence[int]) -> int:
    """The mask of fewest areas of which every pair has one."""
    rarest_first = sorted(set(pairs), key=int.bit_count)
    return next(found for size in count() if (found := _within(rarest_first, size)) is not None)


def _within(pairs: Sequence[int], size: int) -> int | None:
    """Such a mask of at most `size` areas; None where there is none."""
    if not pairs:
        return 0
    if size == 0:
        return None
    for k in bits(pairs[0]):
        rest = _within([pair for pair in pairs if not pair >> k & 1], size - 1)
        if rest is not None:
            return rest | 1 << k
    return None
