"""Where partnerships differ: two side by side, or groups against groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Operand, Scope, Selection, operand, others, select
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Relation, Status


@dataclass(frozen=True, slots=True)
class AreaPair:
    """One area in two partnerships."""

    area: Area
    left: Status
    right: Status

    @property
    def relation(self) -> Relation:
        """How the two statuses relate; an unknown side makes the relation unknown."""
        if self.left.present is None or self.right.present is None:
            return Relation.UNKNOWN
        if self.left.present and self.right.present:
            return Relation.BOTH if self.left is self.right else Relation.DIFFERS_IN_KIND
        if self.left.present:
            return Relation.ONLY_LEFT
        return Relation.ONLY_RIGHT if self.right.present else Relation.NEITHER

    @property
    def differs(self) -> bool:
        """Whether the two are known to differ."""
        return self.relation not in {Relation.BOTH, Relation.NEITHER, Relation.UNKNOWN}


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Result):
    """Two partnerships, area by area."""

    left: Partnership
    right: Partnership
    areas: tuple[AreaPair, ...]
    newer: tuple[Partnership, ...] = ()
    """Members of a group that were not asked for, because they are newer than the table."""

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Both partnerships."""
        return self.left, self.right

    @property
    def summary(self) -> Mapping[Relation, int]:
        """How many areas stand in each relation; every relation is listed."""
        counts = Counter(pair.relation for pair in self.areas)
        return {relation: counts[relation] for relation in Relation}

    @property
    def differing(self) -> tuple[AreaPair, ...]:
        """The areas in which the two are known to differ."""
        return tuple(pair for pair in self.areas if pair.differs)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many partners of a side have an area."""

    present: int
    absent: int
    unknown: int

    @property
    def extent(self) -> str:
        """all, some, none or unknown: what is not known decides nothing.

        >>> Tally(5, 0, 0).extent, Tally(3, 2, 0).extent, Tally(0, 1, 0).extent, Tally(4, 0, 1).extent
        ('all', 'some', 'none', 'unknown')
        >>> Tally(1, 1, 1).extent, Tally(0, 1, 1).extent
        ('some', 'unknown')
        """
        if self.present and self.absent:
            return "some"
        if self.unknown:
            return "unknown"
        return "all" if self.present else "none"

    @property
    def words(self) -> str:
        """The tally as people read it.

        >>> Tally(5, 0, 0).words, Tally(3, 2, 0).words, Tally(0, 2, 0).words, Tally(1, 0, 2).words
        ('all 5', '3 of 5', 'none of 2', '1 of 3, 2 unknown')
        """
        total = self.present + self.absent + self.unknown
        if self.unknown:
            return f"{self.present} of {total}, {self.unknown} unknown" if self.unknown < total else "unknown"
        if self.absent == 0:
            return f"all {total}" if total > 1 else "yes"
        return f"{self.present} of {total}" if self.present else f"none of {total}" if total > 1 else "no"


@dataclass(frozen=True, slots=True)
class AreaTally:
    """One area across the sides of a comparison."""

    area: Area
    tallies: tuple[Tally, ...]

    @property
    def extents(self) -> tuple[str, ...]:
        """The extent on each side."""
        return tuple(tally.extent for tally in self.tallies)

    @property
    def differs(self) -> bool:
        """Whether the sides are known to differ: some partner known to have the area, some known not to."""
        return any(t.present for t in self.tallies) and any(t.absent for t in self.tallies)


@dataclass(frozen=True, slots=True, repr=False)
class Contrast(Result):
    """Three or more partnerships, or groups of them, area by area."""

    sides: tuple[Operand, ...]
    areas: tuple[AreaTally, ...]
    newer: tuple[Partnership, ...] = ()
    """Partnerships that would be on a side, but were not asked for, because they are newer than the table."""

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """The partnerships of all sides, each once."""
        return tuple({p.id: p for side in self.sides for p in side.partnerships}.values())

    @property
    def differing(self) -> tuple[AreaTally, ...]:
        """The areas in which somebody is known to have what somebody else is known not to have."""
        return tuple(row for row in self.areas if row.differs)


C = TypeVar("C", Comparison, Contrast)


def diff(dataset: Dataset, left: str, right: str, *, selection: Selection | None = None) -> Comparison:
    """Compare two partnerships, area by area.

    Raises `UnknownName`, and `BadRequest` for a name of several, which are compared by `contrast`.

    >>> from sdp_matrix import load
    >>> [pair.area.number for pair in load().diff("japan", "india").differing]
    [6, 17, 19, 21, 24, 26]
    """
    found = compare_sides(dataset, (left, right), selection)
    if isinstance(found, Comparison):
        return found
    several = next(side.label for side in found.sides if len(side.partnerships) > 1)
    raise BadRequest(f"'{several}' is more than one partner; compare groups and lists with contrast")


def contrast(dataset: Dataset, *sides: str, selection: Selection | None = None) -> Contrast:
    """Compare partners, groups, or lists such as 'uk,norway', area by area; one side alone with all others.

    A group stands for its members among the partnerships selected. Raises `UnknownName` and `BadRequest`.

    >>> from sdp_matrix import load
    >>> found = load().contrast("nato-ally", "indo-pacific")
    >>> [row.area.number for row in found.differing if row.extents == ("all", "none")]
    [10, 14]
    """
    scope = select(dataset, selection)
    found, newer = _sides(dataset, sides, scope)
    return _framed(dataset, scope, _tallied(found, scope.areas, newer))


def compare_sides(dataset: Dataset, sides: Sequence[str], selection: Selection | None = None) -> Comparison | Contrast:
    """Compare two single partners as `diff` does, everything else as `contrast` does; raises as these do."""
    scope = select(dataset, selection)
    found, newer = _sides(dataset, sides, scope)
    match [side.partnerships for side in found]:
        case [(left,), (right,)]:
            return _framed(dataset, scope, compare(left, right, scope.areas, newer))
        case _:
            return _framed(dataset, scope, _tallied(found, scope.areas, newer))


def _framed(dataset: Dataset, scope: Scope, found: C) -> C:
    """The answer with its data set, and the partnerships that are on a side as its scope."""
    return replace(found, dataset=dataset, scope=replace(scope, partnerships=found.partnerships, newer=found.newer))


def _sides(dataset: Dataset, names: Sequence[str], scope: Scope) -> tuple[list[Operand], tuple[Partnership, ...]]:
    """What the names mean in a scope, and who would be on a side, but is left out because newer than the table."""
    found = _operands(dataset, names, scope)
    wide = replace(scope, partnerships=(*scope.partnerships, *scope.newer))
    shown = {p.id for side in found for p in side.partnerships}
    newer = (p for side in _operands(dataset, names, wide) for p in side.partnerships if p.id not in shown)
    return found, tuple(newer)


def _operands(dataset: Dataset, names: Sequence[str], scope: Scope) -> list[Operand]:
    sides = [operand(dataset, name, scope) for name in names]
    if len(sides) > 1:
        return sides
    return [*sides, others(scope, {p.id for side in sides for p in side.partnerships})]


def compare(
    left: Partnership, right: Partnership, areas: Sequence[Area], newer: tuple[Partnership, ...] = ()
) -> Comparison:
    """Compare two partnerships area by area; raises `BadRequest` for a partnership and itself."""
    if left.id == right.id:
        raise BadRequest(f"both names mean {left.id}; a partnership does not differ from itself: name another one")
    return Comparison(left, right, tuple(AreaPair(a, left.status(a.id), right.status(a.id)) for a in areas), newer)


def _tallied(sides: Sequence[Operand], areas: Sequence[Area], newer: tuple[Partnership, ...]) -> Contrast:
    """Compare three or more sides, or sides of several partners; raises `BadRequest` where two sides are the same."""
    seen: dict[frozenset[str], str] = {}
    for side in sides:
        members = frozenset(p.id for p in side.partnerships)
        if members in seen:
            raise BadRequest(f"'{seen[members]}' and '{side.label}' mean the same partners; name different ones")
        seen[members] = side.label
    return Contrast(tuple(sides), tallies(sides, areas), newer)


def tallies(sides: Sequence[Operand], areas: Sequence[Area]) -> tuple[AreaTally, ...]:
    """How many partners of each side have each area."""
    return tuple(AreaTally(a, tuple(_tally(one, a.id) for one in sides)) for a in areas)


def _tally(side: Operand, area: str) -> Tally:
    present = [p.status(area).present for p in side.partnerships]
    return Tally(present.count(True), present.count(False), present.count(None))
