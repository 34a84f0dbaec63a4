"""What stands below a table in every format that people read: legend, footnotes, remarks, source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdp_matrix.formats.table import Cell
from sdp_matrix.sanitize import flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.formats.table import Note, Table


_ADDRESS = re.compile(r"(https?://\S*[^\s.,;:)\]])")
"""An address in a sentence, without the sign that ends it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, with the marker of a footnote before it."""

    text: str
    marker: str = ""


def lines(table: Table) -> Iterator[Line]:
    """What stands below a table but for its references, as inert text in the order of reading."""
    if table.legend:
        meanings = ((flat(cell.text), flat(meaning)) for cell, meaning in table.legend)
        yield Line(
            "; ".join(f"{mark} {meaning}" for mark, meaning in meanings if mark.casefold() != meaning.casefold())
        )
    yield from map(_note, table.footnotes)
    yield from (Line(flat(remark)) for remark in table.sentences)
    if table.source:
        yield Line(f"Source: {flat(table.source)}")


def references(table: Table) -> Iterator[Line]:
    """The references that a table cites, which stand at the end."""
    yield from map(_note, table.references)


def pieces(text: str) -> Iterator[Cell]:
    """The text in pieces, of which each address is a link.

    >>> [(piece.text, bool(piece.href)) for piece in pieces("see (https://example.org/a).")]
    [('see (', False), ('https://example.org/a', True), (').', False)]
    """
    for number, piece in enumerate(_ADDRESS.split(text)):
        if piece:
            yield Cell(piece, link=piece if number % 2 else None)


def _note(note: Note) -> Line:
    return Line(flat(note.text), flat(note.marker))
