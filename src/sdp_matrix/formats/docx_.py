"""Word documents: a captioned table with quiet rules, its header repeated on every page, footnotes and references."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from sdp_matrix.errors import missing
from sdp_matrix.formats.palette import INK, LINE, TONES
from sdp_matrix.formats.table import Cell, Kind, Look, Paragraph, Table, pieces
from sdp_matrix.text_safety import flat

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time of a zip file, so that the same table gives the same bytes."""
_FONT, _LANGUAGE = "Arial", "en-GB"
_SHORT, _LONG, _MARGIN = 210, 297, 12
"""The sides of A4, and the margins, in millimetres."""
_UPRIGHT, _MANY = 6, 9
"""So many columns stand on an upright page; with more than the second number, letters are smaller."""
_RULES = f"""\
<w:tblBorders {{0}}>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK[1:]}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK[1:]}"/>
<w:insideH w:val="single" w:sz="2" w:space="0" w:color="{LINE[1:]}"/>
</w:tblBorders>"""
"""A rule above and below, a fine one between rows, none between columns."""
_ROOM = """\
<w:tblCellMar {0}>
<w:top w:w="15" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
<w:bottom w:w="15" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>
</w:tblCellMar>"""
"""A little room in the cells."""


def render(table: Table) -> bytes:
    """Render a document.

    Raises `RequestError` where python-docx is not installed.
    """
    try:
        from docx import Document
        from docx.shared import Pt
    except ImportError as error:
        raise missing("Word", "python-docx") from error
    document = Document()
    width = _set_up(document, table)
    _caption(document, flat(table.title))
    _Grid(document, table, width).fill()
    for number, paragraph in enumerate(table.paragraphs()):
        written = _paragraph(document, paragraph)
        if number == 0:
            written.paragraph_format.space_before = Pt(6)
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
        style.font.size, style.font.color.rgb = points, RGBColor.from_string(INK[1:])
        # The template names fonts of its theme, which would win over the name.
        style.element.rPr.get_or_add_rFonts().attrib.clear()
        style.font.name = _FONT
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(2), 1.0
    document.styles["Caption"].paragraph_format.keep_with_next = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = flat(table.title)[:255], "", ""
    properties.created, properties.modified, properties.language = _CREATED, _CREATED, _LANGUAGE
    return sides[0] - 2 * _MARGIN


def _caption(document: Any, title: str) -> None:
    """Write a caption that Word numbers, lists and renews; a title with a number of its own begins with that."""
    numbered = re.match(r"Table (\d+)", title)
    paragraph = document.add_paragraph("Table ", style="Caption")
    field = _element("fldSimple", instr=r" SEQ Table \* ARABIC ")
    field.append(paragraph.add_run(numbered[1] if numbered else "1")._r)
    paragraph._p.append(field)
    paragraph.add_run(title[numbered.end() :] if numbered else f". {title}")


def _paragraph(document: Any, paragraph: Paragraph) -> Any:
    """Write a paragraph below the table; a reference has its number in the margin, and its address is a link."""
    from docx.shared import Mm

    if paragraph.kind is Kind.HEADING:
        return document.add_heading(paragraph.text, level=2)
    if paragraph.kind is not Kind.REFERENCE:
        written = document.add_paragraph()
        written.add_run(f"{paragraph.marker} " if paragraph.marker else "").font.superscript = True
        written.add_run(paragraph.text)
        return written
    written = document.add_paragraph(f"[{paragraph.marker}]\t")
    written.paragraph_format.left_indent, written.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    written.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    for piece in pieces(paragraph.text):
        written.add_run(piece.text)
        if piece.href:
            _link(written, piece.href)
    return written


class _Grid:
    """The table of a document."""

    def __init__(self, document: Any, table: Table, width: int) -> None:
        from docx.shared import Mm

        self.table, self.shown = table, table.shown
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
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        self.grid.autofit = False
        # The order of these is fixed by the format.
        layout, look = (self.grid._tbl.tblPr.find(qn(f"w:{tag}")) for tag in ("tblLayout", "tblLook"))
        layout.addprevious(parse_xml(_RULES.format(nsdecls("w"))))
        look.addprevious(parse_xml(_ROOM.format(nsdecls("w"))))
        look.addnext(_element("tblCaption", val=flat(self.table.title)[:255]))
        for column, width in zip(self.grid.columns, self.widths, strict=True):
            column.width = width

    def _places(self, row: Any, mark: str = "cantSplit") -> Any:
        row._tr.get_or_add_trPr().append(_element(mark))
        places = row.cells
        for place, width in zip(places, self.widths, strict=True):
            place.width = width
        return places

    def _header(self, row: Any, header: tuple[Cell, ...], *, last: bool) -> None:
        start, places = 0, self._places(row, "tblHeader")
        leading = len(header) > 1 and not header[0].text and header[0].span == 1
        for number, cell in enumerate(header):
            if number or not leading:
                place = _merged(places, 0 if number == 1 and leading else start, start + cell.span)
                align = "center" if cell.span > 1 else self._align(start)
                _rule(place, ruled=last or (align == "center" and bool(cell.text)))
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
            _link(paragraph, cell.href)
        if cell.notes:
            paragraph.add_run(flat(",".join(cell.notes))).font.superscript = True


_CHARACTERS, _GAP = 110, 4
"""Characters of a line, and between columns."""
_MARKS, _PLAIN, _GROWING = 8, 26, 46
"""Characters of a column of marks; at most, of one that does not wrap; at least, of one that does."""


def _shares(table: Table) -> list[float]:
    """Return the share of each column people see: what its texts need; those that grow share what is left."""
    columns = [table.columns[i] for i in table.shown]
    texts = [[cell.text for cell in table.column(k)] for k in range(len(columns))]
    needs = [_GAP + _need(texts[k], marks=column.align == "center") for k, column in enumerate(columns)]
    growing = [k for k, column in enumerate(columns) if column.grows]
    left = _CHARACTERS - sum(need for k, need in enumerate(needs) if k not in growing)
    for k in growing:
        needs[k] = max(left // len(growing), _GROWING)
    return [need / sum(needs) for need in needs]


def _need(texts: list[str], *, marks: bool) -> int:
    """Return the characters of the longest text, within limits, or of the longest word where there are marks."""
    if marks:
        return max(_MARKS, *(1 + len(word) for text in texts for word in text.split(" ")))
    return min(max(map(len, texts), default=1), _PLAIN)


def _rule(place: Any, *, ruled: bool) -> None:
    """Draw a rule below a heading, or none."""
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


def _link(paragraph: Any, address: str) -> None:
    """Put the last run of a paragraph into a link; python-docx has no function for it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.runs[-1]._r)
    paragraph._p.append(link)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(f"w:{name}", attrs={qn(f"w:{key}"): value for key, value in attributes.items()})


def _timeless(content: bytes) -> bytes:
    """Pack a zip file again with one fixed time for all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for part in packed.infolist():
            entry = zipfile.ZipInfo(part.filename, _CREATED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, packed.read(part))
    return out.getvalue()
