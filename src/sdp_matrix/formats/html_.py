"""HTML: a page of its own (light, dark and print, nothing loaded, no script), or the fragment to put into another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate

from sdp_matrix.formats import palette
from sdp_matrix.formats.table import Cell, Look, Note, Section, Table, pieces
from sdp_matrix.text_safety import flat

_INKS = f"--ink: {palette.INK}; --muted: {palette.MUTED}; --line: {palette.LINE};"
_DARK = "--ink: #ececea; --muted: #a9a9a4; --line: #4a4a47; --ground: #161615;"
_STYLE = f"""\
:root {{ color-scheme: light dark; --ground: #fff; {_INKS} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}
{palette.grounds()}
"""
_RULES = """\
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: var(--ink); background: var(--ground);
  font: 1rem/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
.caption { font-size: 1.15rem; font-weight: 600; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th, thead td { vertical-align: bottom; border-bottom: 0; }
thead th.spans { background: linear-gradient(var(--line), var(--line)) bottom / calc(100% - .6rem) 1px no-repeat; }
thead tr:last-child > * { border-bottom: 1px solid var(--ink); }
tbody th { font-weight: inherit; min-width: min(20em, 50vw); }
th.section { font-weight: 600; padding-top: 1rem; }
.right { text-align: right; }
.center { text-align: center; }
.muted, .source { color: var(--muted); }
sup a { text-decoration: none; padding: 0 .15em; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
.legend span { padding: 0 .4rem; border: 1px solid var(--line); }
.notes, .legend { list-style: none; padding: 0; overflow-wrap: anywhere; }
.references { font-weight: 600; margin-bottom: 0; }
.notes, .source, .legend, .sdp-table > p:not(.caption) { font-size: .875rem; max-width: 60rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print { :root { font-size: 8pt; } body { margin: 0; max-width: none; } .scroll { overflow: visible; }
  th, td { padding: .1rem .4rem; } .notes, .source, .legend, .sdp-table > p { margin: .4rem 0; max-width: none; }
  thead { display: table-header-group; } tr { break-inside: avoid; } * { print-color-adjust: exact; } }
"""


def render(table: Table) -> str:
    """Render a whole page around the fragment."""
    return f"""\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(flat(table.title))}</title>
<style>
{_STYLE}{_RULES}</style>
</head>
<body>
<main>
{fragment(table)}</main>
</body>
</html>
"""


def fragment(table: Table) -> str:
    """Render one `div` to paste into a page, whose style may know the classes: they name the looks."""
    return "\n".join(_Fragment(table).lines()) + "\n"


class _Fragment:
    """The lines of one fragment; ids begin alike, so that several fragments can stand in one page."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.prefix = "t" + hashlib.sha256(table.title.encode("utf-8", "replace")).hexdigest()[:8]
        self.ids = {note.marker: f"{self.prefix}-{number}" for number, note in enumerate(table.notes, 1)}
        self.cited: set[str] = set()

    def lines(self) -> Iterator[str]:
        """The table in a region that scrolls, then what stands below it."""
        table, caption = self.table, f"{self.prefix}-caption"
        yield '<div class="sdp-table">'
        yield f'<p class="caption" id="{caption}">{_safe(table.title)}</p>'  # outside what scrolls sideways
        yield f'<div class="scroll" role="region" aria-labelledby="{caption}" tabindex="0">'
        yield f'<table aria-labelledby="{caption}">'
        if table.header:
            yield "<thead>"
            for number, row in enumerate(table.header):
                yield self._header_row(row, names=number == table.heading % len(table.header))
            yield "</thead>"
        for section in table.sections:
            yield from self._section(section)
        yield "</table>"
        yield "</div>"
        yield from self._below()
        yield "</div>"

    def _header_row(self, row: tuple[Cell, ...], *, names: bool) -> str:
        starts = accumulate((cell.span for cell in row[:-1]), initial=0)
        aligns = (self.table.columns[self.table.shown[start]].align for start in starts)
        return f"<tr>{''.join(self._header_cell(cell, next(aligns), names=names) for cell in row)}</tr>"

    def _header_cell(self, cell: Cell, align: str, *, names: bool) -> str:
        classes = "center" if cell.span > 1 else align
        if not cell.text or not (names or cell.look in {Look.HEADING, Look.MUTED}):
            return f'<td class="{classes}"{_span(cell)}>{self._content(cell)}</td>'
        scope = "row" if cell.look is Look.MUTED else "colgroup" if cell.span > 1 else "col"
        classes += " spans" * (cell.span > 1)
        return f'<th scope="{scope}" class="{classes}"{_span(cell)}>{self._content(cell)}</th>'

    def _section(self, section: Section) -> Iterator[str]:
        yield "<tbody>"
        if section.title:
            width = len(self.table.shown)
            yield f'<tr><th scope="rowgroup" colspan="{width}" class="section">{_safe(section.title)}</th></tr>'
        for cells in section.rows:
            yield f"<tr>{''.join(self._cell(cells[i], i) for i in self.table.shown)}</tr>"
        yield "</tbody>"

    def _cell(self, cell: Cell, column: int) -> str:
        classes = " ".join([self.table.columns[column].align, *[cell.look] * (cell.look is not Look.PLAIN)])
        if column == self.table.row_heading and cell.text:
            return f'<th scope="row" class="{classes}">{self._content(cell)}</th>'
        return f'<td class="{classes}">{self._content(cell)}</td>'

    def _content(self, cell: Cell) -> str:
        return _linked(cell) + "".join(self._citation(marker) for marker in cell.notes)

    def _citation(self, marker: str) -> str:
        note = self.ids.get(marker)
        if note is None:
            return f"<sup>{_safe(marker)}</sup>"
        anchor = "" if marker in self.cited else f' id="{note}-cited"'
        self.cited.add(marker)
        return f'<sup><a{anchor} href="#{note}" aria-label="note {_safe(marker)}">{_safe(marker)}</a></sup>'

    def _below(self) -> Iterator[str]:
        table = self.table
        if table.legend:
            marks = (f'<span class="{c.look}">{_safe(c.text)}</span> {_safe(words)}' for c, words in table.meanings())
            yield f'<ul class="legend">{"".join(f"<li>{mark.strip()}</li>" for mark in marks)}</ul>'
        yield from self._notes(table.footnotes)
        for remark in table.sentences:
            yield f"<p>{_safe(remark)}</p>"
        if table.source:
            yield f'<p class="source">Source: {_safe(table.source)}</p>'
        if table.references:
            yield '<p class="references">References</p>'
            yield from self._notes(table.references)

    def _notes(self, notes: Sequence[Note]) -> Iterator[str]:
        if notes:
            yield '<ol class="notes">'
            for note in notes:
                parts = pieces(flat(note.text)) if note.is_reference else [Cell(flat(note.text))]
                text = "".join(_linked(part) if part.href else escape(part.text) for part in parts)
                yield f'<li id="{self.ids[note.marker]}">{self._marker(note.marker)} {text}</li>'
            yield "</ol>"

    def _marker(self, marker: str) -> str:
        """The marker of a footnote leads back to where it is cited, if it is."""
        text = f"<sup>{_safe(marker)}</sup>"
        back = f'<a href="#{self.ids[marker]}-cited" aria-label="back to {_safe(marker)}">{text}</a>'
        return back if marker in self.cited else text


def _span(cell: Cell) -> str:
    return f' colspan="{cell.span}"' if cell.span > 1 else ""


def _linked(cell: Cell) -> str:
    text = _safe(cell.text)
    return f'<a href="{escape(cell.href)}" rel="noopener noreferrer">{text}</a>' if cell.href else text


def _safe(text: str) -> str:
    return escape(flat(text))
