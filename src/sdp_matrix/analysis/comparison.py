"""Compare partners, or groups of them, area by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.scope import Operand, Scope, operand, select
from sdp_matrix.analysis.selection import Names, Selection
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Relation, Status


def all_hold(tests: Iterable[bool | None]) -> bool | None:
    """Return False if a test fails, else None if the outcome of one is not known, else True.

    >>> all_hold([True, True]), all_hold([True, None]), all_hold([None, False])
    (True, None, False)
    """
    outcomes = set(tests)
    if False in outcomes:  # one failure decides, whatever is unknown
        return False
    return None if None in outcomes else True


@dataclass(frozen=True)
class Tally:
    """How many partners of a side have an area, lack it, or are not known."""

    present: int
    absent: int
    unknown: int

    @property
    def extent(self) -> str:
        """Return all, some, none or unknown.

        >>> Tally(5, 0, 0).extent, Tally(3, 2, 0).extent, Tally(0, 1, 0).extent, Tally(4, 0, 1).extent
        ('all', 'some', 'none', 'unknown')
        >>> Tally(1, 1, 1).extent, Tally(0, 1, 1).extent
        ('some', 'unknown')
        """
        if self.present and self.absent:
            return "some"  # whatever the unknown ones are
        if self.unknown:
            return "unknown"
        return "all" if self.present else "none"

    @property
    def words(self) -> str:
        """Return the tally as people read it.

        >>> Tally(5, 0, 0).words, Tally(3, 2, 0).words, Tally(0, 2, 0).words, Tally(1, 0, 2).words
        ('all 5', '3 of 5', 'none of 2', '1 of 3, 2 unknown')
        """
        total = self.present + self.absent + self.unknown
        if self.unknown:
            return f"{self.present} of {total}, {self.unknown} unknown" if self.unknown < total else "unknown"
        if total == 1:
            return "yes" if self.present else "no"
        return {total: f"all {total}", 0: f"none of {total}"}.get(self.present, f"{self.present} of {total}")


@dataclass(frozen=True)
class AreaComparison:
    """One area across the sides of a comparison."""

    area: Area
    statuses: tuple[tuple[Status, ...], ...]
    """Of each side, those of its partners."""

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Return how many partners of each side have the area."""
        present = [[status.present for status in side] for side in self.statuses]
        return tuple(Tally(side.count(True), side.count(False), side.count(None)) for side in present)

    @property
    def extents(self) -> tuple[str, ...]:
        """Return the extent on each side."""
        return tuple(tally.extent for tally in self.tallies)

    @property
    def relation(self) -> Relation | None:
        """Return how the statuses of two single partners relate; None if a side has several partners."""
        match self.statuses:
            case ((left,), (right,)) if left is not right and left.present and right.present:  # covered, already-exists
                return Relation.DIFFERS_IN_KIND
            case ((left,), (right,)):
                return _RELATIONS.get((left.present, right.present), Relation.UNKNOWN)
            case _:
                return None

    @property
    def differs(self) -> bool:
        """Return whether a partner is known to have the area and another not to, or two have it in different ways."""
        known = {status.present for side in self.statuses for status in side}
        return self.relation is Relation.DIFFERS_IN_KIND or {True, False} <= known


_RELATIONS: Mapping[tuple[bool | None, bool | None], Relation] = {
    (True, True): Relation.BOTH,
    (True, False): Relation.ONLY_LEFT,
    (False, True): Relation.ONLY_RIGHT,
    (False, False): Relation.NEITHER,
}


@dataclass(frozen=True, repr=False)
class Comparison(Result):
    """Partners, or groups of them, area by area."""

    sides: tuple[Operand, ...]
    areas: tuple[AreaComparison, ...]

    def __iter__(self) -> Iterator[AreaComparison]:
        return iter(self.areas)

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Return the partnerships of all sides, each once."""
        return tuple(_partners(self.sides).values())

    @property
    def is_pair(self) -> bool:
        """Return whether two single partners are compared."""
        return [len(side.partnerships) for side in self.sides] == [1, 1]

    @property
    def summary(self) -> Mapping[Relation, int]:
        """Return how many areas of a pair are in each relation."""
        counts = Counter(row.relation for row in self.areas)
        return {relation: counts[relation] for relation in Relation}

    @property
    def differing(self) -> tuple[AreaComparison, ...]:
        """Return the areas in which the sides are known to differ."""
        return tuple(row for row in self.areas if row.differs)


def diff(dataset: Dataset, *sides: Names, selection: Selection | None = None) -> Comparison:
    """Compare partners, groups, or lists such as 'uk,norway', area by area; one side alone with all others.

    A group stands for its members among the partnerships selected; partners in a list are taken as one side.

    >>> [row.area.number for row in load().diff("japan", "india").differing]
    [6, 17, 19, 21, 24, 26]
    >>> groups = load().diff("nato-ally", "indo-pacific")
    >>> [row.area.number for row in groups.differing if row.extents == ("all", "none")]
    [10, 14]
    """
    if not sides:
        raise RequestError("nothing to compare; name one side or more, for example 'japan', 'india'")
    scope = select(dataset, selection or Selection())
    operands = _operands(dataset, sides, scope)
    members = [_partners([side]).keys() for side in operands]
    for number, side in enumerate(operands):
        if members[number] in members[:number]:  # under another name, as 'japan' and 'JP'
            raise RequestError(f"two sides mean the same: {side.label}; name different partners")
    areas = (
        AreaComparison(area, tuple(tuple(p.status(area.id) for p in side.partnerships) for side in operands))
        for area in scope.areas
    )
    shown = _partners(operands)
    # the answer notes which newer members of a group are left out
    wide = _partners(_operands(dataset, sides, replace(scope, partnerships=(*scope.partnerships, *scope.newer))))
    newer = tuple(p for p in wide.values() if p.id not in shown)
    asked = replace(scope, partnerships=tuple(shown.values()), newer=newer)
    return Comparison(operands, tuple(areas), dataset=dataset, scope=asked)


def _operands(dataset: Dataset, names: Sequence[Names], scope: Scope) -> tuple[Operand, ...]:
    """Return the sides; a single one is compared with all others of the scope."""
    sides = [operand(dataset, name, scope) for name in names]
    if len(sides) == 1:
        rest = tuple(p for p in scope.partnerships if p.id not in _partners(sides))
        if not rest:
            raise RequestError("no partner is left to compare with; name two sides, or ask for --all")
        sides.append(Operand("the others", rest))
    return tuple(sides)


def _partners(sides: Iterable[Operand]) -> dict[str, Partnership]:
    return {p.id: p for side in sides for p in side.partnerships}
