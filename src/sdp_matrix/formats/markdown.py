"""Markdown as GitHub and most editors read it: a pipe table with its notes, legend and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sdp_matrix.formats.table import Cell, Kind, Note, Table, pieces
from sdp_matrix.text_safety import flat

_ALIGN = {"left": "---", "right": "--:", "center": ":-:"}


def render(table: Table) -> str:
    """Render a table as a document of its own: title, table, legend, footnotes, remarks, source."""
    paragraphs = [f"**{escape(table.title)}**"]
    if table.header or table.sections:  # else the title says it all
        paragraphs.append("\n".join(_table_lines(table)))
    paragraphs += map(_paragraph, table.paragraphs())
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(paragraph: Note) -> str:
    text = escape(paragraph.text)
    if paragraph.kind is Kind.HEADING:
        return f"**{text}**"
    return f"[{paragraph.marker}] {text}" if paragraph.marker else text


def _table_lines(table: Table) -> Iterator[str]:
    shown = table.shown
    header = table.header or (tuple(Cell() for _ in shown),)  # a table of Markdown needs a header
    heading = table.heading % len(header)
    yield _line(_spread(header[heading]))
    yield "|" + "|".join(_ALIGN[table.columns[i].align] for i in shown) + "|"
    for index, row in enumerate(header):
        if index != heading:
            yield _line(f"*{text}*" if text else "" for text in _spread(row))
    for section in table.sections:
        if section.title:
            place = min(1, len(shown) - 1)  # below the label, beside the number of a row
            yield _line(f"**{escape(section.title)}**" if k == place else "" for k in range(len(shown)))
        for cells in section.rows:
            yield _line(_text(cells[i]) for i in shown)


def _spread(row: Sequence[Cell]) -> list[str]:
    """Repeat a heading over the columns that it covers: Markdown has no spans."""
    return [_text(cell) for cell in row for _ in range(cell.span)]


def _line(texts: Iterable[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _text(cell: Cell) -> str:
    marks = "".join(f"[{marker}]" for marker in cell.notes)
    text = f"[{_inert(flat(cell.text))}](<{cell.href}>)" if cell.href else escape(cell.text)
    return f"{text} {marks}".strip()


def escape(text: str) -> str:
    r"""Make text inert: no markup, no html, no line break, and nobody notified; an address becomes a link, whole.

    >>> escape("a|b <script>*x* @name")
    'a\\|b &lt;script&gt;\\*x\\* @<!-- -->name'
    >>> escape("see https://example.org/a_b?c_d=1.")
    'see <https://example.org/a_b?c_d=1>.'
    """
    return "".join(f"<{piece.href}>" if piece.href else _inert(piece.text) for piece in pieces(flat(text)))


def _inert(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text.translate(_ENTITIES))
    # An empty comment keeps a code host from taking a name or number for a person or an issue.
    return re.sub(r"([@#])(?=\w)", r"\1<!-- -->", escaped)


_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
