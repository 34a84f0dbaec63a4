"""Word documents: a captioned table with quiet rules, its header repeated on every page, footnotes and references."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from sdp_matrix.errors import missing
from sdp_matrix.formats import footer
from sdp_matrix.formats.palette import INK, LINE, TONES
from sdp_matrix.formats.table import Cell, Look, Table
from sdp_matrix.sanitize import flat

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time of a zip file, so that the same table gives the same bytes."""
_FONT, _LANGUAGE = "Arial", "en-GB"
_SHORT, _LONG, _MARGIN = 210, 297, 18
"""The sides of A4, and the margins, in millimetres."""
_UPRIGHT, _MANY = 6, 9
"""So many columns stand on an upright page; with more than the second number, letters are smaller."""


def render(table: Table) -> bytes:
    """Render a document.

    Raises `BadRequest` where python-docx is not installed.
    """
    try:
        from docx import Document
        from docx.shared import Pt
    except ImportError as error:
        raise missing("Word", "python-docx") from error
    document = Document()
    width = _set_up(document, table)
    _caption(document, table.title)
    _Grid(document, table, width).fill()
    for number, line in enumerate(footer.lines(table)):
        paragraph = _paragraph(document, line)
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(6)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Any, table: Table) -> int:
    """Set page, styles, language and properties; return the width of a line in millimetres."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    upright = len(table.shown) <= _UPRIGHT
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    sides = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    section.page_width, section.page_height = map(Mm, sides)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    size = Pt(8 if len(table.shown) > _MANY else 9)
    for name, points in (("Normal", size), ("Caption", Pt(11)), ("Heading 2", Pt(10))):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, points, RGBColor.from_string(INK[1:])
        # The template names fonts of its theme, which would win over the name.
        fonts = style.element.rPr.rFonts
        fonts.attrib.clear()
        fonts.set(qn("w:ascii"), _FONT)
        fonts.set(qn("w:hAnsi"), _FONT)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(3), 1.0
    document.styles["Caption"].paragraph_format.keep_with_next = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = flat(table.title)[:255], "", ""
    properties.created, properties.modified, properties.language = _CREATED, _CREATED, _LANGUAGE
    return sides[0] - 2 * _MARGIN


def _caption(document: Any, title: str) -> None:
    """A caption that Word numbers, lists and renews, as it does those of its own."""
    paragraph = document.add_paragraph("Table ", style="Caption")
    number = _element("fldSimple", instr=r" SEQ Table \* ARABIC ")
    run = _element("r")
    text = _element("t")
    text.text = "1"
    run.append(text)
    number.append(run)
    paragraph._p.append(number)
    paragraph.add_run(f". {flat(title)}")


def _paragraph(document: Any, line: footer.Line) -> Any:
    """A paragraph below the table; a reference has its number in the margin, and its address is a link."""
    from docx.shared import Mm

    if line.kind is footer.Kind.HEADING:
        return document.add_heading(line.text, level=2)
    if line.kind is not footer.Kind.REFERENCE:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{line.marker} " if line.marker else "").font.superscript = True
        paragraph.add_run(line.text)
        return paragraph
    paragraph = document.add_paragraph(f"[{line.marker}]\t")
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    for piece in footer.pieces(line.text):
        paragraph.add_run(piece.text)
        if piece.href:
            _link(document.part, paragraph, piece.href)
    return paragraph


class _Grid:
    """The table of a document."""

    def __init__(self, document: Any, table: Table, width: int) -> None:
        from docx.shared import Mm

        self.table, self.part, self.shown = table, document.part, table.shown
        self.widths = [Mm(share * width) for share in _shares(table)]
        titles = sum(bool(section.title) for section in table.sections)
        height = len(table.header) + titles + sum(len(section.rows) for section in table.sections)
        self.grid = document.add_table(height, len(table.shown))
        self.rows = iter(self.grid.rows)

    def fill(self) -> None:
        self._frame()
        for header in self.table.header:
            self._header(next(self.rows), header, last=header is self.table.header[-1])
        for section in self.table.sections:
            if section.title:
                places = self._places(next(self.rows))
                paragraph = _write(_merged(places, 0, len(places)), section.title, bold=True)
                paragraph.paragraph_format.keep_with_next = True
            for cells in section.rows:
                self._row(next(self.rows), [cells[i] for i in self.shown])

    def _frame(self) -> None:
        """A rule above and below, a fine one between rows, none between columns; a little room in the cells."""
        self.grid.autofit = False
        rules = _element("tblBorders")
        rules.extend(_element(side, val="single", sz="8", space="0", color=INK[1:]) for side in ("top", "bottom"))
        rules.append(_element("insideH", val="single", sz="2", space="0", color=LINE[1:]))
        margins = _element("tblCellMar")
        margins.extend(
            _element(side, w=room, type="dxa")
            for side, room in (("top", "25"), ("left", "60"), ("bottom", "25"), ("right", "60"))
        )
        # The order of these is fixed by the format.
        layout, look = (self.grid._tbl.tblPr.find(_name(tag)) for tag in ("tblLayout", "tblLook"))
        layout.addprevious(rules)
        look.addprevious(margins)
        look.addnext(_element("tblCaption", val=flat(self.table.title)[:255]))
        for column, width in zip(self.grid.columns, self.widths, strict=True):
            column.width = width

    def _places(self, row: Any) -> Any:
        _mark(row, "cantSplit")
        places = row.cells
        for place, width in zip(places, self.widths, strict=True):
            place.width = width
        return places

    def _header(self, row: Any, header: tuple[Cell, ...], *, last: bool) -> None:
        _mark(row, "tblHeader")
        start, places = 0, self._places(row)
        leading = len(header) > 1 and not header[0].text and header[0].span == 1
        for number, cell in enumerate(header):
            place = _merged(places, 0 if number == 1 and leading else start, start + cell.span)
            align = "center" if cell.span > 1 else self._align(start)
            if number or not leading:
                ruled = last or (align == "center" and bool(cell.text))
                _rule(place, ruled=ruled)
                self._cell(place, cell, align, bold=cell.look is Look.HEADING)
            start += cell.span

    def _row(self, row: Any, cells: list[Cell]) -> None:
        places = self._places(row)
        leading = len(cells) > 1 and not cells[0].text and self.table.row_heading == self.shown[1]
        for column, cell in enumerate(cells):
            if column or not leading:
                place = _merged(places, 0 if column == 1 and leading else column, column + 1)
                self._cell(place, cell, self._align(column))

    def _align(self, column: int) -> str:
        return self.table.columns[self.shown[column]].align

    def _cell(self, place: Any, cell: Cell, align: str, *, bold: bool = False) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        if cell.look in TONES:
            ground = _element("shd", val="clear", color="auto", fill=TONES[cell.look].tint[1:])
            place._tc.get_or_add_tcPr().append(ground)
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM if bold else WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = _write(place, cell.text, bold=bold)
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        if cell.href:
            _link(self.part, paragraph, cell.href)
        if cell.notes:
            paragraph.add_run(flat(",".join(cell.notes))).font.superscript = True


_CHARACTERS, _GAP = 110, 4
"""Characters of a line, and between columns."""
_MARKS, _PLAIN, _GROWING = 8, 26, 40
"""Characters of a column of marks; at most, of one that does not wrap; at least, of one that does."""


def _shares(table: Table) -> list[float]:
    """Return the share of each column people see: what its texts need; those that grow share what is left."""
    columns = [table.columns[i] for i in table.shown]
    needs = [
        _GAP
        + (max(_MARKS, 1 + _longest(table, k, words=True)) if c.align == "center" else min(_longest(table, k), _PLAIN))
        for k, c in enumerate(columns)
    ]
    growing = [k for k, column in enumerate(columns) if column.grows]
    left = _CHARACTERS - sum(need for k, need in enumerate(needs) if k not in growing)
    for k in growing:
        needs[k] = max(left // len(growing), _GROWING)
    return [need / sum(needs) for need in needs]


def _longest(table: Table, k: int, *, words: bool = False) -> int:
    """The length of the longest text of a column, or of its longest word."""
    cells = [row[table.shown[k]] for section in table.sections for row in section.rows]
    cells += [row[k] for row in table.header if all(cell.span == 1 for cell in row)]
    texts = [word for cell in cells for word in (cell.text.split(" ") if words else [cell.text])]
    return max(map(len, texts), default=1)


def _rule(place: Any, *, ruled: bool) -> None:
    """A rule below a heading, or none."""
    rules = _element("tcBorders")
    rules.append(_element("bottom", val="single" if ruled else "nil", sz="6", space="0", color=INK[1:]))
    place._tc.get_or_add_tcPr().append(rules)


def _merged(places: Any, start: int, end: int) -> Any:
    return places[start].merge(places[end - 1]) if end - start > 1 else places[start]


def _write(place: Any, text: str, *, bold: bool = False) -> Any:
    from docx.shared import Pt

    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(flat(text)).bold = bold or None
    return paragraph


def _link(part: Any, paragraph: Any, address: str) -> None:
    """Put the last run of a paragraph into a link; python-docx has no function for it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("hyperlink")
    link.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.runs[-1]._r)
    paragraph._p.append(link)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name))


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    name: str = qn(f"w:{tag}")
    return name


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(_name(key), value)
    return element


def _timeless(content: bytes) -> bytes:
    """Pack a zip file again with one fixed time for all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for part in packed.infolist():
            entry = zipfile.ZipInfo(part.filename, _CREATED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, packed.read(part))
    return out.getvalue()
