"""The time line as a table: lanes to look at, then what happened, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.analysis.timeline import TimelineEntry
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.views.frame import framed

_SIGNATURE, _MILESTONE, _BEFORE, _AFTER, _GAP = "●", "○", "┈", "━", "┊"
_LANE_WIDTH = 60
"""A lane has at most so many characters, so that it fits 80 columns with the name before it."""

_STEPS = (1, 3, 12)
"""Months to one character of a lane; the first that fits is taken."""

_PLACED = ("place", "reference", "locator", "note")


def timeline(dataset: Dataset, found: Sequence[TimelineEntry], scope: Scope, *, lanes: bool) -> Table:
    """What happened, in order; with `lanes`, first one row per partner on a common scale of time."""
    years = (
        Section(tuple(_row(one) for one in of_year), year) for year, of_year in groupby(found, lambda one: one.date[:4])
    )
    names = max((len(one.partnership.name) for one in found), default=0)
    drawn = Section(tuple(_lanes(found)), people_only=True, min_width=names + 1 + _LANE_WIDTH)
    table = Table(
        title="What happened when" if found else "Nothing is recorded",
        columns=(
            Column("date"),
            *(Column(name, machine_only=True) for name in ("partner", "event", "kind")),
            Column("happening", grows=True),
            *(Column(name, machine_only=True) for name in _PLACED),
        ),
        header=(),
        sections=(*([drawn] if lanes and found else []), *years),
        legend=((Cell(_SIGNATURE), "signed, adopted, announced or concluded"), (Cell(_MILESTONE), "milestone")),
        wide=False,
        data=[_data(one) for one in found],
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD,))


def _row(one: TimelineEntry) -> tuple[Cell, ...]:
    milestone = one.milestone
    sign = _MILESTONE if milestone else _SIGNATURE
    words = milestone.event.words if milestone else one.event
    told = f"{sign} {one.partnership.name}: {', '.join(filter(None, [words, one.place]))}"
    machine = (one.partnership.id, one.event, "milestone" if milestone else "partnership")
    cited = (milestone.reference, milestone.locator, milestone.note) if milestone else (None, None, None)
    return (
        Cell(dates.in_words(one.date), value=one.date, look=Look.MUTED),
        *map(Cell, machine),
        Cell(told, value=words, look=Look.PLAIN if milestone else Look.HEADING),
        *(Cell(text or "") for text in (one.place, *cited)),
    )


def _data(one: TimelineEntry) -> Json:
    milestone = one.milestone
    return {
        "date": one.date,
        "partner": one.partnership.id,
        "event": one.event,
        "kind": "milestone" if milestone else "partnership",
        "place": one.place,
        "reference": milestone.reference if milestone else None,
        "locator": milestone.locator if milestone else None,
        "note": milestone.note if milestone else None,
    }


def _lanes(found: Sequence[TimelineEntry]) -> Iterable[tuple[Cell, ...]]:
    """The scale, then a lane a partner in order of its first partnership date; no blank, so that nothing is wrapped."""
    slots = _slots(found)
    yield _lane("", _scale(slots))
    partners = {one.partnership.id: one.partnership for one in found}
    for partner in sorted(partners.values(), key=lambda p: p.order_key):
        yield _lane(partner.name, _drawn([one for one in found if one.partnership is partner], slots))


def _lane(name: str, lane: str) -> tuple[Cell, ...]:
    return (Cell(name), *[Cell()] * 3, Cell(lane), *[Cell()] * len(_PLACED))


def _slots(found: Sequence[TimelineEntry]) -> list[str]:
    """The characters of a lane, each a month, quarter or year: its first month, or nothing where years are left out."""
    years = sorted({int(one.date[:4]) for one in found})
    for step in _STEPS:
        slots: list[str] = []
        for before, year in zip([None, *years], years, strict=False):
            slots += [""] * (before is not None and year > before + 1)
            slots += [f"{year}-{month:02}" for month in range(1, 13, step)]
        if len(slots) <= _LANE_WIDTH:
            break
    return slots


def _slot(day: str, slots: Sequence[str]) -> int:
    """Where a date stands: a month or year without a day stands where it begins."""
    return max(index for index, slot in enumerate(slots) if slot and slot <= max(day[:7], f"{day[:4]}-01"))


def _scale(slots: Sequence[str]) -> str:
    """Years, each where it begins."""
    line = "".join(_BEFORE if slot else _GAP for slot in slots)
    for index, slot in enumerate(slots):
        year = slot.removesuffix("-01")
        if year != slot and line[index:].startswith(_BEFORE * len(year)):
            line = line[:index] + year + line[index + len(year) :]
    return line


def _drawn(happenings: Sequence[TimelineEntry], slots: Sequence[str]) -> str:
    """One lane: dotted before the partnership, a line from it on."""
    line = [_GAP if not slot else _BEFORE for slot in slots]
    signed = [_slot(one.date, slots) for one in happenings if not one.milestone]
    for index in range(signed[0], len(slots)) if signed else ():
        line[index] = _AFTER if slots[index] else _GAP
    for one in sorted(happenings, key=lambda one: one.milestone is None):
        line[_slot(one.date, slots)] = _MILESTONE if one.milestone else _SIGNATURE
    return "".join(line)
