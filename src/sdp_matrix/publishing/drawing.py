"""The pictures of `plots`, drawn with matplotlib: the table as a slide, a timeline, and the similarity of partners.

Lengths are inches, from the top left corner of the plot. Widths of texts are estimates, so that no font is measured.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.patterns import Pair, in_order_of_similarity, pair
from sdp_matrix.analysis.search import TimelineEntry, events
from sdp_matrix.errors import RequestError
from sdp_matrix.formats.table import INK, LINE, MUTED, TONES, Cell, Kind, Look, Table, spanned
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.text_safety import flat
from sdp_matrix.views import matrix as matrix_view
from sdp_matrix.views.parts import caveat, source_line

_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "sdp",  # else ids are random
    "pdf.fonttype": 42,  # TrueType, whose text can be searched and copied
    "figure.facecolor": "white",
}
_METADATA: dict[str, dict[str, Any]] = {  # no time of day: the same data give the same bytes
    "svg": {"Date": None, "Creator": "sdp"},
    "pdf": {"CreationDate": None, "Creator": "sdp", "Producer": "sdp"},
    "png": {"Software": "sdp"},
}
_EDGE, _NARROWEST = 0.2, 7.0  # the margin, and the least width of a picture
_TITLE, _NOTE = 0.22, 0.13  # heights of a line of the title and of the notes
_BOLD_CHARACTER, _CHARACTER, _SMALL_CHARACTER = 0.12, 0.065, 0.057  # average widths: of the title, at 8.5 points, at 7


def draw(dataset: Dataset, shown: Matrix, kind: str, picture: str) -> bytes:
    """Draw a picture as svg, png or pdf of the same bytes, whatever a matplotlibrc has in it."""
    out = io.BytesIO()
    with style.context(["default", _STYLE]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # a box is drawn in its place
        figure = {"matrix": _matrix, "timeline": _timeline, "similarity": _similarity}[kind](dataset, shown)
        figure.savefig(out, format=picture, dpi=200, metadata=_METADATA[picture])
    # A reader of the svg may not have the font.
    return out.getvalue().replace(b"'DejaVu Sans'", b"'DejaVu Sans', Verdana, sans-serif")


def _sheet(title: str, notes: Sequence[str], width: float, height: float, *, left: float = 0.0) -> tuple[Figure, Axes]:
    """Return a figure with title and notes, and axes in inches, with room for labels to the left of the plot."""
    total_width = max(left + width + 2 * _EDGE, _NARROWEST)
    room = total_width - 2 * _EDGE
    heading = textwrap.wrap(flat(title), int(room / _BOLD_CHARACTER))
    lines = [line for text in notes for line in textwrap.wrap(flat(text), int(room / _SMALL_CHARACTER))]
    above, below = 2 * _EDGE + _TITLE * len(heading), 2 * _EDGE + _NOTE * len(lines)
    figure = Figure(figsize=(total_width, above + height + below))  # pyplot would look for a screen, and keep it
    axes = figure.add_axes(
        (0, 0, 1, 1), xlim=(-left - _EDGE, total_width - left - _EDGE), ylim=(height + below, -above)
    )
    axes.axis("off")  # y grows downwards, as rows do
    axes.text(-left, _EDGE - above, "\n".join(heading), fontsize=13, fontweight="bold", va="top")
    axes.text(-left, height + _EDGE, "\n".join(lines), fontsize=7, color=MUTED, va="top", linespacing=1.3)
    return figure, axes


_NUMBER, _TILE = 0.32, 0.9  # widths of the column of numbers and of a column of marks
_ROW, _LEGEND, _HEADER_LINE = 0.215, 0.4, 0.15  # heights


def _matrix(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw the table as a slide: a tile for each mark, partners and their groups above, every title in full."""
    table = matrix_view.matrix(dataset, shown)
    rows = [[cells[i] for i in table.shown] for section in table.sections for cells in section.rows]
    first_tile = _NUMBER + 0.1 + _CHARACTER * max(len(flat(row[1].text)) for row in rows)
    edges = [0, _NUMBER, *(first_tile + _TILE * n for n in range(len(shown.partnerships) + 1))]
    headers = [_headings(row, edges) for row in table.header]
    heights = [0.06 + _HEADER_LINE * max(len(lines) for *_, lines in headings) for headings in headers]
    height = sum(heights) + _ROW * len(rows) + _LEGEND
    notes = [paragraph.numbered for paragraph in table.paragraphs() if paragraph.kind is not Kind.LEGEND]
    figure, axes = _sheet(table.title, notes, edges[-1], height)
    bottoms = list(accumulate(heights))
    for headings, bottom in zip(headers, bottoms, strict=True):
        _header(axes, headings, bottom)
    for number, row in enumerate(rows):
        top = bottoms[-1] + _ROW * number
        axes.text(_NUMBER - 0.1, top + _ROW / 2, flat(row[0].text), ha="right", va="center", color=MUTED, fontsize=8)
        axes.text(_NUMBER, top + _ROW / 2, flat(row[1].text), va="center", fontsize=8.5)
        for cell, left in zip(row[2:], edges[2:], strict=False):  # the last edge is the right one
            _tile(axes, cell, left, top, _TILE)
    _matrix_legend(axes, table, height - _LEGEND + 0.15)
    return figure


