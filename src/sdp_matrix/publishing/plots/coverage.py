"""How many areas each partnership covers: one bar a partner, every part labelled."""

from __future__ import annotations

from collections import Counter

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.formats.palette import INK, TONES
from sdp_matrix.formats.table import Look
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.publishing.plots.canvas import sheet
from sdp_matrix.sanitize import flat
from sdp_matrix.views.matrix import source
from sdp_matrix.views.parts import caveat

_ORDER = (Status.COVERED, Status.ALREADY_EXISTS, Status.UNKNOWN, Status.NOT_COVERED)
_HATCHES = {Status.ALREADY_EXISTS: "////", Status.UNKNOWN: "...."}


def draw(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw the bars, the longest first."""
    counts = {p.id: Counter(p.status(a.id) for a in shown.areas) for p in shown.partnerships}

    def present(partnership: Partnership) -> int:
        return counts[partnership.id][Status.COVERED] + counts[partnership.id][Status.ALREADY_EXISTS]

    ordered = sorted(shown.partnerships, key=lambda p: (-present(p), p.name))
    title = f"How many of {len(shown.areas)} areas each partnership covers"
    figure, axes = sheet(
        6.6,
        0.36 * len(ordered) + 0.4,
        title=title,
        source=f"{source(dataset, shown)} {caveat(dataset, shown.partnerships)}".strip(),
        left=1.9,
    )
    axes.set_xlim(0, len(shown.areas))
    axes.set_ylim(len(ordered), -1.1)
    for y, partnership in enumerate(ordered):
        axes.text(-0.3, y, flat(partnership.name), ha="right", va="center")
        _bar(axes, y, counts[partnership.id])
    _legend(axes, {status for count in counts.values() for status in count})
    return figure


def _bar(axes: Axes, y: int, count: Counter[Status]) -> None:
    start = 0
    for status in (status for status in _ORDER if count[status]):
        tone, width = TONES[Look(status.value)], count[status]
        hatch = _HATCHES.get(status)
        edge = "#FFFFFF80" if hatch else tone.fill
        axes.barh(y, width, left=start, height=0.72, color=tone.fill, edgecolor=edge, hatch=hatch, linewidth=0)
        label = axes.text(start + width / 2, y, str(width), ha="center", va="center", color=tone.ink)
        if hatch:
            label.set_bbox({"facecolor": tone.fill, "edgecolor": "none", "pad": 0.8})
        start += width


def _legend(axes: Axes, present: set[Status]) -> None:
    x = 0.0
    for status in (status for status in _ORDER if status in present):
        tone, hatch = TONES[Look(status.value)], _HATCHES.get(status)
        axes.barh(-0.85, 0.6, left=x, height=0.4, color=tone.fill, edgecolor="#FFFFFF80", hatch=hatch, linewidth=0)
        axes.text(x + 0.8, -0.85, status.words, va="center", color=INK, fontsize=8.5)
        x += 1.6 + 0.36 * len(status.words)
