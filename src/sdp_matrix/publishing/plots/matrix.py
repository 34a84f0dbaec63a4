"""The table as a picture for a slide: a tile for each mark, partners and their groups above, every title in full."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.formats.palette import INK, LINE, MUTED, TONES
from sdp_matrix.formats.table import Cell, Kind, Look, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing.plots.canvas import sheet
from sdp_matrix.text_safety import flat
from sdp_matrix.views import matrix as view

_NUMBER, _TITLES, _TILE = 0.34, 3.8, 0.86
"""Inches of the columns of numbers, titles and marks."""
_LINE, _PAD, _LEGEND = 0.155, 0.11, 0.42
"""Inches of a line of text, of the room around the lines of a row, and of the legend."""
_CHARACTER, _SMALL, _BOLD = 0.0675, 0.06, 0.084
"""Inches of an average character of a title, of a small one, and of a bold one."""


def draw(dataset: Dataset, shown: Matrix) -> Figure:
    """Draw the table with header, marks, legend, footnotes and source."""
    table = view.matrix(dataset, shown)
    header = [_wrapped_header(row) for row in table.header]
    rows = [[cells[i] for i in table.shown] for section in table.sections for cells in section.rows]
    titles = [wrap(flat(cells[1].text), int(_TITLES / _CHARACTER)) for cells in rows]
    heights = [_height(max(len(lines) for lines in texts)) for texts in header] + [_height(len(t)) for t in titles]
    width, height = _NUMBER + _TITLES + _TILE * len(shown.partnerships), sum(heights) + _LEGEND
    lines = [paragraph.numbered for paragraph in table.paragraphs() if paragraph.kind is not Kind.LEGEND]
    figure, axes = sheet(width, height, title=table.title, notes=lines)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    tops = [0.0, *accumulate(heights)]
    for cells, texts, top, tall in zip(table.header, header, tops, heights, strict=False):
        _header(axes, cells, texts, (top, tall))
    for row, title, top, tall in zip(rows, titles, tops[len(header) :], heights[len(header) :], strict=False):
        axes.text(_NUMBER - 0.1, top + tall / 2, flat(row[0].text), ha="right", va="center", color=MUTED)
        axes.text(_NUMBER, top + tall / 2, "\n".join(title), va="center", linespacing=1.15)
        for number, cell in enumerate(row[2:]):
            _tile(axes, cell, _NUMBER + _TITLES + number * _TILE, top, (_TILE, tall))
    _legend(axes, table, height - _LEGEND + 0.14)
    return figure


def _height(lines: int) -> float:
    return _PAD + _LINE * max(lines, 1)


def _wrapped_header(row: tuple[Cell, ...]) -> list[list[str]]:
    """Return the lines of each heading; a group of partners over a narrow column has its short name."""
    texts = []
    for number, cell in enumerate(row):
        room = int((_TILE * cell.span if number > 1 else _TITLES) / (_BOLD if cell.look is Look.HEADING else _SMALL))
        text = flat(cell.text + "".join(f" [{marker}]" for marker in cell.notes))
        fits = max(map(len, text.split(" ")), default=0) <= room
        texts.append(wrap(text if fits else flat(cell.short or text), room))
    return texts


def _header(axes: Axes, cells: tuple[Cell, ...], texts: list[list[str]], place: tuple[float, float]) -> None:
    """Draw a row of headings at its bottom; a heading over several columns has a line below."""
    top, tall = place
    x = 0.0
    for number, (cell, lines) in enumerate(zip(cells, texts, strict=True)):
        width = (_NUMBER, _TITLES)[number] if number < len((_NUMBER, _TITLES)) else _TILE * cell.span
        heading = cell.look is Look.HEADING
        style = {"fontweight": "bold" if heading else "normal", "fontsize": 9 if heading else 8}
        at = {"x": x + width / 2, "ha": "center"} if number > 1 else {"x": x, "ha": "left"}
        if lines:
            axes.text(y=top + tall - 0.08, s="\n".join(lines), va="baseline", linespacing=1.15, **at, **style)  # type: ignore[arg-type]
        if cell.span > 1 and lines:
            axes.plot([x + 0.06, x + width - 0.06], [top + tall - 0.02] * 2, color=LINE, linewidth=1)
        x += width


def _tile(axes: Axes, cell: Cell, x: float, y: float, size: tuple[float, float]) -> None:
    tone, (width, height) = TONES[cell.look], size
    edge = LINE if cell.look is Look.NOT_COVERED else tone.tint
    place = ((x + 0.02, y + 0.02), width - 0.04, height - 0.04)
    axes.add_patch(Rectangle(*place, facecolor=tone.tint, edgecolor=edge, linewidth=0.5))
    text, middle = flat(cell.text), (x + width / 2, y + height / 2)
    axes.text(*middle, text, ha="center", va="center", color=INK, fontsize=7.5 if len(text) > 1 else 10.5)
    if cell.notes:
        axes.text(x + width - 0.07, y + 0.05, ",".join(cell.notes), ha="right", va="top", color=INK, fontsize=7)


def _legend(axes: Axes, table: Table, y: float) -> None:
    x = _NUMBER
    for cell, meaning in table.legend:
        _tile(axes, cell if cell.text.casefold() != meaning else replace(cell, text=""), x, y, (0.3, 0.24))
        axes.text(x + 0.38, y + 0.12, flat(meaning), va="center", color=INK, fontsize=8.5)
        x += 0.38 + _CHARACTER * len(meaning) + 0.3