def _headings(row: Sequence[Cell], edges: Sequence[float]) -> list[tuple[Cell, float, float, list[str]]]:
    """Return each heading with its left and right edge and its lines; over a narrow column, a group is shortened."""
    headings = []
    for cell, covered in spanned(row):
        left, right = edges[covered[0]], edges[covered[-1] + 1]
        room = int((right - left) / _CHARACTER)
        text = flat(cell.text + "".join(f" [{marker}]" for marker in cell.notes))
        fits = max(map(len, text.split(" "))) <= room
        headings.append((cell, left, right, textwrap.wrap(text if fits else flat(cell.short or text), room)))
    return headings


def _header(axes: Axes, headings: list[tuple[Cell, float, float, list[str]]], bottom: float) -> None:
    """Draw a row of headings on its bottom line; a heading over several columns is underlined."""
    for cell, left, right, lines in headings:
        # headings of the rows begin where their texts do
        x, align = (left, "left") if left == _NUMBER else ((left + right) / 2, "center")
        weight = "bold" if cell.look is Look.HEADING else "normal"
        axes.text(x, bottom - 0.07, "\n".join(lines), ha=align, fontweight=weight, fontsize=8, linespacing=1.1)
        if cell.span > 1 and lines:
            axes.plot([left + 0.06, right - 0.06], [bottom - 0.01] * 2, color=LINE, linewidth=1)


def _tile(axes: Axes, cell: Cell, left: float, top: float, width: float) -> None:
    tone, text = TONES[cell.look], flat(cell.text)
    edge = LINE if cell.look is Look.NOT_COVERED else tone.tint
    corner, size = (left + 0.015, top + 0.015), (width - 0.03, _ROW - 0.03)
    axes.add_patch(Rectangle(corner, *size, facecolor=tone.tint, edgecolor=edge, linewidth=0.5))
    axes.text(left + width / 2, top + _ROW / 2, text, ha="center", va="center", fontsize=9 if len(text) == 1 else 7)
    axes.text(left + width - 0.06, top + 0.03, ",".join(cell.notes), ha="right", va="top", fontsize=6)


def _matrix_legend(axes: Axes, table: Table, top: float) -> None:
    left = _NUMBER
    for cell, meaning in table.meanings():
        width = 0.3 if meaning else _TILE
        _tile(axes, cell, left, top, width)
        axes.text(left + width + 0.08, top + _ROW / 2, meaning, va="center", fontsize=8)
        left += width + _CHARACTER * len(meaning) + 0.3


_TIME_WIDTH, _NAMES = 8.3, 1.8  # widths of the timeline and of the names beside it
_OVERHANG = 0.3  # room for labels beyond the last year, so that no stem crosses one that is moved to the left
_EMPTY_YEAR = 0.12  # width of a year in which nothing happened, as a share of the others
_LABEL, _BELOW = 0.14, 0.34  # heights of a label, and of the room below a row
_PARTNERSHIP: dict[str, Any] = {"marker": "D", "markersize": 7, "color": TONES[Look.COVERED].shade, "zorder": 2}
_MILESTONE = _PARTNERSHIP | {"marker": "o", "markersize": 4.5, "markerfacecolor": "white", "zorder": 3}


