"""Excel workbooks: the table on the first sheet, what it rests on (evidence, references) on further ones."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from sdp_matrix.formats.table import TONES, Cell, Kind, Look, Table, spanned
from sdp_matrix.text_safety import flat

# A text of the data stays text, whatever it looks like.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767  # characters that a cell of Excel can have
_MARKS = 13  # width of a column of marks
_WIDEST = 70  # from this width on, texts wrap
_LINE, _HIGHEST = 15, 400  # points of a line of text, and of a row at most
_PAGE = 5  # a sheet higher than so many points per character of its width is printed on several pages
# A whole day or month; a year, a date with more words or of another century stays text.
_DATE = re.compile(r"20\d\d-\d\d(-\d\d)?|(\d{1,2} )?[A-Z][a-z]+\.? 20\d\d")
_DATE_FORMATS = {len("2026-11-30"): "d mmm yyyy", len("2026-11"): "mmm yyyy"}  # by the length of the date


def render(table: Table) -> bytes:
    """Render a workbook; every text stays text, never a formula."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        made = table.dated.replace(tzinfo=None)  # XlsxWriter takes no time zone
        book.set_properties({"title": flat(table.title)[:255], "author": "sdp", "created": made})
        _Sheet(book, "Table", table).write()
        for appendix in table.appendices():  # Excel refuses some signs in the name of a sheet, and a 32nd character
            _Sheet(book, re.sub(r"[\[\]:*?/\\']", " ", flat(appendix.title))[:31], appendix).write()
    return out.getvalue()


class _Sheet:
    """A table on a sheet of its own: title, header rows, rows, and what is below."""

    def __init__(self, book: Any, name: str, table: Table) -> None:
        self.book, self.table, self.sheet = book, table, book.add_worksheet(name)
        self.aligns = [table.columns[i].align for i in table.shown]
        self.widths = [_width(table, k) for k in range(len(table.shown))]
        self.last = len(self.widths) - 1
        self.row, self.height = 0, 0

    def write(self) -> None:
        table = self.table
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._line(table.title, bold=True, font_size=13)
        self.row += 1
        for header in table.header:
            self._header(header)
        first = self.row
        for section in table.sections:
            if section.title:
                self._line(section.title, bold=True)
            for cells in section.rows:
                self._cells([cells[i] for i in table.shown])
        if table.header and self.row > first:
            self.sheet.autofilter(first - 1, 0, self.row - 1, self.last)
        self.row += 1
        for paragraph in table.paragraphs():
            self._line(paragraph.numbered, bold=paragraph.kind is Kind.HEADING)
        self._set_up_page(first)

    def _set_up_page(self, first: int) -> None:
        """Print on A4 in landscape: on a single page if that can be read, else on pages that repeat the header."""
        self.sheet.freeze_panes(first, self.table.shown.index(self.table.row_heading) + 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(0.4, 0.4, 0.4, 0.4)
        self.sheet.fit_to_pages(1, int(self.height < _PAGE * sum(self.widths)))  # 0 is as many as it takes
        if self.table.header:
            self.sheet.repeat_rows(first - len(self.table.header), first - 1)

    def _line(self, text: str, **style: object) -> None:
        inert = flat(text)[:_LONGEST]
        self._write(0, self.last, inert, text_wrap=True, valign="top", **style)
        self._end_row([(inert, sum(self.widths))])

    def _write(self, first: int, last: int, text: str, **style: object) -> None:
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, text, self.book.add_format(style))
        else:
            self.sheet.write_string(self.row, first, text, self.book.add_format(style))

    def _header(self, cells: Sequence[Cell]) -> None:
        for cell, covered in spanned(cells):
            align = self.aligns[covered[0]]
            ruled = cells is self.table.header[-1] or (align == "center" and cell.text)
            style = _style(align) | {"valign": "bottom", "bottom": int(bool(ruled)), "bold": cell.look is Look.HEADING}
            self._write(covered[0], covered[-1], _text(cell), **style)
        self._end_row((_text(cell), sum(self.widths[k] for k in covered)) for cell, covered in spanned(cells))

    def _cells(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            text, style = _text(cell), _style(self.aligns[column])
            if cell.look in TONES:
                style["bg_color"] = TONES[cell.look].tint
            if isinstance(cell.value, int | float) and text == str(cell.value):  # with a note, a number is text
                self.sheet.write_number(self.row, column, cell.value, self.book.add_format(style))
            elif cell.href:
                linked = self.book.add_format(style | {"font_color": "#0563C1", "underline": 1})  # as Excel does
                self.sheet.write_url(self.row, column, cell.href, linked, text[:255] or cell.href)
            elif dated := _date(cell, text):
                day, num_format = dated
                self.sheet.write_datetime(self.row, column, day, self.book.add_format(style | num_format))
            else:
                self._write(column, column, text, **style)
        self._end_row((_text(cell), width) for cell, width in zip(cells, self.widths, strict=True))

    def _end_row(self, texts: Iterable[tuple[str, int]]) -> None:
        """Make a row as high as its longest text, which not every program does by itself, and go to the next."""
        height = _LINE * max(1, *(len(textwrap.wrap(text, width)) for text, width in texts))
        self.sheet.set_row(self.row, min(height, _HIGHEST))
        self.height += height
        self.row += 1


def _style(align: str) -> dict[str, object]:
    """Return the style of a cell; a number is close to its right edge, so text keeps away from the left."""
    return {"align": align, "valign": "vcenter", "text_wrap": True, "indent": int(align == "left")}


def _text(cell: Cell) -> str:
    """Return a text with ordinary blanks, by which people can find and filter it."""
    return flat(cell.text + "".join(f" [{marker}]" for marker in cell.notes)).replace("\u00a0", " ")[:_LONGEST]


def _date(cell: Cell, text: str) -> tuple[date, dict[str, str]] | None:
    """Return the date in a cell and how it is shown, if the text is that alone; a month is its first day."""
    value = str(cell.value or text)
    if _DATE.fullmatch(text) and (shown := _DATE_FORMATS.get(len(value))):
        with suppress(ValueError):  # 30 February
            return date.fromisoformat(f"{value}-01"[:10]), {"num_format": shown}
    return None


def _width(table: Table, k: int) -> int:
    """Return the width of a column: that of its longest text, within limits."""
    if table.columns[table.shown[k]].align == "center":
        return _MARKS
    return 3 + min(max((len(cell.text) for cell in table.column(k)), default=0), _WIDEST)
