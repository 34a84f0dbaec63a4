"""What stands below a table in every format that people read: legend, footnotes, remarks, source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sdp_matrix.formats.table import Cell, Table
from sdp_matrix.sanitize import flat

_ADDRESS = re.compile(r"(https?://\S*[^\s.,;:)\]])")
"""An address in a sentence, without the sign that ends it."""


class Kind(StrEnum):
    """What a paragraph below a table is."""

    LEGEND = "legend"
    NOTE = "note"
    SENTENCE = "sentence"
    SOURCE = "source"
    HEADING = "heading"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, with the marker of a footnote or reference before it."""

    kind: Kind
    text: str
    marker: str = ""

    @property
    def numbered(self) -> str:
        """The text after its marker, in brackets."""
        return f"[{self.marker}] {self.text}" if self.marker else self.text


def lines(table: Table) -> Iterator[Line]:
    """Everything below a table, as inert text in the order of reading; the references at the end."""
    if table.legend:
        meanings = [(flat(cell.text), flat(meaning)) for cell, meaning in table.legend]
        said = (f"{mark} {meaning}" for mark, meaning in meanings if mark.casefold() != meaning.casefold())
        yield Line(Kind.LEGEND, "; ".join(said))
    yield from (Line(Kind.NOTE, flat(note.text), flat(note.marker)) for note in table.footnotes)
    yield from (Line(Kind.SENTENCE, flat(remark)) for remark in table.sentences)
    if table.source:
        yield Line(Kind.SOURCE, f"Source: {flat(table.source)}")
    if table.references:
        yield Line(Kind.HEADING, "References")
    yield from (Line(Kind.REFERENCE, flat(note.text), flat(note.marker)) for note in table.references)


def pieces(text: str) -> Iterator[Cell]:
    """The text in pieces, of which each address is a link.

    >>> [(piece.text, bool(piece.href)) for piece in pieces("see (https://example.org/a).")]
    [('see (', False), ('https://example.org/a', True), (').', False)]
    """
    for number, piece in enumerate(_ADDRESS.split(text)):
        if piece:
            yield Cell(piece, link=piece if number % 2 else None)
