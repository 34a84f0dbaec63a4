"""What happened when: the partnerships and the milestones on the way to and after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.selection import Selection, select, selection_of
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.partnership import Milestone, Partnership


@dataclass(frozen=True, slots=True)
class TimelineEntry:
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


def timeline(dataset: Dataset, *partners: str | Iterable[str] | Selection) -> Listing[TimelineEntry]:
    """Everything that has happened for certain by a day, in order of date, for the partners selected, else for all.

    A partnership whose date is not known has no place in it. Raises `UnknownNameError` and `RequestError`.

    >>> from sdp_matrix import load
    >>> [(one.date, one.event) for one in load().timeline("albania")]
    [('2024-11-19', 'adopted'), ('2024-12-18', 'signed'), ('2025-04', 'dialogue-held')]
    """
    asked = selection_of(*partners, everyone=True)
    # What led to a partnership happened before its day, so the day is about each event and not about the partner.
    scope = replace(select(dataset, replace(asked, as_of=None)), as_of=asked.as_of)
    items = events(scope.partnerships, as_of=scope.as_of)
    return Listing(items, question="timeline", dataset=dataset, scope=scope)


def events(partnerships: Iterable[Partnership], *, as_of: date | None = None) -> tuple[TimelineEntry, ...]:
    """Everything that has happened on some partnerships for certain by a day, in order of date."""
    entries = (entry for p in partnerships for entry in _of(p))
    in_time = (entry for entry in entries if as_of is None or last_day(entry.date) <= as_of)
    return tuple(sorted(in_time, key=lambda e: (e.date, e.milestone is not None, e.partnership.id, e.event)))


def _of(partnership: Partnership) -> Iterator[TimelineEntry]:
    for milestone in partnership.milestones:
        yield TimelineEntry(partnership, milestone.date, milestone)
    if partnership.date.value:
        yield TimelineEntry(partnership, partnership.date.text)
