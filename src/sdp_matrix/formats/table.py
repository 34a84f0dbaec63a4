"""The neutral table between views and formats: what people read, what machines read, and the palette of its looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from sdp_matrix.text_safety import flat

# No blank, quote or bracket that could end an attribute of HTML or a link of Markdown.
_IN_ADDRESS = r"[^\s<>\"{}|\\^`\x00-\x20\x7f]"
_ADDRESS = re.compile(rf"https?://{_IN_ADDRESS}{{1,2000}}")
# An address in a sentence, without the sign or bracket that ends it; a pair of brackets may be part of it.
_IN_SENTENCE = re.compile(rf"(https?://(?:(?![()]){_IN_ADDRESS}|\((?:(?![()]){_IN_ADDRESS})*\))+(?<![.,;:\]]))")

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class Look(StrEnum):
    """How a cell looks in formats with colour or weight; the text alone has the same meaning."""

    PLAIN = "plain"
    HEADING = "heading"
    MUTED = "muted"
    COVERED = "covered"
    NOT_COVERED = "not-covered"
    ALREADY_EXISTS = "already-exists"
    UNKNOWN = "unknown"
    WARNING = "warning"


INK, MUTED, LINE = "#1B1B1A", "#5C5C58", "#C9C9C4"  # text, quieter text and rules, on white


class Tone(NamedTuple):
    """The colours of a look."""

    tint: str
    """Ground of a cell or tile under dark text, and text on a dark ground."""
    shade: str
    """Ground of a cell under light text, and text on a light ground."""
    ansi: str
    """The colour in a terminal, whose theme defines the shade."""


TONES: dict[Look, Tone] = {
    Look.COVERED: Tone("#9CCDF0", "#00639B", "bright_blue"),
    Look.ALREADY_EXISTS: Tone("#D6E6F6", "#27404F", "cyan"),
    Look.NOT_COVERED: Tone("#FFFFFF", "#161615", "dim"),
    Look.UNKNOWN: Tone("#F9F3A8", "#434000", "yellow"),
    Look.WARNING: Tone("#F6BE62", "#8A5212", "bold yellow"),
}
"""The looks that are not black on white; any two differ for colour-blind eyes (after Okabe and Ito) and in grey."""


class Cell(NamedTuple):
    """A cell: the text for people, a shorter text for narrow places, and the value for machines."""

    text: str = ""
    short: str | None = None
    """For narrow places; the text if it is None."""
    value: str | int | float | None = None
    """For csv and other data formats; the text if it is None."""
    look: Look = Look.PLAIN
    notes: tuple[str, ...] = ()
    """Markers of footnotes."""
    span: int = 1
    """How many columns it covers; several only in header rows."""
    link: str | None = None
    """An http or https address; any other never becomes a link."""

    @property
    def href(self) -> str | None:
        """The address, if it may be followed."""
        # A javascript: address in the data would run in the page of whoever follows it.
        return self.link if self.link and _ADDRESS.fullmatch(self.link) else None


class Column(NamedTuple):
    """A column: its name for machines, and how it is laid out for people."""

    id: str
    align: str = "left"
    """left, right or center."""
    grows: bool = False
    """Takes the room that is left, and wraps."""
    min_width: int = 0
    """A growing column is not made narrower than this to give others their full text."""
    machine_only: bool = False
    """For csv and other data formats, not for people."""
    heading: str = ""
    """Its name for people in a list, if that differs from the id."""


class Section(NamedTuple):
    """Rows under a common heading."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    people_only: bool = False
    """Not part of the data: csv leaves it out."""


class Kind(StrEnum):
    """What a paragraph below a table is, in the order of reading."""

    LEGEND = "legend"
    NOTE = "note"
    SENTENCE = "sentence"
    SOURCE = "source"
    HEADING = "heading"
    REFERENCE = "reference"


class Note(NamedTuple):
    """A footnote or cited reference, or another paragraph below a table, which has no marker."""

    marker: str
    text: str
    kind: Kind = Kind.NOTE

    @property
    def numbered(self) -> str:
        """The text after its marker, in brackets."""
        return f"[{self.marker}] {self.text}" if self.marker else self.text


