"""HTML: a page of its own (light, dark and print, nothing loaded, no script), or the fragment to put into another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from sdp_matrix.formats.table import INK, LINE, MUTED, TONES, Cell, Kind, Look, Note, Section, Table, pieces, spanned
from sdp_matrix.text_safety import flat

# Not every browser knows light-dark; it takes the first of the two.
_GROUNDS = "\n".join(
    f".{look} {{ background: {tone.tint}; background: light-dark({tone.tint}, {tone.shade}); }}"
    for look, tone in TONES.items()
)


def render(table: Table) -> str:
    """Render a whole page around the fragment; its policy lets nothing load or run, whatever the data have in them."""
    folder = files("sdp_matrix.formats")
    page, rules = (Template(folder.joinpath(f"html_page.{kind}").read_text("utf-8")) for kind in ("html", "css"))
    style = rules.substitute(ink=INK, muted=MUTED, line=LINE, grounds=_GROUNDS)
    return page.substitute(title=escape(flat(table.title)), style=style, body=fragment(table))


def fragment(table: Table) -> str:
    """Render a `div` to paste into a page, whose style may use the classes: they name the looks."""
    return "\n".join(_Fragment(table).lines()) + "\n"


class _Fragment:
    """The lines of a fragment; its ids share a prefix, so that a page can have several fragments."""

    def __init__(self, table: Table) -> None:
        self.table = table
        # An id in a style sheet may not begin with a digit; a title may have lone surrogates, which do not encode.
        self.prefix = "t" + hashlib.sha256(table.title.encode("utf-8", "replace")).hexdigest()[:8]
        self.ids = {flat(note.marker): f"{self.prefix}-{number}" for number, note in enumerate(table.notes, 1)}

    def lines(self) -> Iterator[str]:
        """Yield the table in a region that scrolls, below a caption that does not, then what is below it."""
        table, caption = self.table, f"{self.prefix}-caption"
        yield '<div class="sdp-table">'
        yield f'<p class="caption" id="{caption}">{_safe(table.title)}</p>'
        # without tabindex, the keyboard could not scroll it
        yield f'<div class="scroll" role="region" aria-labelledby="{caption}" tabindex="0">'
        yield f'<table aria-labelledby="{caption}">'
        if table.header:
            yield "<thead>"
            for row in table.header:
                names = row is table.header[table.heading]
                cells = (self._heading(cell, covered[0], names=names) for cell, covered in spanned(row))
                yield f"<tr>{''.join(cells)}</tr>"
            yield "</thead>"
        for section in table.sections:
            yield from self._section(section)
        yield from ("</table>", "</div>")
        for kind, paragraphs in groupby(table.paragraphs(), lambda paragraph: paragraph.kind):
            yield from self._paragraphs(kind, [*paragraphs])
        yield "</div>"

    def _heading(self, cell: Cell, first: int, *, names: bool) -> str:
        align = "center" if cell.span > 1 else self.table.columns[self.table.shown[first]].align
        if not cell.text or not (names or cell.look in {Look.HEADING, Look.MUTED}):
            return self._element("td", cell, align)  # a screen reader would announce an empty heading
        if cell.span > 1:
            return self._element("th", cell, align, "spans", "colgroup")
        return self._element("th", cell, align, scope="row" if cell.look is Look.MUTED else "col")

    def _section(self, section: Section) -> Iterator[str]:
        yield "<tbody>"
        if section.title:
            title = Cell(section.title, span=len(self.table.shown))
            yield f"<tr>{self._element('th', title, 'left', 'section', 'rowgroup')}</tr>"
        for cells in section.rows:
            yield f"<tr>{''.join(self._cell(cells[i], i) for i in self.table.shown)}</tr>"
        yield "</tbody>"

    def _cell(self, cell: Cell, column: int) -> str:
        align, look = self.table.columns[column].align, "" if cell.look is Look.PLAIN else cell.look
        if column != self.table.row_heading or not cell.text:
            return self._element("td", cell, align, look)
        return self._element("th", cell, align, look or ("title" if self.table.columns[column].grows else ""), "row")

    def _element(self, tag: str, cell: Cell, align: str, look: str = "", scope: str = "") -> str:
        """Return a cell; it says itself how it is aligned, because a notebook has another style sheet."""
        span = str(cell.span) if cell.span > 1 else ""
        texts = {"scope": scope, "class": look, "colspan": span, "style": f"text-align:{align}"}
        attributes = "".join(f' {name}="{text}"' for name, text in texts.items() if text)
        return f"<{tag}{attributes}>{_linked(cell)}{''.join(map(self._citation, cell.notes))}</{tag}>"

    def _citation(self, marker: str) -> str:
        marker = flat(marker)
        if marker not in self.ids:
            return f"<sup>{escape(marker)}</sup>"
        return f'<sup><a href="#{self.ids[marker]}" aria-label="note {escape(marker)}">{escape(marker)}</a></sup>'

    def _paragraphs(self, kind: Kind, paragraphs: Sequence[Note]) -> Iterator[str]:
        if kind is Kind.LEGEND:
            marks = (f'<span class="{c.look}">{_safe(c.text)}</span> {escape(m)}' for c, m in self.table.meanings())
            items = "".join(f"<li>{mark.strip()}</li>" for mark in marks)
            yield f'<ul class="legend" style="list-style:none">{items}</ul>'
        elif kind in {Kind.NOTE, Kind.REFERENCE}:
            notes = (f'<li id="{self.ids[p.marker]}"><sup>{escape(p.marker)}</sup> {_body(p)}</li>' for p in paragraphs)
            yield from ('<ol class="notes" style="list-style:none">', *notes, "</ol>")
        else:
            classes = "" if kind is Kind.SENTENCE else f' class="{kind}"'
            yield from (f"<p{classes}>{escape(paragraph.text)}</p>" for paragraph in paragraphs)


def _body(paragraph: Note) -> str:
    """Return the text of a note; in a reference, addresses are links."""
    parts = pieces(paragraph.text) if paragraph.kind is Kind.REFERENCE else [Cell(paragraph.text)]
    return "".join(_linked(part) if part.href else escape(part.text) for part in parts)


def _linked(cell: Cell) -> str:
    text = _safe(cell.text)
    return f'<a href="{escape(cell.href)}" rel="noopener noreferrer">{text}</a>' if cell.href else text


def _safe(text: str) -> str:
    return escape(flat(text))
