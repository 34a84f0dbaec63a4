"""Word documents: a real table on a landscape page, its header repeated on every page."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sdp_matrix.errors import BadRequest
from sdp_matrix.formats import column_widths, footer
from sdp_matrix.formats.palette import TONES
from sdp_matrix.formats.table import Look
from sdp_matrix.sanitize import flat

if TYPE_CHECKING:
    from sdp_matrix.formats.table import Cell, Table

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time of a zip file, so that the same table gives the same bytes."""
_FONT = "Arial"
_PAGE, _MARGIN = (297, 210), 15
"""A4 on its side, in millimetres."""
_MANY = 9
"""With more columns than this, letters are smaller."""


def render(table: Table) -> bytes:
    """Render a document.

    Raises `BadRequest` where python-docx is not installed.
    """
    try:
        from docx import Document
        from docx.shared import Pt
    except ImportError as error:
        raise BadRequest('docx needs python-docx; install it with: pip install "sdp-matrix[office]"') from error
    document = Document()
    _set_up(document, table)
    document.add_heading(flat(table.title), level=1)
    _Grid(document, table).fill()
    for number, line in enumerate(footer.lines(table)):
        paragraph = document.add_paragraph()
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(6)
        if line.marker:
            paragraph.add_run(f"{line.marker} ").font.superscript = True
        paragraph.add_run(line.text)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Any, table: Table) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, _PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    normal, heading = document.styles["Normal"], document.styles["Heading 1"]
    for style in (normal, heading):
        style.font.name = _FONT
        # The template names fonts of its theme, which would win over the name.
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), _FONT)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), _FONT)
    normal.font.size = Pt(8 if len(table.shown) > _MANY else 9)
    normal.paragraph_format.space_after = Pt(3)
    heading.font.size = Pt(14)
    heading.font.color.rgb = RGBColor(0, 0, 0)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(0), Pt(8)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = flat(table.title)[:255], "", ""
    properties.created = properties.modified = _CREATED


class _Grid:
    """The table of a document."""

    def __init__(self, document: Any, table: Table) -> None:
        self.table, self.part = table, document.part
        self.shown = table.shown
        titles = sum(bool(section.title) for section in table.sections)
        height = len(table.header) + titles + sum(len(section.rows) for section in table.sections)
        self.grid = document.add_table(height, len(table.shown), style="Table Grid")
        self.rows = iter(self.grid.rows)

    def fill(self) -> None:
        from docx.shared import Mm

        self.grid.autofit = False
        margins = _element("tblCellMar")
        margins.extend(_element(side, w="60", type="dxa") for side in ("left", "right"))
        self.grid._tbl.tblPr.append(margins)
        for column, share in zip(self.grid.columns, column_widths.shares(self.table), strict=True):
            column.width = Mm(share * (_PAGE[0] - 2 * _MARGIN))
        for header in self.table.header:
            self._header(next(self.rows), header)
        for section in self.table.sections:
            if section.title:
                row = next(self.rows)
                _write(self._merged(row.cells, 0, len(row.cells)), section.title, bold=True)
            for cells in section.rows:
                self._row(next(self.rows), cells)

    def _header(self, row: Any, header: tuple[Cell, ...]) -> None:
        _mark(row, "tblHeader")
        _mark(row, "cantSplit")
        start, places = 0, row.cells
        for cell in header:
            place = self._merged(places, start, start + cell.span)
            self._cell(place, cell, "center" if cell.span > 1 else self._align(start), bold=cell.look is Look.HEADING)
            start += cell.span

    def _row(self, row: Any, cells: tuple[Cell, ...]) -> None:
        _mark(row, "cantSplit")
        for column, (place, index) in enumerate(zip(row.cells, self.shown, strict=True)):
            self._cell(place, cells[index], self._align(column))

    def _align(self, column: int) -> str:
        return self.table.columns[self.shown[column]].align

    def _merged(self, places: Any, start: int, end: int) -> Any:
        return places[start].merge(places[end - 1]) if end - start > 1 else places[start]

    def _cell(self, place: Any, cell: Cell, align: str, *, bold: bool = False) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = _write(place, cell.text, bold=bold)
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        if cell.href:
            self._link(paragraph, cell.href)
        if cell.notes:
            paragraph.add_run(flat(",".join(cell.notes))).font.superscript = True
        if cell.look in TONES:
            ground = _element("shd", val="clear", color="auto", fill=TONES[cell.look].tint[1:])
            place._tc.get_or_add_tcPr().append(ground)

    def _link(self, paragraph: Any, address: str) -> None:
        """Put the run of a paragraph into a link; python-docx has no function for it."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        link = _element("hyperlink")
        link.set(qn("r:id"), self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(paragraph.runs[0]._r)
        paragraph._p.append(link)


def _write(place: Any, text: str, *, bold: bool = False) -> Any:
    from docx.shared import Pt

    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(flat(text)).bold = bold or None
    return paragraph


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name))


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
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
