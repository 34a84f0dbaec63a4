"""Excel workbooks: the table on the first sheet, what it rests on (evidence, references) on further ones."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from sdp_matrix.errors import missing
from sdp_matrix.formats import footer
from sdp_matrix.formats.palette import TONES
from sdp_matrix.formats.table import Cell, Look, Table
from sdp_matrix.sanitize import flat

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time of a zip file, so that the same table gives the same bytes."""
_LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_MARKS, _WIDEST = 13, 60
"""Width of a column of marks, and from which width texts wrap."""


def render(table: Table) -> bytes:
    """Render a workbook; every text stays text, never a formula.

    Raises `BadRequest` where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise missing("Excel", "XlsxWriter") from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": flat(table.title)[:255], "created": _CREATED.replace(tzinfo=None)})
        _Sheet(book, "Table", table).write()
        for appendix in table.appendices():
            _Sheet(book, re.sub(r"[\[\]:*?/\\']", " ", flat(appendix.title))[:31], appendix).write()
    return out.getvalue()


class _Sheet:
    """One table on one sheet: title, header rows, rows, and what stands below."""

    def __init__(self, book: Any, name: str, table: Table) -> None:
        self.book, self.table, self.sheet = book, table, book.add_worksheet(name)
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.coloured = {cell.look for cell, _ in table.legend}
        self.widths = [_width(table, k) for k in range(len(table.shown))]
        self.row = 0
        self.shown = table.shown

    def write(self) -> None:
        self._line(self.table.title, bold=True, font_size=13)
        self.row += 1
        for header in self.table.header:
            self._header(header)
        first = self.row
        self.sheet.freeze_panes(first, self.shown.index(self.table.row_heading) + 1)
        for section in self.table.sections:
            if section.title:
                self._line(section.title, bold=True)
            for cells in section.rows:
                self._cells(cells)
        last = self.row
        self._colour(first)
        self.row += 1
        for line in footer.lines(self.table):
            self._line(line.numbered, bold=line.kind is footer.Kind.HEADING)
        self._page(first, last)

    def _page(self, first: int, last: int) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        if self.table.header:
            self.sheet.repeat_rows(first - len(self.table.header), first - 1)
        if len(self.table.header) == 1 and last > first:
            self.sheet.autofilter(first - 1, 0, last - 1, len(self.widths) - 1)

    def _line(self, text: str, **style: object) -> None:
        """A line across the sheet; a long one gets the height that it needs."""
        last = len(self.shown) - 1
        inert, style = flat(text)[:_LONGEST], self._format(text_wrap=True, valign="top", **style)
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", style)
        self.sheet.write_string(self.row, 0, inert, style)
        self._height([(inert, sum(self.widths))])
        self.row += 1

    def _header(self, cells: tuple[Cell, ...]) -> None:
        column = 0
        for cell in cells:
            align = "center" if cell.span > 1 else self.table.columns[self.shown[column]].align
            ruled = cells is self.table.header[-1] or (align == "center" and cell.text)
            style = {"align": align, "valign": "bottom", "text_wrap": True, "bottom": int(bool(ruled))}
            if align == "left":
                style["indent"] = 1
            if cell.span > 1:
                self.sheet.merge_range(self.row, column, self.row, column + cell.span - 1, "", self._format(**style))
            self._write(column, cell, style | {"bold": cell.look is Look.HEADING}, number=False)
            column += cell.span
        widths = [sum(self.widths[end - cell.span : end]) for cell, end in zip(cells, _ends(cells), strict=True)]
        self._height([(cell.text, width) for cell, width in zip(cells, widths, strict=True)])
        self.row += 1

    def _cells(self, cells: tuple[Cell, ...]) -> None:
        for column, index in enumerate(self.shown):
            style: dict[str, object] = {
                "align": self.table.columns[index].align,
                "valign": "vcenter",
                "text_wrap": True,
            }
            if style["align"] == "left":
                style["indent"] = 1  # a number stands close to its right edge
            if cells[index].look in TONES and cells[index].look not in self.coloured:
                style["bg_color"] = TONES[cells[index].look].tint
            self._write(column, cells[index], style)
        self._height([(cells[i].text, width) for i, width in zip(self.shown, self.widths, strict=True)])
        self.row += 1

    def _height(self, texts: Iterable[tuple[str, int]]) -> None:
        """Give a row the height of its longest text; not every program does so by itself."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        self.sheet.set_row(self.row, min(15 * lines, 400))

    def _write(self, column: int, cell: Cell, style: dict[str, object], *, number: bool = True) -> None:
        marks = "".join(f" [{marker}]" for marker in cell.notes)
        text = flat(cell.text + marks)[:_LONGEST]
        if number and isinstance(cell.value, int | float) and text == str(cell.value):
            self.sheet.write_number(self.row, column, cell.value, self._format(**style))
        elif cell.href:
            linked = self._format(**style, font_color="#0563C1", underline=1)
            self.sheet.write_url(self.row, column, cell.href, linked, text[:255] or cell.href)
        else:
            self.sheet.write_string(self.row, column, text, self._format(**style))

    def _colour(self, first: int) -> None:
        """Colour marks by rules, so that a cell that is edited changes its colour with its mark."""
        for cell, _ in self.table.legend:
            if cell.look in TONES and self.row > first:
                mark = flat(cell.text).replace('"', '""')
                style = self.book.add_format({"bg_color": TONES[cell.look].tint})
                rule = {"type": "text", "criteria": "begins with", "value": mark, "format": style}
                self.sheet.conditional_format(first, 0, self.row - 1, len(self.shown) - 1, rule)

    def _format(self, **style: object) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(style)
        return self.formats[key]


def _lines(text: str, width: int) -> int:
    return 1 if len(text) <= width else max(len(textwrap.wrap(flat(text)[:_LONGEST], width)), 1)


def _width(table: Table, k: int) -> int:
    """The width of a column: its longest text, within limits."""
    column = table.columns[table.shown[k]]
    if column.align == "center":
        return _MARKS
    cells = [row[table.shown[k]] for section in table.sections for row in section.rows]
    cells += [row[k] for row in table.header if all(cell.span == 1 for cell in row)]
    return 3 + min(max((len(cell.text) for cell in cells), default=0), _WIDEST)


def _ends(cells: Sequence[Cell]) -> list[int]:
    """The column after each cell of a header row."""
    return list(accumulate(cell.span for cell in cells))
