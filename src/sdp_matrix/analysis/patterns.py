"""Patterns: common and unique areas, which areas always occur together, rules, and which partners are alike.

An area counts as present where it is covered or already exists. What is unknown is neither present nor absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sdp_matrix.analysis import implications, similarity
from sdp_matrix.analysis.context import Context, bits, context_of
from sdp_matrix.analysis.distinguishing import DistinguishingAreas, distinguishing_areas
from sdp_matrix.analysis.relations import Relation, relations
from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.analysis.similarity import Pair
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area

NEARLY_ALL = Fraction(3, 4)
"""An area is near-universal where at least this share of the partners known have it, but not all."""

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


@dataclass(frozen=True, slots=True)
class Rule:
    """Whenever a partner has all areas of the premise, it has those of the conclusion too: no partner known breaks it.

    In an equivalence every area is a premise of all the others, and the conclusion is empty.
    """

    premise: tuple[Area, ...]
    conclusion: tuple[Area, ...]
    supporters: tuple[Partnership, ...]
    """The partners that have all these areas."""
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
    together: tuple[Rule, ...]
    """Equivalences: areas of which every partner known has all or none."""
    rules: tuple[Rule, ...]
    """Implications that follow neither from the equivalences nor from each other."""
    relations: tuple[Relation, ...]
    """Pairs of areas that exclude each other, complements first."""
    nearest: tuple[Pair, ...]
    """For each partner, which is on the left, the one most alike to it."""
    distinguishing: DistinguishingAreas
    """The fewest areas that tell all partners apart."""

    @property
    def common(self) -> tuple[Spread, ...]:
        """Areas that every partner known has."""
        return tuple(s for s in self.spreads if s.present and not s.absent)

    @property
    def near_universal(self) -> tuple[Spread, ...]:
        """Areas that at least three in four of the partners known have, but not all."""
        return tuple(s for s in self.spreads if s.absent and len(s.present) >= NEARLY_ALL * s.known)

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
    """Find what is common and unique, rules, and who is alike, among the partners selected, else those of Table 1.

    Equivalences and rules need `min_support` partners that have all their areas. Rules are between areas that some
    partner is known to have and some is known not to have; of identical areas only the first is in rules. `known_only`
    leaves out partners of which an area is unknown. Raises `UnknownName`, and `BadRequest` for a support below one and
    where no partner is left.

    >>> from sdp_matrix import load
    >>> best = load().patterns().rules[0]
    >>> best.premise[0].id, best.conclusion[0].id, len(best.supporters), best.known
    ('economic-security', 'stratcom-fimi', 7, 9)
    """
    context = context_of(dataset, selection, known_only=known_only)
    if min_support < 1:
        raise BadRequest(f"a support of {min_support} makes no sense; --min-support needs 1 or more")
    varied = [k for k, (_, absent) in enumerate(context.columns) if absent]
    found = implications.basis([context.columns[k] for k in varied], min_support=min_support)
    together = [_rule(context, [varied[k] for k in clique], ()) for clique in found.equivalences]
    rules: list[Rule] = []
    for mask, conclusions in found.rules:
        premise = [varied[k] for k in bits(mask)]
        split = _by_partners(context, premise, [varied[k] for k in bits(conclusions)])
        rules += (_rule(context, premise, conclusion) for conclusion in split)
    return Patterns(
        partnerships=context.partnerships,
        areas=context.areas,
        min_support=min_support,
        spreads=tuple(sorted(_spreads(context), key=lambda s: (-len(s.present), s.areas[0].number))),
        identical=tuple(_identical(context)),
        together=tuple(sorted(together, key=_order)),
        rules=tuple(sorted(rules, key=_order)),
        relations=relations(context),
        nearest=similarity.nearest_of_each(context),
        distinguishing=distinguishing_areas(context),
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
    """Partners with the same row; those of which nothing is known are not alike for that."""
    classes: dict[tuple[int, int], list[Partnership]] = {}
    for partnership, row in zip(context.partnerships, context.rows, strict=True):
        classes.setdefault(row, []).append(partnership)
    return (tuple(alike) for row, alike in classes.items() if any(row) and len(alike) > 1)


def _by_partners(context: Context, premise: Sequence[int], conclusions: Sequence[int]) -> list[list[int]]:
    """Conclusions that the same partners support, and for which the same are left out, in one."""
    classes: dict[tuple[int, int], list[int]] = {}
    for k in conclusions:
        classes.setdefault(_masks(context, [*premise, k]), []).append(k)
    return list(classes.values())


def _masks(context: Context, areas: Iterable[int]) -> tuple[int, int]:
    """The partners that have all these areas, and those of which one is unknown."""
    supporters, known = context.everyone, context.everyone
    for k in areas:
        present, absent = context.columns[k]
        supporters &= present
        known &= present | absent
    return supporters, context.everyone & ~known


def _rule(context: Context, premise: Sequence[int], conclusion: Sequence[int]) -> Rule:
    supporters, left_out = _masks(context, [*premise, *conclusion])
    return Rule(
        premise=tuple(context.areas[k] for k in premise),
        conclusion=tuple(context.areas[k] for k in conclusion),
        supporters=context.partners(supporters),
        left_out=context.partners(left_out),
        known=len(context.partnerships) - left_out.bit_count(),
    )


def _order(rule: Rule) -> tuple[int, int, tuple[int, ...]]:
    """The best supported first, then the shortest."""
    numbers = tuple(area.number for area in (*rule.premise, *rule.conclusion))
    return -len(rule.supporters), len(rule.premise), numbers
