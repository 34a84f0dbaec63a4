"""What all pictures share: their style, title and source line, and how they become bytes that depend on data alone."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sdp_matrix.formats.palette import INK, MUTED
from sdp_matrix.text_safety import flat

_STYLE: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "hatch.linewidth": 1.2,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "sdp",
    "pdf.fonttype": 42,
    "figure.facecolor": "white",
}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "sdp"},
    "pdf": {"CreationDate": None, "Creator": "sdp", "Producer": "sdp"},
    "png": {"Software": "sdp"},
}
_TITLE, _SOURCE = 0.62, 0.30
"""Inches above the plot for the title, and below it for each line of the source."""
_CHARACTER, _BOLD = 0.064, 0.12
"""Inches of an average character of the source line, and of the title."""
_NARROWEST, _EDGE = 7.0, 0.25
"""Inches of a picture at least, and of its margins."""


@contextmanager
def style() -> Iterator[None]:
    """The style of all pictures, whatever a matplotlibrc says."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def sheet(width: float, height: float, *, title: str, notes: Sequence[str], left: float = 0.25) -> tuple[Figure, Axes]:
    """Make a figure: a plot of a size in inches, a margin for labels, a title above, footnotes and source below."""
    total_width = max(width + left + _EDGE, _NARROWEST)
    heading = textwrap.wrap(flat(title), int((total_width - 2 * _EDGE) / _BOLD)) or [""]
    room = int((total_width - 2 * _EDGE) / _CHARACTER)
    lines = [line for text in notes for line in textwrap.wrap(flat(text), room)]
    above, below = _TITLE + 0.22 * (len(heading) - 1), _SOURCE + 0.16 * len(lines)
    total_height = height + above + below
    figure = Figure(figsize=(total_width, total_height))
    axes = figure.add_axes((left / total_width, below / total_height, width / total_width, height / total_height))
    axes.axis("off")
    edge = _EDGE / total_width
    figure.text(edge, 1 - 0.14 / total_height, "\n".join(heading), fontsize=13, fontweight="bold", va="top")
    figure.text(edge, 0.14 / total_height, "\n".join(lines), fontsize=7.5, color=MUTED, va="bottom", linespacing=1.3)
    return figure, axes


def save(figure: Figure, picture: str) -> bytes:
    """Write a figure as svg, png or pdf, without a date."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # a box is drawn in its place
        figure.savefig(out, format=picture, dpi=200, metadata=_METADATA[picture])
    # Who looks at a picture in svg may not have the font.
    return out.getvalue().replace(b"'DejaVu Sans'", b"'DejaVu Sans', Verdana, sans-serif")
