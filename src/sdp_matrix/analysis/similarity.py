"""How alike partners are: over the areas known on both sides, and never a number without how many those are.

Two partners are alike in an area where both have it, covered or already existing, or both are known not to.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from itertools import combinations
from typing import TYPE_CHECKING

from sdp_matrix.analysis.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdp_matrix.model.partnership import Area, Partnership

MOST_LEAVES = 500
"""More partners than this are put in order by the chain, which is faster."""


class Method(StrEnum):
    """How partners were put in order of likeness."""

    LEAVES = "optimal leaf order of an average-linkage tree (scipy)"
    CHAIN = "a chain in which the partner most alike to either end comes next"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two partners are.

    >>> some = Likeness(alike=6, known=8, both=3, either=5)
    >>> some.words, some.matching, some.jaccard
    ('6 of 8', 0.75, 0.6)
    >>> nothing = Likeness(alike=0, known=0, both=0, either=0)
    >>> nothing.words, nothing.matching
    ('unknown', None)
    """

    alike: int
    """In how many areas they are alike."""
    known: int
    """How many areas are known on both sides."""
    both: int
    """How many of these both have."""
    either: int
    """How many of these one of them has, or both."""

    @property
    def words(self) -> str:
        """The counts as people read them."""
        return f"{self.alike} of {self.known}" if self.known else "unknown"

    @property
    def matching(self) -> float | None:
        """The simple matching coefficient: the share of the known areas in which they are alike."""
        return self.alike / self.known if self.known else None

    @property
    def jaccard(self) -> float | None:
        """The share of the areas that one of them has which both have; None where neither is known to have any."""
        return self.both / self.either if self.either else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners, how alike they are and what tells them apart."""

    left: Partnership
    right: Partnership
    likeness: Likeness
    only_left: tuple[Area, ...]
    """Areas that the left one has and the right one is known not to have."""
    only_right: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike all partners of a context are, which stand in an order that puts like beside like."""

    context: Context
    method: Method
    alike: tuple[Sequence[int], ...]
    """By two positions: in how many areas the partners there are alike."""
    known: tuple[Sequence[int], ...]
    """By two positions: how many areas are known of both."""

    def likeness(self, one: Partnership, other: Partnership) -> Likeness:
        """How alike two of the partners are."""
        return pair(self.context, one, other).likeness

    def pairs(self) -> list[Pair]:
        """All pairs, the most alike first; see `nearest` for the order."""
        named = sorted(self.context.partnerships, key=_name)
        return sorted(
            (pair(self.context, *two) for two in combinations(named, 2)), key=lambda p: _score(p.likeness), reverse=True
        )


def pair(context: Context, left: Partnership, right: Partnership) -> Pair:
    """Compare two partners of a context."""
    (has, lacks), (has_too, lacks_too) = context.row(left), context.row(right)
    both, only_left, only_right = has & has_too, has & lacks_too, lacks & has_too
    likeness = Likeness(
        alike=(both | lacks & lacks_too).bit_count(),
        known=((has | lacks) & (has_too | lacks_too)).bit_count(),
        both=both.bit_count(),
        either=(both | only_left | only_right).bit_count(),
    )
    return Pair(left, right, likeness, context.named(only_left), context.named(only_right))


def nearest(context: Context, partnership: Partnership) -> tuple[Pair, ...]:
    """The other partners of a context as they are alike to one, which is on the left of each pair.

    The larger share of areas alike goes first, then the larger number of areas known, then the name. Partners with
    which no area is known in common come last: how alike they are is unknown.
    """
    others = [p for p in context.partnerships if p.id != partnership.id]
    widened = Context((partnership, *others), context.areas)
    found = (pair(widened, partnership, other) for other in others)
    return tuple(sorted(sorted(found, key=lambda p: _name(p.right)), key=lambda p: _score(p.likeness), reverse=True))


def similarity(context: Context, *, method: Method | None = None) -> Similarity:
    """How alike all partners of a context are, in an order that puts like beside like whatever order they came in.

    The order is the optimal leaf order (Bar-Joseph et al. 2001) of an average-linkage tree over the shares of areas not
    alike where scipy is installed and there are at most `MOST_LEAVES` partners. Else, or where `method` says so, it is
    a greedy chain: it begins with the two most alike, and the partner most alike to either end comes next, ties in
    order of name. In both an area that is not known on both sides counts as half alike, so that partners of whom little
    is known do not come between others. Of the two directions the one is taken whose first name comes first.
    """
    named = Context(tuple(sorted(context.partnerships, key=_name)), context.areas)
    alike, known = _counts(named)
    shares = _shares(alike, known, len(context.areas))
    order = None if method is Method.CHAIN or not 3 <= len(shares) <= MOST_LEAVES else _leaves(shares)  # noqa: PLR2004
    positions = order or _chain(shares)
    if positions and positions[0] > positions[-1]:
        positions = positions[::-1]
    return Similarity(
        context=Context(tuple(named.partnerships[i] for i in positions), context.areas),
        method=Method.CHAIN if order is None else Method.LEAVES,
        alike=tuple(array("L", [alike[i][j] for j in positions]) for i in positions),
        known=tuple(array("L", [known[i][j] for j in positions]) for i in positions),
    )


def _name(partnership: Partnership) -> tuple[str, str]:
    return partnership.name, partnership.id


def _score(likeness: Likeness) -> tuple[float, int]:
    """The share alike, then how much is known."""
    return (-1.0 if likeness.matching is None else likeness.matching), likeness.known


def _counts(context: Context) -> tuple[list[array[int]], list[array[int]]]:
    """By two positions: how many areas are alike, and how many known."""
    shift = len(context.areas)
    values = [has | lacks << shift for has, lacks in context.rows]
    known = [has | lacks for has, lacks in context.rows]
    return (
        [array("L", [(one & other).bit_count() for other in values]) for one in values],
        [array("L", [(one & other).bit_count() for other in known]) for one in known],
    )


def _shares(alike: Sequence[Sequence[int]], known: Sequence[Sequence[int]], areas: int) -> list[array[float]]:
    """The share of areas alike of all pairs of positions; an area that is not known counts half."""
    whole = 2 * max(areas, 1)
    pairs = zip(alike, known, strict=True)
    return [array("d", [(2 * a + areas - k) / whole for a, k in zip(*rows, strict=True)]) for rows in pairs]


def _chain(shares: Sequence[array[float]]) -> list[int]:
    """Positions in order of likeness; ties go to the lower position."""
    rest = list(range(len(shares)))
    if not rest:
        return []
    first = max(rest, key=lambda i: max(max(others, default=0.0) for others in (shares[i][:i], shares[i][i + 1 :])))
    rest.remove(first)
    chain = [first]
    while rest:
        before, after = (max(rest, key=shares[end].__getitem__) for end in (chain[0], chain[-1]))
        if shares[chain[0]][before] > shares[chain[-1]][after]:
            chain.insert(0, before)
            rest.remove(before)
        else:
            chain.append(after)
            rest.remove(after)
    return chain


def _leaves(shares: Sequence[array[float]]) -> list[int] | None:
    """Positions in optimal leaf order; None where scipy is not installed."""
    try:
        hierarchy = import_module("scipy.cluster.hierarchy")
    except ImportError:
        return None
    distances = [1.0 - share for i, row in enumerate(shares) for share in row[i + 1 :]]
    tree = hierarchy.linkage(distances, method="average")
    return [int(i) for i in hierarchy.leaves_list(hierarchy.optimal_leaf_ordering(tree, distances))]
