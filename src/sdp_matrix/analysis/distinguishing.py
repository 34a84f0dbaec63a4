"""The fewest areas that tell all partners apart: a minimal test cover.

An area tells two partners apart where one is known to have it and the other is known not to; what is unknown tells
nobody apart. To find fewest areas such that each pair is told apart by one of them is the test cover problem (Garey and
Johnson 1979, SP6), a set cover of the pairs, solved here by branch and bound: branch over the areas that tell apart the
pair with the fewest, bound by how many pairs the best area left can settle.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations, islice
from typing import TYPE_CHECKING

from sdp_matrix.analysis.context import Context, bits, union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdp_matrix.model.partnership import Area, Partnership

WORK = 2 * 10**10
"""Bits that the search may look at, which takes about two seconds."""
_OVERHEAD = 20_000
"""What looking at an area costs in any case, in bits."""
_LOOK_AHEAD = 64
"""Pairs among which the one with the fewest areas is looked for."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A set of areas that tells partners apart, and who cannot be told apart by any."""

    context: Context
    areas: tuple[Area, ...]
    smallest: bool
    """Whether no smaller set would do; False where the search was too long to prove it."""
    identical: tuple[tuple[Partnership, ...], ...]
    """Partners that are the same in every area, the unknown ones included."""
    undecided: tuple[tuple[Partnership, Partnership], ...]
    """Pairs that are not identical, but of which no area known on both sides tells one from the other."""


def apart(context: Context, *, work: int = WORK) -> Apart:
    """Find a smallest set of areas that tells the partners of a context apart as far as any areas can, in so much work.

    >>> from sdp_matrix import load
    >>> found = load().apart()
    >>> len(found.areas), found.smallest
    (4, True)
    """
    classes: dict[tuple[int, int], list[Partnership]] = {}
    for partnership in sorted(context.partnerships, key=lambda p: p.id):
        classes.setdefault(context.row(partnership), []).append(partnership)
    distinct = Context(tuple(alike[0] for alike in classes.values()), context.areas)
    search = _Search(distinct, work)
    chosen = search.run()
    return Apart(
        context=context,
        areas=tuple(context.areas[k] for k in sorted(chosen)),
        smallest=search.proven,
        identical=tuple(tuple(alike) for alike in classes.values() if len(alike) > 1),
        undecided=tuple(_undecided(distinct)),
    )


def _told_apart(context: Context) -> Iterator[int]:
    """For each area the pairs it tells apart: one row of bits for each partner, with those that come after it."""
    width = _width(context)
    for present, absent in context.columns:
        rows = (
            (absent if present >> i & 1 else present if absent >> i & 1 else 0) >> i + 1 << i + 1
            for i in range(len(context.partnerships))
        )
        yield int.from_bytes(b"".join(row.to_bytes(width, "little") for row in rows), "little")


def _width(context: Context) -> int:
    """Bytes of a row of partners."""
    return len(context.partnerships) // 8 + 1


def _undecided(context: Context) -> Iterator[tuple[Partnership, Partnership]]:
    for (one, row), (other, row_too) in combinations(zip(context.partnerships, context.rows, strict=True), 2):
        if not _telling(row, row_too):
            yield one, other


def _telling(row: tuple[int, int], other: tuple[int, int]) -> int:
    """The areas that tell two rows apart."""
    return row[0] & other[1] | row[1] & other[0]


class _Search:
    """Branch and bound over the pairs that each area settles."""

    def __init__(self, context: Context, work: int) -> None:
        self.context = context
        self.settles = _undominated(dict(enumerate(_told_apart(context))), work)
        self.steps = work // (len(context.partnerships) ** 2 + _OVERHEAD)
        self.best: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        return self.steps > 0

    def run(self) -> tuple[int, ...]:
        pairs = union(self.settles.values())
        self.best = self._greedy(pairs)
        self._branch(pairs, (), self.settles)
        return self.best

    def _greedy(self, pairs: int) -> tuple[int, ...]:
        """Always the area next that settles most: the bound to begin with. Gains only shrink: old ones are bounds."""
        chosen: list[int] = []
        gains = [(-settled.bit_count(), k) for k, settled in self.settles.items()]
        heapify(gains)
        while pairs:
            _, k = heappop(gains)
            gain = (-(self.settles[k] & pairs).bit_count(), k)
            if gains and gain > gains[0]:
                heappush(gains, gain)
            else:
                chosen.append(k)
                pairs &= ~self.settles[k]
        return tuple(chosen)

    def _branch(self, pairs: int, chosen: tuple[int, ...], allowed: Mapping[int, int]) -> None:
        if not pairs:
            self.best = chosen
            return
        self.steps -= len(allowed)
        if self.steps <= 0:
            return
        gains = {k: (settled & pairs).bit_count() for k, settled in allowed.items()}
        most = max(gains.values(), default=0)
        needed = -(-pairs.bit_count() // most) if most else len(self.settles)
        if len(chosen) + needed >= len(self.best):
            return
        left = dict(allowed)
        for k in sorted(self._rarest(pairs, allowed), key=lambda k: (-gains[k], k)):
            del left[k]
            self._branch(pairs & ~self.settles[k], (*chosen, k), left)

    def _rarest(self, pairs: int, allowed: Mapping[int, int]) -> list[int]:
        """The areas that settle the pair which the fewest settle, of the pairs that come first."""
        rows, width = self.context.rows, _width(self.context) * 8
        looked = (divmod(position, width) for position in islice(bits(pairs), _LOOK_AHEAD))
        found = ([k for k in bits(_telling(rows[i], rows[j])) if k in allowed] for i, j in looked)
        return min(found, key=len)


def _undominated(settles: Mapping[int, int], work: int) -> dict[int, int]:
    """Without the areas of which another settles all that they settle, the first of equals kept.

    Where that is much work itself, only those that settle nothing go.
    """
    useful = {k: pairs for k, pairs in settles.items() if pairs}
    if len(useful) ** 2 * max(map(int.bit_length, useful.values()), default=0) > work:
        return useful

    def is_better(k: int, other: int) -> bool:
        return not useful[other] & ~useful[k] and (useful[k] != useful[other] or k < other)

    return {k: pairs for k, pairs in useful.items() if not any(is_better(o, k) for o in useful if o != k)}
