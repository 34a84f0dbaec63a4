"""Word documents; their body is written as XML, because python-docx has no captions, links, shading, footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from string import Template
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sdp_matrix.formats.table import INK, LINE, TONES, Cell, Column, Kind, Look, Note, Table, pieces, spanned
from sdp_matrix.text_safety import flat

_FONT, _LANGUAGE = "Arial", "en-GB"
_TWIPS = 56.7  # the unit of Word, a twentieth of a point: so many in a millimetre
_MARGIN = int(12 * _TWIPS)
_UPRIGHT = 6  # columns that fit on an upright page
_MANY = 9  # with more columns, letters are smaller
_RULE_BELOW = f'<w:tcBorders><w:bottom w:val="{{}}" w:sz="6" w:space="0" w:color="{INK[1:]}"/></w:tcBorders>'
# Ends of the relationships that stay; the other parts of python-docx's template are those of its own document.
_KEPT = ("/officeDocument", "/core-properties", "/styles", "/settings")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def render(table: Table) -> bytes:
    """Render a document; the same table gives the same bytes."""
    document = Document()
    _set_up(document, table)
    body = _Body(document.part, table)
    document.element.body[:] = list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{''.join(body.parts())}</w:body>"))
    _add_footnotes(document.part, [body.footnotes[marker] for marker in body.called])
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _xml(name: str, **values: object) -> str:
    template = Template(files("sdp_matrix.formats").joinpath(f"word_{name}.xml").read_text("utf-8"))
    return template.substitute(values, ink=INK[1:], line=LINE[1:])


def _page(table: Table) -> tuple[int, int]:
    """Return the width and height of the page: a wide table turns it."""
    width, height = int(210 * _TWIPS), int(297 * _TWIPS)
    return (width, height) if len(table.shown) <= _UPRIGHT else (height, width)


def _set_up(document: Any, table: Table) -> None:
    half_points = 16 if len(table.shown) > _MANY else 18
    document.styles.element[:] = list(parse_xml(_xml("styles", font=_FONT, language=_LANGUAGE, size=half_points)))
    document.settings.element[:] = list(parse_xml(_xml("settings")))  # an older mode would be in the title bar
    for part in (document.part, document.part.package):
        for key in [key for key, relation in part.rels.items() if not relation.reltype.endswith(_KEPT)]:
            del part.rels[key]
    properties = document.core_properties
    # python-docx refuses a longer title, and its template names itself as the author.
    properties.title, properties.author, properties.comments = flat(table.title)[:255], "sdp", ""
    properties.created, properties.modified, properties.language = table.dated, table.dated, _LANGUAGE


def _add_footnotes(document: Any, notes: Sequence[Note]) -> None:
    """Add the footnotes in the order of their calls: LibreOffice pairs the two by their order, Word by id."""
    rule = '<w:footnote w:type="{0}" w:id="{1}"><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>'
    number = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    style = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    texts = (
        f'<w:footnote w:id="{place}"><w:p>{style}{number}{_run(f" {flat(note.text)}")}</w:p></w:footnote>'
        for place, note in enumerate(notes, 1)
    )
    rules = rule.format("separator", -1) + rule.format("continuationSeparator", 0)
    content = f"<w:footnotes {nsdecls('w')}>{rules}{''.join(texts)}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, content, document.package)
    document.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


class _Body:
    """The body of a document as WordprocessingML, in which the order of elements is fixed."""

    def __init__(self, part: Any, table: Table) -> None:
        self.part, self.table = part, table
        line = _page(table)[0] - 2 * _MARGIN
        needs = [_need(table.columns[i], [cell.text for cell in table.column(k)]) for k, i in enumerate(table.shown)]
        self.widths = [int(need / sum(needs) * line) for need in needs]
        self.footnotes = {flat(note.marker): note for note in table.notes if note.kind is Kind.NOTE}
        self.called: list[str] = []
        """Markers of the footnotes in the order of their calls, which is their numbering in Word."""

    def parts(self) -> Iterator[str]:
        table = self.table
        yield _caption(flat(table.title))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        caption = f"<w:tblCaption w:val={quoteattr(flat(table.title)[:255])}/>"
        yield f"<w:tbl><w:tblPr>{_xml('table')}{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        yield from (self._row(cells, "<w:tblHeader/>", ruled=cells is table.header[-1]) for cells in table.header)
        for section in table.sections:
            if section.title:
                yield self._row([Cell(section.title, look=Look.HEADING, span=len(self.widths))])
            yield from (self._row([cells[i] for i in table.shown]) for cells in section.rows)
        yield "</w:tbl>"
        yield from (self._paragraph(note) for note in table.paragraphs() if note.marker not in self.called)
        yield self._section()

    def _section(self) -> str:
        """Return the numbering of footnotes, which is that of our markers, and the page; Word wants it at the end."""
        numbers = "lowerLetter" if any(map(str.isalpha, self.called)) else "decimal"
        width, height = _page(self.table)
        turned = ' w:orient="landscape"' if width > height else ""
        margins = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
        return (
            f'<w:sectPr><w:footnotePr><w:numFmt w:val="{numbers}"/></w:footnotePr>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar {margins} w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
        )

    def _row(self, cells: Sequence[Cell], header: str = "", *, ruled: bool = False) -> str:
        """Return a row; a label takes the place of an empty number before it."""
        if len(cells) > 1 and not cells[0].text and self.table.row_heading == self.table.shown[1]:
            cells = [cells[1]._replace(span=2), *cells[2:]]
        parts = []
        for cell, covered in spanned(cells):
            labels = self.table.row_heading in {self.table.shown[k] for k in covered}
            align = "left" if labels else self.table.columns[self.table.shown[covered[0]]].align
            is_group = cell.span > 1 and not labels and cell.text
            rule = _RULE_BELOW.format("single" if ruled or is_group else "nil") if header else ""
            room = sum(self.widths[k] for k in covered)
            width = f'<w:tcW w:w="{room}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>'
            parts.append(f"<w:tc><w:tcPr>{width}{rule}{self._cell(cell, align)}</w:tc>")
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(parts)}</w:tr>"  # a row stays on one page

    def _cell(self, cell: Cell, align: str) -> str:
        """Return the last properties of a cell, and its paragraph; the markers of notes lead to these."""
        bold, keep = cell.look is Look.HEADING, "<w:keepNext/>" if cell.span == len(self.widths) else ""
        tone = TONES.get(cell.look)
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tone.tint[1:]}"/>' if tone else ""
        # Word breaks a date between its words, but a date with hard spaces anywhere.
        text = flat(cell.text).replace("\u00a0", " ") if align == "center" else flat(cell.text)
        calls = _run(", ", superscript=True).join(self._call(flat(marker)) for marker in cell.notes)
        run = self._link(text, cell.href) if cell.href else _run(text, bold=bold)
        return (
            f'{shade}<w:vAlign w:val="{"bottom" if bold else "center"}"/></w:tcPr>'
            f'<w:p><w:pPr>{keep}<w:spacing w:after="0"/><w:jc w:val="{align}"/></w:pPr>{run}{calls}</w:p>'
        )

    def _call(self, marker: str) -> str:
        """Return the mark of a note at a cell: a footnote, a field that repeats its number, or a marker."""
        if marker not in self.footnotes:
            return _run(marker, superscript=True)
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if marker in self.called:
            place = self.called.index(marker) + 1
            number = chr(ord("a") + place - 1) if marker.isalpha() else str(place)  # as `_section` numbers them
            run = f"<w:r>{style}<w:t>{number}</w:t></w:r>"
            return f'<w:fldSimple w:instr=" NOTEREF _note{place} \\f ">{run}</w:fldSimple>'
        self.called.append(marker)
        place = len(self.called)
        anchor = f'<w:r>{style}<w:footnoteReference w:id="{place}"/></w:r>'
        return f'<w:bookmarkStart w:id="{place}" w:name="_note{place}"/>{anchor}<w:bookmarkEnd w:id="{place}"/>'

    def _paragraph(self, paragraph: Note) -> str:
        """Return a paragraph below the table; a reference has its number in the margin, and its address is a link."""
        if paragraph.kind is Kind.NOTE:
            return f"<w:p>{_run(paragraph.marker, superscript=True)}{_run(f' {paragraph.text}')}</w:p>"
        if paragraph.kind is not Kind.REFERENCE:
            style = '<w:pStyle w:val="Heading2"/>' if paragraph.kind is Kind.HEADING else '<w:spacing w:before="60"/>'
            return f"<w:p><w:pPr>{style}</w:pPr>{_run(paragraph.text)}</w:p>"
        runs = (self._link(p.text, p.href) if p.href else _run(p.text) for p in pieces(paragraph.text))
        margin = '<w:tabs><w:tab w:val="left" w:pos="510"/></w:tabs><w:ind w:left="510" w:hanging="510"/>'
        return f"<w:p><w:pPr>{margin}</w:pPr>{_run(f'[{paragraph.marker}]')}<w:r><w:tab/></w:r>{''.join(runs)}</w:p>"

    def _link(self, text: str, address: str) -> str:
        relation = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{relation}">{_run(text)}</w:hyperlink>'


def _caption(title: str) -> str:
    """Return a caption that Word numbers, lists and renews; a title with a number of its own begins with that."""
    numbered = re.match(r"Table (\d+)", title)
    number, words = (numbered[1], title[numbered.end() :]) if numbered else ("1", f". {title}")
    field = rf'<w:fldSimple w:instr=" SEQ Table \* ARABIC ">{_run(number)}</w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{_run("Table ")}{field}{_run(words)}</w:p>'


def _run(text: str, *, bold: bool = False, superscript: bool = False) -> str:
    """Return a run of text; all text of the data gets here or through `quoteattr`, so that none is markup."""
    style = "<w:b/>" if bold else ""
    style += '<w:vertAlign w:val="superscript"/>' if superscript else ""
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


_GAP = 4  # characters between columns
_MARKS = 8  # characters of a column of marks, at least
_PLAIN, _GROWING = 26, 46  # characters of another column, and of a growing column, at most


def _need(column: Column, texts: Sequence[str]) -> int:
    """Return the characters of the longest text, within limits, or of the longest word of a column of marks."""
    if column.align == "center":
        return _GAP + max([_MARKS, *(1 + len(word) for text in texts for word in text.split(" "))])
    return _GAP + min(max(map(len, texts), default=1), _GROWING if column.grows else _PLAIN)


def _timeless(content: bytes) -> bytes:
    """Pack a zip file again with a fixed time for all its parts, which python-docx stamps with the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for part in packed.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, packed.read(part))
    return out.getvalue()
