"""What stands below a table in every format that people read: legend, footnotes, remarks, source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdp_matrix.sanitize import flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.formats.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, with the marker of a footnote before it."""

    text: str
    marker: str = ""


def lines(table: Table) -> Iterator[Line]:
    """Everything below a table, as inert text in the order of reading."""
    if table.legend:
        meanings = ((flat(cell.text), flat(meaning)) for cell, meaning in table.legend)
        yield Line(
            "; ".join(f"{mark} {meaning}" for mark, meaning in meanings if mark.casefold() != meaning.casefold())
        )
    yield from (Line(flat(note.text), flat(note.marker)) for note in table.notes)
    yield from (Line(flat(remark)) for remark in table.sentences)
    if table.source:
        yield Line(f"Source: {flat(table.source)}")
