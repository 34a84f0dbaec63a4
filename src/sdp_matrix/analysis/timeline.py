"""What happened when: the partnerships and the milestones on the way to and after each."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Milestone, Partnership


@dataclass(frozen=True, slots=True)
class Happening:
    """A milestone of a partnership, or the partnership itself."""

    partnership: Partnership
    date: str
    """A day, a month or a year, as far as it is known."""
    milestone: Milestone | None = None
    """None where the partnership itself came about: it was signed, adopted, announced or concluded."""

    @property
    def event(self) -> str:
        """What happened: an event, or the act."""
        return str(self.milestone.event if self.milestone else self.partnership.act.value)

    @property
    def place(self) -> str | None:
        """Where it happened."""
        if self.milestone:
            return self.milestone.place
        return self.partnership.place.value if self.partnership.place else None


def timeline(dataset: Dataset, partners: Sequence[str] = (), *, as_of: date | None = None) -> tuple[Happening, ...]:
    """Everything that has happened for certain by a day, in order of date, for the partners asked for or else for all.

    A partnership whose date is not known has no place in it. Raises `UnknownName`.
    """
    chosen = {p.id: p for p in map(dataset.partner, partners)}.values() or dataset.partnerships
    found = (happening for p in chosen for happening in _of(p))
    in_time = (one for one in found if as_of is None or last_day(one.date) <= as_of)
    return tuple(sorted(in_time, key=lambda one: (one.date, one.milestone is not None, one.partnership.id, one.event)))


def last_day(partial: str) -> date:
    """The last day of a day, month or year.

    >>> last_day("2024-02"), last_day("2024")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    year, month, day = (*(int(part) for part in partial.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _of(partnership: Partnership) -> Iterator[Happening]:
    for milestone in partnership.milestones:
        yield Happening(partnership, milestone.date, milestone)
    if partnership.date.value:
        yield Happening(partnership, partnership.date.text)
