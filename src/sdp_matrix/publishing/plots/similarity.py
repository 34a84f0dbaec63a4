"""In how many areas each two partners are alike, of those known for both."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.similarity import SimilarityScore, ordered, pair
from sdp_matrix.errors import RequestError
from sdp_matrix.formats.palette import INK, LINE, MUTED, TONES
from sdp_matrix.formats.table import Look
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing.plots.canvas import sheet
from sdp_matrix.text_safety import flat
from sdp_matrix.views.parts import source_and_caveat

_WIDE, _HIGH = 0.62, 0.36
_SCALE = LinearSegmentedColormap.from_list("alike", ["#FFFFFF", TONES[Look.COVERED].tint, TONES[Look.COVERED].shade])
"""From nothing alike to everything alike."""
_WHITE = 0.9
"""From this share on, white letters read better than black ones."""
_NOTES = (
    "6/8: alike in 6 of the 8 areas known for both; both have it, or both are known not to. Darker is more alike;",
    "dotted without colour: fewer than half of the areas are known for both.",
)


def draw(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw the lower triangle, like beside like; names stand on the diagonal."""
    if len(shown.partnerships) == 1:
        raise RequestError("one partnership is not alike or unlike; name two or more")
    partnerships = ordered(shown.partnerships, shown.areas)
    title = "In how many areas each two partnerships are alike"
    width, height = _WIDE * len(partnerships) + 1.1, _HIGH * (len(partnerships) + 1.6)
    notes = [f"Source: {source_and_caveat(dataset, shown.scope)}"]
    figure, axes = sheet(width, height, title=title, notes=notes)
    axes.set_xlim(0, width / _WIDE)
    axes.set_ylim(len(partnerships) + 1.6, 0)
    for y, partnership in enumerate(partnerships):
        axes.text(y + 0.08, y + 0.5, flat(partnership.name), va="center", fontsize=8.5, fontweight="bold")
        for x, other in enumerate(partnerships[:y]):
            _tile(axes, x, y, pair(shown.areas, partnership, other).score, len(shown.areas))
    for number, note in enumerate(_NOTES):
        axes.text(0, len(partnerships) + 0.6 + 0.5 * number, note, va="center", fontsize=8, color=MUTED)
    return figure


def _tile(axes: Axes, x: int, y: int, score: SimilarityScore, areas: int) -> None:
    """Draw one pair; where less than half is known, a share would say more than there is, so no colour does."""
    share = score.matching
    place = ((x + 0.02, y + 0.04), 0.96, 0.92)
    if share is None or 2 * score.known < areas:
        axes.add_patch(Rectangle(*place, facecolor="white", edgecolor=LINE, hatch="....", linewidth=0.4))
        ink = MUTED
    else:
        axes.add_patch(Rectangle(*place, facecolor=_SCALE(share**3), edgecolor=LINE, linewidth=0.4))
        ink = "white" if share > _WHITE else INK
    words = f"{score.alike}/{score.known}" if score.known else "?"
    axes.text(x + 0.5, y + 0.5, words, ha="center", va="center", fontsize=7.5, color=ink)
