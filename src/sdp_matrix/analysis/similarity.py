"""How alike partners are: over the areas known on both sides, and never a number without how many those are.

Two partners are alike in an area if both have it, covered or already existing, or both are known not to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Scope, Selection, select
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area


@dataclass(frozen=True, slots=True)
class SimilarityScore:
    """How alike two partners are.

    >>> some = SimilarityScore(alike=6, known=8, both=3, either=5)
    >>> some.words, some.matching, some.jaccard
    ('6 of 8', 0.75, 0.6)
    >>> nothing = SimilarityScore(alike=0, known=0, both=0, either=0)
    >>> nothing.words, nothing.matching
    ('unknown', None)
    """

    alike: int
    """In how many areas they are alike."""
    known: int
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
    score: SimilarityScore
    only_left: tuple[Area, ...]
    """Areas that the left one has and the right one is known not to have."""
    only_right: tuple[Area, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Portrait(Result):
    """One partner beside all others."""

    partnership: Partnership
    nearest: tuple[Pair, ...]
    """All others, the most alike first; the partner itself is on the left of each pair."""
    only: tuple[Area, ...]
    """Areas that it has and that all others are known to lack."""
    only_without: tuple[Area, ...]
    """Areas that it is known to lack and that all others have."""


def known_scope(dataset: Dataset, *partners: str | Iterable[str] | Selection, known_only: bool) -> Scope:
    """Return what a selection means; `known_only` leaves out partners of which an area is unknown.

    Raises `UnknownNameError`, and `RequestError` if no partner is left.
    """
    scope = select(dataset, *partners)
    if not known_only:
        return scope
    known = tuple(p for p in scope.partnerships if all(p.status(a.id).present is not None for a in scope.areas))
    if not known:
        raise RequestError("no partner is left; ask for other partners or groups, or a later day")
    return replace(scope, partnerships=known)


def portrait(
    dataset: Dataset, partner: str, *partners: str | Iterable[str] | Selection, known_only: bool = False
) -> Portrait:
    """Set a partner beside the others that are selected, else of Table 1: who is most alike, and what it alone has.

    `known_only` leaves out others of which an area is unknown. Raises `UnknownNameError`, and `RequestError` where
    nobody is left to compare with.

    >>> from sdp_matrix import load
    >>> [(pair.right.id, pair.score.words) for pair in load().portrait("uk").nearest][:2]
    [('canada', '25 of 26'), ('norway', '24 of 26')]
    """
    scope = known_scope(dataset, *partners, known_only=known_only)
    partnership = dataset.partner(partner)
    others = _others(scope.partnerships, partnership)
    if not others:
        raise RequestError("nobody is left to compare with; ask for another group, a later day, or --all")

    def alone(*, present: bool) -> tuple[Area, ...]:
        """The areas on which it is the only one to be, or not to be, known as present."""
        return tuple(
            area
            for area in scope.areas
            if partnership.status(area.id).present is present
            and all(p.status(area.id).present is (not present) for p in others)
        )

    return Portrait(
        partnership=partnership,
        nearest=nearest(others, scope.areas, partnership),
        only=alone(present=True),
        only_without=alone(present=False),
        dataset=dataset,
        scope=replace(
            scope,
            partnerships=(partnership, *others),
            newer=tuple(p for p in scope.newer if p.id != partnership.id),
        ),
    )


def pair(areas: Iterable[Area], left: Partnership, right: Partnership) -> Pair:
    """Compare two partners in some areas."""
    statuses = [(area, left.status(area.id).present, right.status(area.id).present) for area in areas]
    known = [(area, has, has_too) for area, has, has_too in statuses if has is not None and has_too is not None]
    only_left = tuple(area for area, has, has_too in known if has and not has_too)
    only_right = tuple(area for area, has, has_too in known if has_too and not has)
    both = sum(has and has_too for _, has, has_too in known)
    apart = len(only_left) + len(only_right)
    score = SimilarityScore(alike=len(known) - apart, known=len(known), both=both, either=both + apart)
    return Pair(left, right, score, only_left, only_right)


def nearest(partnerships: Iterable[Partnership], areas: Sequence[Area], partnership: Partnership) -> tuple[Pair, ...]:
    """Return other partners as they are alike to one, which is on the left of each pair.

    The larger share of areas alike goes first, then the larger number of areas known, then the name. Partners with
    which no area is known in common come last: how alike they are is unknown.
    """
    pairs = (pair(areas, partnership, other) for other in _others(partnerships, partnership))
    return tuple(sorted(pairs, key=_rank, reverse=True))


def nearest_of_each(partnerships: Sequence[Partnership], areas: Sequence[Area]) -> tuple[Pair, ...]:
    """For each partner, on the left, the one most alike to it; an area not known on both sides counts as half alike.

    So a partner of whom little is known is not taken for the nearest because the little agrees.
    """
    return tuple(
        max((pair(areas, p, other) for other in _others(partnerships, p)), key=lambda two: _share(areas, two))
        for p in partnerships
        if len(partnerships) > 1
    )


def ordered(partnerships: Iterable[Partnership], areas: Sequence[Area]) -> tuple[Partnership, ...]:
    """Return partners in an order that puts like beside like, whatever order they came in.

    A greedy chain: it begins with the two most alike, and the partner most alike to either end comes next, ties in
    order of name. An area that is not known on both sides counts as half alike, so that partners of whom little is
    known do not come between others. Of the two directions the one is taken whose first name comes first.
    """
    rest = sorted(partnerships, key=_name)

    def share(left: Partnership, right: Partnership) -> int:
        return _share(areas, pair(areas, left, right))

    if len(rest) < 2:  # noqa: PLR2004 - nothing to order
        return tuple(rest)
    begun = max(combinations(rest, 2), key=lambda two: share(*two))
    chain = [begun[0]]
    rest.remove(begun[0])
    while rest:
        before, after = (max(rest, key=lambda p, end=end: share(end, p)) for end in (chain[0], chain[-1]))  # type: ignore[misc]
        if share(chain[0], before) > share(chain[-1], after):
            chain.insert(0, before)
            rest.remove(before)
        else:
            chain.append(after)
            rest.remove(after)
    return tuple(chain if _name(chain[0]) < _name(chain[-1]) else chain[::-1])


def _others(partnerships: Iterable[Partnership], partner: Partnership) -> list[Partnership]:
    return sorted((p for p in partnerships if p.id != partner.id), key=_name)


def _share(areas: Sequence[Area], two: Pair) -> int:
    """Twice the areas alike, where one that is not known on both sides counts half."""
    return 2 * two.score.alike + len(areas) - two.score.known


def _name(partnership: Partnership) -> tuple[str, str]:
    return partnership.name, partnership.id


def _rank(two: Pair) -> tuple[float, int]:
    """The share alike, then how much is known."""
    return (-1.0 if two.score.matching is None else two.score.matching), two.score.known
