"""The matrix as a heat map: tiles with marks, told apart without colour too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from sdp_matrix.formats.palette import TONES
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.publishing.plots.canvas import LINE, MUTED, sheet
from sdp_matrix.sanitize import flat
from sdp_matrix.views import marks
from sdp_matrix.views.matrix import source

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sdp_matrix.analysis.matrix import Matrix, Span
    from sdp_matrix.model.dataset import Dataset

_WIDE, _HIGH, _LABELS = 0.72, 0.235, 2.9
"""Size of a tile, and of the labels of rows, in inches."""
_CHARACTER = 0.075
"""Inches of an average character of the name of a group."""
_HEAD, _FOOT = 3.6, 2.4
"""Rows above for names and groups, and below for the legend."""


def draw(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw areas by partners, the groups above, the legend below."""
    columns, rows = len(shown.partnerships), len(shown.areas)
    groups = sum(any(span.heading for span in spans) for spans in shown.spans)
    height = (rows + _HEAD - 1 + groups + _FOOT) * _HIGH
    figure, axes = sheet(
        columns * _WIDE, height, title=dataset.table.title, source=source(dataset, shown), left=_LABELS
    )
    axes.set_xlim(0, columns)
    axes.set_ylim(rows + _FOOT, 1 - _HEAD - groups)
    _names(axes, shown)
    for level, spans in enumerate(reversed([spans for spans in shown.spans if any(s.heading for s in spans)])):
        _groups(axes, spans, -2.6 - level)
    for y, area in enumerate(shown.areas):
        label = flat(f"{area.number}  {area.label}")
        axes.text(-0.12, y + 0.5, label, ha="right", va="center", fontsize=8.5)
        for x, partnership in enumerate(shown.partnerships):
            tile(axes, x, y, partnership.status(area.id))
    _legend(axes, shown, rows + 0.9)
    return figure


def tile(axes: Axes, x: float, y: float, status: Status, width: float = 1) -> None:
    """Draw one tile with its mark."""
    cell = marks.mark(status)
    tone = TONES[cell.look]
    hatch = {Status.ALREADY_EXISTS: "////", Status.UNKNOWN: "...."}.get(status)
    place = ((x + 0.02, y + 0.05), width - 0.04, 0.9)
    edge = LINE if status is Status.NOT_COVERED else "#FFFFFF80" if hatch else tone.fill
    axes.add_patch(Rectangle(*place, facecolor=tone.fill, edgecolor=edge, hatch=hatch, linewidth=0.5, clip_on=False))
    mark = cell.text if cell.short is None else cell.short
    axes.text(x + width / 2, y + 0.52, mark, ha="center", va="center", color=tone.ink, fontsize=8.5)


def _names(axes: Axes, shown: Matrix) -> None:
    for x, partnership in enumerate(shown.partnerships):
        words = flat(partnership.name).split()
        name = "\n".join([" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]).strip()
        axes.text(x + 0.5, -0.95, name, ha="center", va="bottom", fontsize=7.5, fontweight="bold", linespacing=1)
        day = dates.in_words(partnership.date.value)
        axes.text(x + 0.5, -0.2, day, ha="center", va="bottom", fontsize=6.5, color=MUTED)


def _groups(axes: Axes, spans: tuple[Span, ...], y: float) -> None:
    start = 0
    for span in spans:
        end = start + len(span.partners)
        if span.heading:
            full = span.heading.title or ""
            title = full if len(full) * _CHARACTER < (end - start) * _WIDE else span.heading.short or full
            axes.text((start + end) / 2, y - 0.15, flat(title), ha="center", va="bottom", fontsize=7.5, color=MUTED)
            axes.plot([start + 0.06, end - 0.06], [y, y], color=MUTED, linewidth=0.8)
        start = end


def _legend(axes: Axes, shown: Matrix, y: float) -> None:
    present = {p.status(a.id) for p in shown.partnerships for a in shown.areas}
    x = -_LABELS / _WIDE + 0.3
    for status in (status for status in Status if status in present):
        tile(axes, x, y, status, width=0.5)
        axes.text(x + 0.62, y + 0.5, status.words, va="center", fontsize=8.5)
        x += 0.62 + 0.11 * len(status.words) + 0.45
