"""Markdown as GitHub and most editors read it: a pipe table with its notes, legend and source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sdp_matrix.formats.footer import Kind, Line, lines
from sdp_matrix.formats.table import Cell, Table
from sdp_matrix.sanitize import flat

_ALIGN = {"left": "---", "right": "--:", "center": ":-:"}


def render(table: Table) -> str:
    """Render a table as a document of its own: title, table, footnotes, legend, remarks, source."""
    paragraphs = [f"**{escape(table.title)}**"]
    if table.header or table.sections:  # else the title says it all
        paragraphs.append("\n".join(_table_lines(table)))
    paragraphs += map(_paragraph, lines(table))
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(line: Line) -> str:
    text = escape(line.text)
    if line.kind is Kind.HEADING:
        return f"**{text}**"
    return f"[{line.marker}] {text}" if line.marker else text


def _table_lines(table: Table) -> Iterator[str]:
    shown = table.shown
    header = table.header or (tuple(Cell() for _ in shown),)
    heading = table.heading % len(header)
    yield _line(_spread(header[heading]))
    yield "|" + "|".join(_ALIGN[table.columns[i].align] for i in shown) + "|"
    for index, row in enumerate(header):
        if index != heading:
            yield _line(f"*{text}*" if text else "" for text in _spread(row))
    for section in table.sections:
        if section.title:
            yield _line([*[""] * (len(shown) > 1), f"**{escape(section.title)}**", *[""] * (len(shown) - 2)])
        for cells in section.rows:
            yield _line(_text(cells[i]) for i in shown)


def _spread(row: Sequence[Cell]) -> list[str]:
    """Markdown has no spans: a heading is repeated over the columns it covers."""
    return [_text(cell) for cell in row for _ in range(cell.span)]


def _line(texts: Iterator[str] | Sequence[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _text(cell: Cell) -> str:
    marks = "".join(f"[{marker}]" for marker in cell.notes)
    text = escape(cell.text)
    linked = f"[{text}](<{cell.href}>)" if cell.href else text
    return f"{linked} {marks}".strip() if marks else linked


def escape(text: str) -> str:
    r"""Make text inert: no markup, no html, no line break.

    >>> escape("a|b <script>*x*")
    'a\\|b &lt;script&gt;\\*x\\*'
    """
    inert = flat(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", inert)