def _timeline(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw partnerships and milestones by date, one row per partner."""
    entries = sorted(events(shown.partnerships), key=lambda entry: last_day(entry.date))
    if not entries:
        raise RequestError("nothing that has a date is left to draw; ask for other partners")
    years = _year_edges({last_day(entry.date).year for entry in entries})
    ordered = sorted(shown.partnerships, key=lambda p: p.order_key)
    rows = list(filter(None, ([entry for entry in entries if entry.partnership.id == p.id] for p in ordered)))
    bottoms = list(accumulate(_BELOW + _LABEL * max(2, len(row)) for row in rows))
    notes = [
        "◆ the partnership; ○ a milestone; grey: years without either, drawn narrower",
        f"Source: {source_line(dataset, shown.scope, (DATE_FIELD,))}",
    ]
    title = "Partnerships and the milestones on the way to and after them"
    figure, axes = _sheet(title, notes, _TIME_WIDTH + _OVERHANG, bottoms[-1], left=_NAMES)
    _years(axes, years, bottoms[-1])
    for row, bottom in zip(rows, bottoms, strict=True):
        _time_row(axes, row, years, bottom - _BELOW)
    return figure


def _year_edges(years: Collection[int]) -> dict[int, float]:
    """Return where each year begins, and where the last ends; years in which nothing happened are narrow."""
    span = range(min(years), max(years) + 2)
    ends = list(accumulate((1 if year in years else _EMPTY_YEAR for year in span[:-1]), initial=0.0))
    return {year: end / ends[-1] * _TIME_WIDTH for year, end in zip(span, ends, strict=True)}


def _place(value: str, years: Mapping[int, float]) -> float:
    """Return where a date is; a month or year is at its end."""
    starts = [date(year, 1, 1).toordinal() for year in years]
    return float(np.interp(last_day(value).toordinal(), starts, list(years.values())))


def _years(axes: Axes, years: Mapping[int, float], bottom: float) -> None:
    """Draw a line at the beginning of each year; those in which nothing happened are grey and have no name."""
    widest = max(end - start for start, end in pairwise(years.values()))
    for (year, start), (_, end) in pairwise(years.items()):
        axes.plot([start, start], [0, bottom], color=LINE, linewidth=0.6, zorder=0)
        if end - start > widest / 2:
            axes.text(start + 0.05, -0.1, str(year), color=MUTED, fontsize=8.5, va="center")
        else:
            axes.fill_between([start, end], 0, bottom, color="#F3F3F1", zorder=-1, linewidth=0)


def _time_row(axes: Axes, entries: Sequence[TimelineEntry], years: Mapping[int, float], y: float) -> None:
    """Draw what happened, each label above its mark and below the labels before it, so that lines cross no label."""
    partnership = entries[0].partnership
    act = f"{partnership.act.value} {dates.in_words(partnership.date.value)}"
    axes.text(-0.12, y - 0.08, flat(partnership.name), ha="right", va="center", fontsize=9)
    axes.text(-0.12, y + 0.08, flat(act), ha="right", va="center", fontsize=7, color=MUTED)
    places = [_place(entry.date, years) for entry in entries]
    axes.plot([places[0], places[-1]], [y, y], color=LINE, linewidth=2, zorder=1, solid_capstyle="round")
    for level, (entry, x) in enumerate(zip(reversed(entries), reversed(places), strict=True), 1):
        axes.plot(x, y, **(_MILESTONE if entry.milestone else _PARTNERSHIP))
        if entry.milestone:
            words, top = entry.milestone.event.words, y - _LABEL * level
            axes.plot([x, x], [y, top], color=LINE, linewidth=0.6, zorder=1)
            start = min(x + 0.03, _TIME_WIDTH + _OVERHANG + _EDGE - _SMALL_CHARACTER * len(words))
            axes.text(start, top, words, fontsize=7, va="center", color=MUTED)


_SCALE = LinearSegmentedColormap.from_list("alike", ["#FFFFFF", TONES[Look.COVERED].tint, TONES[Look.COVERED].shade])
_WHITE = 0.9  # from this share on, white letters read better than black
_PAIR_WIDTH, _PAIR_HEIGHT = 0.62, 0.36
_SIMILARITY_NOTE = (
    "6/8: alike in 6 of the 8 areas known for both; both have it, or both are known not to. "
    "Darker is more alike; without colour: fewer than half of the areas are known for both."
)


def _similarity(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw the lower triangle in order of similarity; names are on the diagonal."""
    if len(shown.partnerships) == 1:
        raise RequestError("similarity compares partnerships; name two or more")
    partnerships = in_order_of_similarity(shown.partnerships, shown.areas)
    fields = [area.id for area in shown.scope.areas]
    source = f"Source: {source_line(dataset, shown.scope, fields)} {caveat(dataset, shown.scope, fields)}"
    notes = [_SIMILARITY_NOTE, source.strip()]
    width, height = _PAIR_WIDTH * len(partnerships) + 1.1, _PAIR_HEIGHT * len(partnerships)
    figure, axes = _sheet("In how many areas each two partnerships are alike", notes, width, height)
    for row, partnership in enumerate(partnerships):
        x, y = _PAIR_WIDTH * row + 0.05, _PAIR_HEIGHT * (row + 0.5)
        axes.text(x, y, flat(partnership.name), va="center", fontsize=8.5, fontweight="bold")
        for column, other in enumerate(partnerships[:row]):
            _pair_tile(axes, column, row, pair(shown.areas, partnership, other), len(shown.areas))
    return figure


def _pair_tile(axes: Axes, column: int, row: int, two: Pair, areas: int) -> None:
    """Draw a pair; if less than half is known, a colour would promise more than there is."""
    left, top = _PAIR_WIDTH * column, _PAIR_HEIGHT * row
    colours: tuple[Any, str] = ("white", MUTED)
    if 2 * two.known >= areas:
        share = two.alike / two.known
        # Most pairs are alike in most areas: the third power spreads their colours.
        colours = (_SCALE(share**3), "white" if share > _WHITE else INK)
    size = (_PAIR_WIDTH - 0.02, _PAIR_HEIGHT - 0.02)
    axes.add_patch(Rectangle((left + 0.01, top + 0.01), *size, facecolor=colours[0], edgecolor=LINE, linewidth=0.4))
    words = f"{two.alike}/{two.known}" if two.known else "?"
    middle = (left + _PAIR_WIDTH / 2, top + _PAIR_HEIGHT / 2)
    axes.text(*middle, words, ha="center", va="center", fontsize=7.5, color=colours[1])
