"""Areas that exclude each other, and areas of which every partner has exactly one.

The names and the definitions are those of `concepts`: two areas are incompatible where no partner has both, and
complements where every partner has one of the two besides. Areas that all partners have, or none, are in no relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sdp_matrix.analysis.context import Context
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area


class RelationKind(StrEnum):
    """How two areas stand to each other over the partners known in both."""

    COMPLEMENT = "complement"
    """Every partner has exactly one of the two."""
    INCOMPATIBLE = "incompatible"
    """No partner has both, and some partner has neither."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two areas that no partner known has both."""

    kind: RelationKind
    areas: tuple[Area, Area]
    supporters: tuple[Partnership, ...]
    """The partners that have one of the two."""
    left_out: tuple[Partnership, ...]
    """The partners of which one of the two is unknown."""
    known: int
    """How many partners are known in both."""


def relations(context: Context) -> tuple[Relation, ...]:
    """Find all pairs of areas that exclude each other, complements first, then in the order of the areas.

    >>> from sdp_matrix import load
    >>> from sdp_matrix.analysis.context import context_of
    >>> found = relations(context_of(load()))
    >>> [str(r.kind) for r in found if [a.id for a in r.areas] == ["border-management", "maritime-security"]]
    ['complement']
    """
    return tuple(sorted(_found(context), key=lambda relation: list(RelationKind).index(relation.kind)))


def _found(context: Context) -> Iterator[Relation]:
    for (first, (has, lacks)), (second, (has_too, lacks_too)) in combinations(
        zip(context.areas, context.columns, strict=True), 2
    ):
        known = (has | lacks) & (has_too | lacks_too)
        either = (has | has_too) & known
        both_occur = has & known and has_too & known
        if has & has_too or not both_occur:
            continue
        yield Relation(
            kind=RelationKind.COMPLEMENT if either == known else RelationKind.INCOMPATIBLE,
            areas=(first, second),
            supporters=context.partners(either),
            left_out=context.partners(context.everyone & ~known),
            known=known.bit_count(),
        )
