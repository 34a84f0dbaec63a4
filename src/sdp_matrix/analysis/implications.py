"""Whenever A then B: the implications of a table with unknowns, boiled down to a minimal basis.

Columns are pairs of bit masks: the objects that have an attribute, and those that are known not to have it. A rule
A → b holds where no object has all of A and is known to lack b, and at least `min_support` objects have A and b. An
object of which something in the rule is unknown is left out of it: it can neither support nor break it.

**Search.** Level by level over the sizes of premises, in the manner of Apriori, over *free sets* only: premises whose
extent shrinks with every attribute (Boulicaut, Bykowski and Rigotti 2003; the generators of Pasquier et al. 1999). A
premise that is not free has the extent of a smaller one, hence exactly its rules. Freeness and support both go down to
subsets, so that no rule is missed. All sizes are searched, which tens of objects and attributes allow.

**Basis.** From the rules found, each premise with all its conclusions, those that follow from the others are dropped
(closure by forward chaining, as in Armstrong's axioms); then single conclusions, the least supported first. Where
nothing is unknown the conclusions are closed sets, and a set of rules with closed conclusions from which none can be
dropped has as few premises as any can have (Maier 1980; Wild 1994): one for each pseudo-intent of that support, as
many as the canonical basis of Guigues and Duquenne (1986) has, which Ganter's NextClosure would list. The premises here
are shorter, because pseudo-intents repeat what smaller rules say.

**With unknowns** "holds" is not transitive: A → b and b → c may hold, each over the partners known for it, while a
partner with A, unknown in b, lacks c. The basis still has three properties, which the tests check by brute force: every
rule in it holds as it stands, every rule that holds follows from it, and none can be dropped. What follows from it by
several steps need not hold as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sdp_matrix.analysis.context import bits, union


@dataclass(frozen=True, slots=True)
class Basis:
    """Equivalences and rules between attributes, by their indices; the premises and conclusions are masks."""

    equivalences: tuple[tuple[int, ...], ...]
    """Attributes that imply each other, pair by pair."""
    rules: tuple[tuple[int, int], ...]
    """Premise and conclusion."""


def basis(columns: Sequence[tuple[int, int]], *, min_support: int) -> Basis:
    """Find the equivalences, and a minimal set of rules from which, with them, every rule that holds follows.

    >>> walks, runs, swims = (0b0111, 0b1000), (0b0011, 0b1100), (0b0100, 0b0011)
    >>> basis([walks, runs, swims], min_support=1).rules  # whoever runs walks, whoever swims walks
    ((2, 1), (4, 1))
    """
    table = _Table(columns, min_support)
    classes = _alike(columns, min_support)
    attributes = union(1 << alike[0] for alike in classes)
    minimal = _search(table, attributes)
    cliques = _cliques(table, classes)
    rules = _Rules({1 << k: union(1 << other for other in clique) for clique in cliques for k in clique})
    order = sorted(minimal, key=lambda premise: (premise.bit_count(), -table.support(premise), premise))
    for premise in order:
        conclusions = table.conclusions(premise, attributes & ~premise)
        if not rules.imply(premise, conclusions):
            rules.own[premise] = conclusions
    _drop_rules(rules)
    _drop_conclusions(table, rules, minimal)
    if _sharpen(rules, minimal, order):
        _drop_conclusions(table, rules, minimal)
    equivalences = tuple(tuple(sorted(clique)) for clique in cliques if len(clique) > 1)
    return Basis(equivalences, tuple(sorted((p, c) for p, c in rules.own.items() if c)))


class _Table:
    """The columns, with what is asked of them all the time."""

    def __init__(self, columns: Sequence[tuple[int, int]], min_support: int) -> None:
        self.present = [present for present, _ in columns]
        self.absent = [absent for _, absent in columns]
        self.min_support = min_support
        self.everyone = union(present | absent for present, absent in columns)

    def extent(self, attributes: int) -> int:
        """The objects that have all of these attributes."""
        extent = self.everyone
        for k in bits(attributes):
            extent &= self.present[k]
        return extent

    def support(self, attributes: int) -> int:
        return self.extent(attributes).bit_count()

    def unbroken(self, extent: int, attributes: int) -> int:
        """Which of these attributes no object of the extent is known to lack."""
        return union(1 << k for k in bits(attributes) if not extent & self.absent[k])

    def supported(self, extent: int, attributes: int) -> int:
        """Which of these attributes enough objects of the extent have."""
        return union(1 << k for k in bits(attributes) if (extent & self.present[k]).bit_count() >= self.min_support)

    def conclusions(self, premise: int, attributes: int) -> int:
        """Which of these attributes follow from a premise in one step."""
        extent = self.extent(premise)
        return self.supported(extent, self.unbroken(extent, attributes))


def _alike(columns: Sequence[tuple[int, int]], min_support: int) -> list[list[int]]:
    """Attributes with enough support; those with the same column in one class."""
    classes: dict[tuple[int, int], list[int]] = {}
    for k, column in enumerate(columns):
        if column[0].bit_count() >= min_support:
            classes.setdefault(column, []).append(k)
    return list(classes.values())


def _cliques(table: _Table, classes: Sequence[Sequence[int]]) -> list[list[int]]:
    """Put classes together whose attributes imply each other, pair by pair, and have enough support in common."""
    cliques: list[list[int]] = []
    for alike in classes:
        for clique in cliques:
            joint = union(1 << k for k in (*clique, alike[0]))
            if table.support(joint) >= table.min_support and all(_mutual(table, k, alike[0]) for k in clique):
                clique.extend(alike)
                break
        else:
            cliques.append(list(alike))
    return cliques


def _mutual(table: _Table, one: int, other: int) -> bool:
    return not (table.present[one] & table.absent[other] or table.present[other] & table.absent[one])


def _search(table: _Table, attributes: int) -> dict[int, int]:
    """Find all free premises with the conclusions that no smaller premise has."""
    found: dict[int, int] = {}

    def node(premise: int, extent: int, below: int) -> tuple[int, int]:
        """The extent, and all that no object of it lacks; what is new here and has support is found."""
        new = table.unbroken(extent, attributes & ~premise & ~below)
        if supported := table.supported(extent, new):
            found[premise] = supported
        return extent, below | new

    level = {0: node(0, table.everyone, 0)}
    while level:
        level = {premise: node(premise, *known) for premise, *known in _free(table, level, attributes)}
    return found


def _free(table: _Table, level: Mapping[int, tuple[int, int]], attributes: int) -> Iterator[tuple[int, int, int]]:
    """Premises of the next size that are free and have support: with their extent, and what smaller ones imply."""
    for smaller, (extent, _) in level.items():
        for k in bits(attributes >> smaller.bit_length() << smaller.bit_length()):
            both = extent & table.present[k]
            premise = smaller | 1 << k
            parts = [level.get(premise ^ 1 << one) for one in bits(premise)]
            enough = both.bit_count() >= table.min_support
            if enough and all(known is not None and known[0] != both for known in parts):
                yield premise, both, union(known[1] for known in parts if known)


class _Rules:
    """Rules, and what follows from them: the given equivalences, which stay, and our own, which come and go."""

    def __init__(self, given: Mapping[int, int]) -> None:
        self.given = given
        self.own: dict[int, int] = {}

    def imply(self, premise: int, conclusion: int) -> bool:
        """Whether a conclusion follows from a premise by any number of rules."""
        closed, before = premise, -1
        while conclusion & ~closed and closed != before:
            before = closed
            for known, follows in chain(self.own.items(), self.given.items()):
                if known & closed == known:
                    closed |= follows
        return not conclusion & ~closed


def _drop_rules(rules: _Rules) -> None:
    """Drop rules that follow from the others, the longest and least supported first."""
    for premise in reversed(list(rules.own)):
        conclusion, rules.own[premise] = rules.own[premise], 0
        if not rules.imply(premise, conclusion):
            rules.own[premise] = conclusion


def _drop_conclusions(table: _Table, rules: _Rules, minimal: Mapping[int, int]) -> None:
    """Drop conclusions that follow otherwise: first those that a smaller premise has, then the least supported."""

    def worth(atom: tuple[int, int]) -> tuple[bool, int, int, int, int]:
        premise, k = atom
        is_minimal = bool(minimal[premise] >> k & 1)
        return is_minimal, table.support(premise | 1 << k), -premise.bit_count(), -k, -premise

    for premise, k in sorted(((p, k) for p, c in rules.own.items() for k in bits(c)), key=worth):
        rules.own[premise] ^= 1 << k
        if not rules.imply(premise, 1 << k):
            rules.own[premise] |= 1 << k


def _sharpen(rules: _Rules, minimal: Mapping[int, int], order: Sequence[int]) -> bool:
    """Put the best smaller premise in place of a larger one that has the same conclusion; only unknowns call for it."""
    loose = [(p, k) for p, c in rules.own.items() for k in bits(c & ~minimal[p])]
    for premise, k in loose:
        rules.own[premise] ^= 1 << k
        smaller = next(p for p in order if p & premise == p and minimal[p] >> k & 1)
        rules.own[smaller] = rules.own.get(smaller, 0) | 1 << k
    return bool(loose)
