"""What the partners of a group share, and what nobody else has."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sdp_matrix.analysis import comparison, search
from sdp_matrix.analysis.comparison import Side
from sdp_matrix.analysis.search import Condition
from sdp_matrix.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sdp_matrix.analysis.comparison import AreaTally, Tally
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Area, Partnership


@dataclass(frozen=True, slots=True)
class Profile:
    """A group beside all other partners that were looked at."""

    group: Side
    others: Side
    areas: tuple[AreaTally, ...]
    """Every area, with a tally of the group and one of the others."""

    @property
    def shared(self) -> tuple[Area, ...]:
        """The areas that all of the group are known to have."""
        return tuple(row.area for row in self.areas if row.tallies[0].extent == "all")

    @property
    def only(self) -> tuple[Area, ...]:
        """The areas that some of the group have and that all others are known to lack."""
        return self._alone(unknown=False)

    @property
    def perhaps_only(self) -> tuple[Area, ...]:
        """The areas that some of the group have and no other is known to have, where a status is not known."""
        return self._alone(unknown=True)

    @property
    def by_tally(self) -> Mapping[Tally, tuple[Area, ...]]:
        """The areas by how many of the group have them, most first."""
        inside = sorted(((row.tallies[0], row.area) for row in self.areas), key=_most_first)
        return {tally: tuple(area for _, area in run) for tally, run in groupby(inside, lambda pair: pair[0])}

    def _alone(self, *, unknown: bool) -> tuple[Area, ...]:
        rows = [(row.area, row.tallies[0], row.tallies[1]) for row in self.areas if self.others.partnerships]
        alone = [(area, theirs) for area, ours, theirs in rows if ours.present and not theirs.present]
        return tuple(area for area, theirs in alone if (theirs.unknown > 0) is unknown)


def _most_first(pair: tuple[Tally, Area]) -> tuple[int, int, int]:
    tally, area = pair
    return -tally.present, tally.absent, area.number


def profiles(
    dataset: Dataset,
    operands: Sequence[str] = (),
    condition: Condition | None = None,
    *,
    as_of: date | None = None,
    everyone: bool = False,
) -> tuple[Profile, ...]:
    """Set groups beside the rest: those that the operands name, and the partnerships that fulfil a condition.

    An operand is a group, a partner or a list such as 'uk,norway'; without any, and without a condition, every group
    that has members is taken. Raises `UnknownName`, and `BadRequest` for an operand or a condition of nobody.
    """
    pool = search.find(dataset, Condition(), as_of=as_of, everyone=everyone).asked
    sides = [comparison.side(dataset, operand, as_of=as_of, everyone=everyone) for operand in operands]
    if condition:
        found = search.find(dataset, condition, as_of=as_of, everyone=everyone)
        label = search.words(dataset, found.condition)
        if not found.partnerships:
            raise BadRequest(f"no partnership of {len(pool)} {label}; a group needs at least one")
        sides.append(Side(label[:1].upper() + label[1:], found.partnerships))
    elif not operands:
        listed = ((g.title, tuple(p for p in pool if p.belongs_to(g.id))) for g in dataset.groups)
        sides = [Side(title, members) for title, members in listed if members]
    return tuple(_profile(dataset, side, pool) for side in sides)


def _profile(dataset: Dataset, group: Side, pool: Sequence[Partnership]) -> Profile:
    members = {p.id for p in group.partnerships}
    others = Side("all others", tuple(p for p in pool if p.id not in members))
    return Profile(group, others, comparison.tallies(dataset, (group, others)))
