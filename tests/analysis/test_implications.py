"""The basis of implications against brute force: sound, complete, without anything that follows from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdp_matrix.analysis.context import bits
from sdp_matrix.analysis.implications import Basis, basis

Columns = Sequence[tuple[int, int]]
Atom = tuple[int, int]


OBJECTS = range(6)
CELLS = st.sampled_from([True, True, False, None])


@st.composite
def tables(draw: st.DrawFn, *, unknowns: bool = True, attributes: int = 5) -> Columns:
    """Columns of random cells; an unknown one is in neither mask."""
    cell = CELLS if unknowns else st.booleans()
    column = st.lists(cell, min_size=len(OBJECTS), max_size=len(OBJECTS))
    drawn = draw(st.lists(column, min_size=1, max_size=attributes))
    return [(mask(i for i in OBJECTS if c[i]), mask(i for i in OBJECTS if c[i] is False)) for c in drawn]


def mask(positions: Iterable[int]) -> int:
    return sum(1 << i for i in positions)


def extent(columns: Columns, attributes: int) -> list[int]:
    return [i for i in OBJECTS if all(columns[k][0] >> i & 1 for k in bits(attributes))]


def holding(columns: Columns, min_support: int) -> set[Atom]:
    """All rules with one conclusion that hold, straight from the definition."""
    found = set()
    for premise in range(1 << len(columns)):
        objects = extent(columns, premise)
        for k, (present, absent) in enumerate(columns):
            is_broken = any(absent >> i & 1 for i in objects)
            support = sum(present >> i & 1 for i in objects)
            if not (premise >> k & 1 or is_broken) and support >= min_support:
                found.add((premise, k))
    return found


def closure(rules: Iterable[tuple[int, int]], attributes: int) -> int:
    """Armstrong: everything that follows, by applying rules until nothing is new."""
    before = -1
    while attributes != before:
        before = attributes
        for premise, conclusion in rules:
            if premise & attributes == premise:
                attributes |= conclusion
    return attributes


def equivalent(found: Basis) -> list[tuple[int, int]]:
    return [(1 << a, 1 << b) for clique in found.equivalences for a in clique for b in clique if a != b]


def atoms(found: Basis) -> list[Atom]:
    return [(premise, k) for premise, conclusion in found.rules for k in bits(conclusion)]


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(1, 3))
def test_every_rule_holds_and_every_rule_that_holds_follows(columns: Columns, min_support: int) -> None:
    found, true = basis(columns, min_support=min_support), holding(columns, min_support)
    assert set(atoms(found)) <= true
    assert {(one, other.bit_length() - 1) for one, other in equivalent(found)} <= true
    rules = [*found.rules, *equivalent(found)]
    assert [(p, k) for p, k in true if not closure(rules, p) >> k & 1] == []


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(1, 3))
def test_nothing_can_be_dropped_and_no_premise_be_shorter(columns: Columns, min_support: int) -> None:
    found, true = basis(columns, min_support=min_support), holding(columns, min_support)
    for premise, k in atoms(found):
        others = [(p, 1 << c) for p, c in atoms(found) if (p, c) != (premise, k)]
        assert not closure([*others, *equivalent(found)], premise) >> k & 1
        assert not any((premise ^ 1 << a, k) in true for a in bits(premise))


@settings(max_examples=100, deadline=None)
@given(tables(unknowns=False, attributes=6), st.integers(1, 3))
def test_without_unknowns_there_are_as_many_premises_as_pseudo_intents(columns: Columns, min_support: int) -> None:
    varied = [column for column in columns if column[1]]
    found = basis(varied, min_support=min_support)
    premises = {premise for premise, _ in found.rules} | {1 << k for clique in found.equivalences for k in clique}
    assert len(premises) == len(pseudo_intents(varied, min_support))


def pseudo_intents(columns: Columns, min_support: int) -> list[int]:
    """The premises of the canonical basis that have support, from their definition (Guigues and Duquenne 1986)."""
    found: list[int] = []
    for attributes in sorted(range(1 << len(columns)), key=int.bit_count):
        objects = extent(columns, attributes)
        closed = mask(k for k, (present, _) in enumerate(columns) if all(present >> i & 1 for i in objects))
        inner = [known for known in found if known & attributes == known]
        if len(objects) >= min_support and closed != attributes:
            rules = [
                (q, mask(k for k, c in enumerate(columns) if all(c[0] >> i & 1 for i in extent(columns, q))))
                for q in inner
            ]
            if all(conclusion & ~attributes == 0 for _, conclusion in rules):
                found.append(attributes)
    return found


@settings(max_examples=50, deadline=None)
@given(tables(), st.permutations(OBJECTS))
def test_the_order_of_the_objects_does_not_matter(columns: Columns, order: list[int]) -> None:
    turned = [tuple(mask(order[i] for i in bits(m)) for m in column) for column in columns]
    assert basis([(a, b) for a, b in turned], min_support=1) == basis(columns, min_support=1)


@pytest.mark.parametrize("columns", [[], [(0, 0)], [(0, 0b11)]])
def test_nothing_comes_of_nothing(columns: Columns) -> None:
    assert basis(columns, min_support=1) == Basis((), ())