class Table(NamedTuple):
    """A table with everything that belongs to it when it leaves the program."""

    title: str
    columns: tuple[Column, ...]
    header: tuple[tuple[Cell, ...], ...]
    """Header rows; the cells of each, with their spans, cover the columns people see."""
    sections: tuple[Section, ...]
    heading: int = -1
    """Which header row names the columns, for formats that have a single header row."""
    notes: tuple[Note, ...] = ()
    legend: tuple[tuple[Cell, str], ...] = ()
    """Each mark with its meaning."""
    caveat: str = ""
    """What the publisher of the values notes on their limits; not our words."""
    remarks: tuple[str, ...] = ()
    """Our own sentences below the table."""
    hints: tuple[str, ...] = ()
    """What a person at a terminal may type next; no format writes them."""
    wide: bool = False
    """Uses the room of a wide screen; else it keeps to a reading width."""
    source: str = ""
    dated: datetime = datetime(1980, 1, 1, tzinfo=UTC)
    """When a document was made: the day of its edition, so that the same data give the same bytes."""
    appendices: Callable[[], tuple[Table, ...]] = tuple
    """What the table rests on, for formats with room for several tables, such as a workbook."""
    data: Json | Callable[[], Json] = None
    """The same content as JSON, or what makes it; stable, described in docs/json.md."""

    @property
    def shown(self) -> tuple[int, ...]:
        """Indices of the columns people see."""
        return tuple(i for i, column in enumerate(self.columns) if not column.machine_only)

    @property
    def row_heading(self) -> int:
        """Index of the column that names the rows: the first that people see and that is not a number."""
        return next((i for i in self.shown if self.columns[i].align == "left"), self.shown[0])

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All rows of data, without sections."""
        return tuple(row for section in self.sections if not section.people_only for row in section.rows)

    def column(self, k: int) -> tuple[Cell, ...]:
        """Return all cells of one of the columns people see; a heading over several columns is in none of them."""
        rows = [row[self.shown[k]] for section in self.sections for row in section.rows]
        return (*rows, *(row[k] for row in self.header if all(cell.span == 1 for cell in row)))

    def meanings(self) -> Iterator[tuple[Cell, str]]:
        """Yield each mark of the legend with its meaning, which is empty if the mark itself is that word."""
        for cell, meaning in self.legend:
            yield cell, "" if flat(cell.text).casefold() == flat(meaning).casefold() else flat(meaning)

    def paragraphs(self) -> list[Note]:
        """Return all that is below the table, as inert text in the order of reading."""
        marks = (f"{cell.text} {meaning}" for cell, meaning in self.meanings() if meaning)
        has_references = any(note.kind is Kind.REFERENCE for note in self.notes)
        paragraphs = [
            Note("", "; ".join(marks), Kind.LEGEND),
            *(Note("", text, Kind.SENTENCE) for text in (self.caveat, *self.remarks)),
            Note("", f"Source: {self.source}" if self.source else "", Kind.SOURCE),
            Note("", "References" if has_references else "", Kind.HEADING),
            *self.notes,
        ]
        ordered = sorted(paragraphs, key=lambda paragraph: [*Kind].index(paragraph.kind))  # in the order of reading
        return [Note(flat(p.marker), flat(p.text), p.kind) for p in ordered if p.text]


def spanned(row: Sequence[Cell]) -> Iterator[tuple[Cell, range]]:
    """Yield each cell of a header row with the columns that it covers.

    >>> [(cell.text, [*columns]) for cell, columns in spanned([Cell("a", span=2), Cell("b")])]
    [('a', [0, 1]), ('b', [2])]
    """
    start = 0
    for cell in row:
        yield cell, range(start, start + cell.span)
        start += cell.span


def pieces(text: str) -> Iterator[Cell]:
    """Yield a text in pieces, of which each address is a link.

    >>> [(piece.text, bool(piece.href)) for piece in pieces("see (https://example.org/a_(b)).")]
    [('see (', False), ('https://example.org/a_(b)', True), (').', False)]
    """
    for number, piece in enumerate(_IN_SENTENCE.split(text)):
        if piece:
            yield Cell(piece, link=piece if number % 2 else None)
