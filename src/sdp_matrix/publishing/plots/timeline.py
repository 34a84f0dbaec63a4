"""Partnerships and milestones on a line of time, one row a partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.timeline import TimelineEntry, events
from sdp_matrix.errors import RequestError
from sdp_matrix.formats.palette import LINE, MUTED, TONES
from sdp_matrix.formats.table import Look
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.publishing.plots.canvas import sheet
from sdp_matrix.text_safety import flat
from sdp_matrix.views.parts import source_line

_WIDE, _HIGH = 8.2, 0.56
_GAP = 0.12
"""Width of a year in which nothing happened, as a share of the others."""
_CHARACTER = 0.056
"""Inches of an average character of a label."""
_LEVELS = (-0.25, 0.25, -0.45, 0.45)
"""Where labels stand above and below a row, the first that is free."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days stand: years in which something happened are wide, the others narrow."""

    first: int
    starts: tuple[float, ...]
    """Where each year begins, and where the last one ends."""

    def place(self, day: date) -> float:
        year = day.year - self.first
        share = (day.timetuple().tm_yday - 1) / 366
        return self.starts[year] + share * (self.starts[year + 1] - self.starts[year])

    @property
    def inch(self) -> float:
        """The length of an inch on the scale."""
        return self.starts[-1] / _WIDE


def draw(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw one row a partner in order of date; what happened is written beside its mark."""
    entries = events(shown.partnerships)
    if not entries:
        raise RequestError("nothing that has a date is left to draw; ask for other partners")
    rows: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(entries, key=lambda h: (h.milestone is not None, h.date)):
        rows.setdefault(entry.partnership.id, []).append(entry)
    title = "Partnerships and the milestones on the way to and after them"
    source = f"Source: {source_line(dataset, shown.scope, (DATE_FIELD,))}"
    figure, axes = sheet(_WIDE, _HIGH * (len(rows) + 1.4), title=title, notes=[source], left=1.75)
    scale = _scale([_day(entry).year for entry in entries])
    axes.set_xlim(0, scale.starts[-1])
    axes.set_ylim(len(rows) - 0.2, -1.2)
    _years(axes, scale, len(rows))
    _legend(axes, scale, len(rows) - 0.1)
    for y, happenings in enumerate(rows.values()):
        _row(axes, y, sorted(happenings, key=_day), scale)
    return figure


def _scale(years: list[int]) -> _Scale:
    starts = [0.0]
    for year in range(min(years), max(years) + 1):
        starts.append(starts[-1] + (1 if year in years else _GAP))
    return _Scale(min(years), tuple(starts))


def _day(entry: TimelineEntry) -> date:
    """Where a happening stands; a month or year at its end."""
    return last_day(entry.date)


def _years(axes: Axes, scale: _Scale, rows: int) -> None:
    """Lines between years; empty years share one label."""
    for year, (start, end) in enumerate(pairwise(scale.starts), scale.first):
        axes.plot([start, start], [-0.75, rows - 0.5], color=LINE, linewidth=0.6, zorder=0)
        if end - start == 1:
            axes.text(start + 0.03, -0.9, str(year), color=MUTED, fontsize=8.5, va="center")
        else:
            axes.fill_between([start, end], -0.75, rows - 0.5, color="#F3F3F1", zorder=-1, linewidth=0)


def _row(axes: Axes, y: int, happenings: list[TimelineEntry], scale: _Scale) -> None:
    places = [scale.place(_day(entry)) for entry in happenings]
    axes.plot([places[0], places[-1]], [y, y], color=LINE, linewidth=2, zorder=1, solid_capstyle="round")
    _name(axes, y, happenings[0].partnership, scale)
    tone, free = TONES[Look.COVERED].shade, dict.fromkeys(_LEVELS, 0.0)
    for entry, x in zip(happenings, places, strict=True):
        if entry.milestone is None:
            axes.plot(x, y, marker="D", markersize=7, color=tone, zorder=2)
        else:
            axes.plot(x, y, marker="o", markersize=4.5, color=tone, markerfacecolor="white", zorder=3)
            _label(axes, entry.milestone.event.words, (x, y), scale, free)


def _name(axes: Axes, y: int, partnership: Partnership, scale: _Scale) -> None:
    x = -0.1 * scale.inch
    axes.text(x, y - 0.14, flat(partnership.name), ha="right", va="center")
    act = f"{partnership.act.value} {dates.in_words(partnership.date.value)}"
    axes.text(x, y + 0.19, flat(act), ha="right", va="center", fontsize=7.5, color=MUTED)


def _legend(axes: Axes, scale: _Scale, y: float) -> None:
    tone = TONES[Look.COVERED].shade
    axes.plot(0.05 * scale.inch, y, marker="D", markersize=7, color=tone, clip_on=False)
    axes.text(0.18 * scale.inch, y, "the partnership", va="center", fontsize=8)
    axes.plot(1.45 * scale.inch, y, marker="o", markersize=4.5, color=tone, markerfacecolor="white", clip_on=False)
    axes.text(1.57 * scale.inch, y, "a milestone", va="center", fontsize=8)
    if any(end - start < 1 for start, end in pairwise(scale.starts)):
        axes.text(2.6 * scale.inch, y, "grey: years without either, drawn narrower", va="center", fontsize=8)


def _label(axes: Axes, words: str, place: tuple[float, float], scale: _Scale, free: dict[float, float]) -> None:
    """Write what happened above the mark, or where it would run into another label, below it or further off."""
    width = _CHARACTER * len(words) * scale.inch
    start = max(min(place[0] - 0.05 * scale.inch, scale.starts[-1] - width), 0.0)
    level = next((level for level, end in free.items() if end <= start), _LEVELS[-1])
    free[level] = start + width + 0.08 * scale.inch
    axes.text(start, place[1] + level, words, fontsize=7, va="center", color=MUTED)
