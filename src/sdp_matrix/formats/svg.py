"""SVG: the table as a picture that stands alone, its marks on coloured tiles; text stays text."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from sdp_matrix.formats import footer
from sdp_matrix.formats.palette import INK, LINE, MUTED, TONES
from sdp_matrix.formats.table import Cell, Look, Table
from sdp_matrix.sanitize import flat

_SIZE, _LEADING, _PAD, _MARGIN = 12, 15, 5, 20
_CHARACTER = 6.6
"""Width of an average character at this size; a little too wide rather than too narrow."""
_WIDEST = {True: 380, False: 200}
"""Width from which a column wraps: one that grows, or not."""
_TILE = 76
"""Least width of a column of marks."""
_NARROWEST = 560
"""Least width of the picture, so that what stands below has lines of a readable length."""
_PATTERNS = """\
<defs>
<pattern id="already-exists" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<path d="M0 0V6" stroke="#FFFFFF" stroke-width="2" stroke-opacity="0.55"/></pattern>
<pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse">\
<circle cx="3" cy="3" r="1" fill="#4A4500" fill-opacity="0.3"/></pattern>
</defs>"""
_PATTERNED = (Look.ALREADY_EXISTS, Look.UNKNOWN)


def render(table: Table) -> str:
    """Render a picture as large as its table needs."""
    picture = _Picture(table)
    body = list(picture.body())
    width, height = picture.width, picture.y + _MARGIN
    columns = len(table.shown)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="graphics-document document" aria-labelledby="title desc" lang="en-GB" font-size="{_SIZE}" '
        "font-family=\"'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif\">"
    )
    below = " ".join(line.text for line in footer.lines(table))
    summary = f"A table of {len(table.rows)} rows and {columns} columns. {below}"
    described = [f'<title id="title">{_safe(table.title)}</title>', f'<desc id="desc">{_safe(summary)}</desc>']
    ground = f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>'
    return "\n".join([head, *described, _PATTERNS, ground, *body, "</svg>"]) + "\n"


class _Picture:
    """The elements of one picture, drawn from top to bottom."""

    def __init__(self, table: Table) -> None:
        self.table, self.shown = table, table.shown
        self.widths = [self._column_width(k) for k in range(len(table.shown))]
        self.width = max(sum(self.widths) + 2 * _MARGIN, _NARROWEST)
        self.y = _MARGIN

    def _column_width(self, k: int) -> int:
        column = self.table.columns[self.shown[k]]
        rows = [row[self.shown[k]] for section in self.table.sections for row in section.rows]
        rows += [row[k] for row in self.table.header if all(cell.span == 1 for cell in row)]
        texts = [_content(cell) for cell in rows]
        if column.align == "center":
            return max(
                _TILE, min(_wide(max((w for t in texts for w in t.split(" ")), key=len, default="")), _WIDEST[False])
            )
        return min(_wide(max(texts, key=len, default="")), _WIDEST[column.grows])

    def body(self) -> Iterator[str]:
        yield from self._paragraph(self.table.title, 'font-size="16" font-weight="bold"', scale=16 / _SIZE, leading=21)
        self.y += 8
        for header in self.table.header:
            yield from self._header(header)
        for section in self.table.sections:
            if section.title:
                self.y += 8
                yield from self._paragraph(section.title, 'font-weight="bold"')
            for cells in section.rows:
                yield from self._row([cells[i] for i in self.shown])
        self.y += 10
        yield from self._legend()
        for line in footer.lines(self.table):
            if line.kind is not footer.Kind.LEGEND:
                yield from self._paragraph(line.numbered, f'fill="{MUTED}"')

    def _header(self, cells: Sequence[Cell]) -> Iterator[str]:
        spans = [cell.span for cell in cells]
        starts = [sum(spans[:k]) for k in range(len(spans))]
        widths = [sum(self.widths[start : start + span]) for start, span in zip(starts, spans, strict=True)]
        aligns = ["center" if s > 1 else self._align(k) for k, s in zip(starts, spans, strict=True)]
        top = self.y
        yield from self._line(cells, widths, aligns)
        x = _MARGIN
        for cell, width in zip(cells, widths, strict=True):
            if cell.span > 1 and cell.text:
                yield f'<path d="M{x + 3} {self.y - 1}H{x + width - 3}" stroke="{MUTED}"/>'
            x += width
        self.y = max(self.y, top + _LEADING)

    def _row(self, cells: Sequence[Cell]) -> Iterator[str]:
        yield from self._line(cells, self.widths, [self._align(k) for k in range(len(cells))])

    def _align(self, k: int) -> str:
        return self.table.columns[self.shown[k]].align

    def _line(self, cells: Sequence[Cell], widths: Sequence[int], aligns: Sequence[str]) -> Iterator[str]:
        """Cells side by side: tiles under the marks, each text wrapped to its width."""
        texts = [_wrapped(_content(cell), width - 2 * _PAD) for cell, width in zip(cells, widths, strict=True)]
        height = max(map(len, texts), default=1) * _LEADING + 2 * _PAD
        x = _MARGIN
        for cell, lines, width, align in zip(cells, texts, widths, aligns, strict=True):
            if cell.look in TONES:
                yield from _tile(cell.look, x, self.y, width, height)
            at = {"left": x + _PAD, "right": x + width - _PAD, "center": x + width / 2}[align]
            first = self.y + (height - len(lines) * _LEADING) / 2 + _SIZE
            yield from _text(lines, at, first, align, cell.look)
            x += width
        self.y += height

    def _legend(self) -> Iterator[str]:
        x = _MARGIN
        for cell, meaning in self.table.legend:
            mark, words = flat(cell.text), flat(meaning)
            width = 30 + _wide(words)
            if x > _MARGIN and x + width > self.width - _MARGIN:
                x, self.y = _MARGIN, self.y + 26
            if cell.look in TONES:
                yield from _tile(cell.look, x, self.y, 24, 22)
            if mark.casefold() != words.casefold():
                yield from _text([mark], x + 12, self.y + 15, "center", cell.look)
            yield from _text([words], x + 30, self.y + 15, "left", Look.PLAIN)
            x += width
        self.y += 32 if self.table.legend else 0

    def _paragraph(self, text: str, style: str, *, scale: float = 1, leading: int = _LEADING) -> Iterator[str]:
        lines = _wrapped(flat(text), (self.width - 2 * _MARGIN) / scale)
        for line in lines:
            yield f'<text x="{_MARGIN}" y="{self.y + _SIZE}" {style}>{_safe(line)}</text>'
            self.y += leading
        self.y += 3


def _tile(look: Look, x: int, y: int, width: int, height: int) -> Iterator[str]:
    place = f'x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" rx="2"'
    stroke = f' stroke="{LINE}"' if look is Look.NOT_COVERED else ""
    yield f'<rect {place} fill="{TONES[look].fill}"{stroke}/>'
    if look in _PATTERNED:
        yield f'<rect {place} fill="url(#{look})"/>'


def _text(lines: Sequence[str], x: float, y: float, align: str, look: Look) -> Iterator[str]:
    anchor = {"left": "start", "right": "end", "center": "middle"}[align]
    ink = TONES[look].ink if look in TONES else MUTED if look is Look.MUTED else INK
    weight = ' font-weight="bold"' if look is Look.HEADING else ""
    for number, line in enumerate(lines):
        if line:
            at = f'x="{x:g}" y="{y + number * _LEADING:g}"'
            yield f'<text {at} text-anchor="{anchor}" fill="{ink}"{weight}>{_safe(line)}</text>'


def _content(cell: Cell) -> str:
    return flat(cell.text + "".join(f" [{marker}]" for marker in cell.notes))


def _wide(text: str) -> int:
    return math.ceil(len(text) * _CHARACTER) + 2 * _PAD


def _wrapped(text: str, width: float) -> list[str]:
    room = max(int(width / _CHARACTER), 4)
    return [text] if len(text) <= room else textwrap.wrap(text, room)


def _safe(text: str) -> str:
    return escape(flat(text))
