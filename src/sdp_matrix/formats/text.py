"""Plain or coloured text for a terminal: columns with spanning headers, fitted to its width."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sdp_matrix.formats.table import Look
from sdp_matrix.sanitize import flat, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.formats.table import Cell, Column, Table

STYLES = {
    Look.PLAIN: "",
    Look.HEADING: "bold",
    Look.MUTED: "dim",
    Look.COVERED: "green",
    Look.NOT_COVERED: "dim",
    Look.ALREADY_EXISTS: "cyan",
    Look.UNKNOWN: "yellow",
    Look.WARNING: "bold yellow",
}
"""How each look is drawn; the text says the same without it."""

_ASCII = str.maketrans(
    {
        "✓": "+",
        "✗": "-",
        "–": "-",
        "—": "-",
        "…": "...",
        "·": "-",
        "─": "-",
        "\u00a0": " ",
        "’": "'",
        "‘": "'",
        "×": "x",
        "→": "->",
        "●": "#",
        "○": "o",
        "┈": ".",
        "━": "=",
        "┊": ":",
    }
)
_READING_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Screen:
    """What the terminal can do."""

    width: int = 100
    colour: bool = False
    unicode: bool = True


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths of the columns that are shown, and which texts go into them."""

    columns: tuple[int, ...]
    """Indices into the table's columns."""
    widths: tuple[int, ...]
    short: tuple[bool, ...]


def render(table: Table, screen: Screen | None = None) -> str:
    """Draw a table on a screen."""
    screen = screen or Screen()
    width = screen.width if table.wide else min(screen.width, _READING_WIDTH)
    console = Console(
        file=io.StringIO(),
        width=10_000,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        legacy_windows=False,
    )
    lines = _Page(table, _fit(table, width), width, console).lines()
    with console.capture() as capture:
        for line in lines:
            line.rstrip()
            console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    drawn = capture.get()
    return drawn if screen.unicode else drawn.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def _content(cell: Cell, *, short: bool) -> str:
    text = cell.short if short and cell.short is not None else cell.text
    marks = f"[{','.join(cell.notes)}]" if cell.notes else ""
    return " ".join(printable(f"{text} {marks}").replace("\n", " ").replace("\t", " ").split(" ")).strip()


def _fit(table: Table, width: int) -> _Layout:
    """Full texts where they fit; else short ones in the narrow columns; else short ones everywhere."""
    shown = table.shown
    grows = [table.columns[i].grows for i in shown]
    variants = [[False] * len(shown), [not grow for grow in grows], [True] * len(shown)]
    for short in variants:
        widths = _widths(table, short, width)
        room = [w for w, i in zip(widths, shown, strict=True) if table.columns[i].grows]
        needed = [table.columns[i].min_width for i in shown if table.columns[i].grows]
        if all(has >= wants for has, wants in zip(room, needed, strict=True)) and _total(widths) <= width:
            break
    return _Layout(shown, tuple(widths), tuple(short))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(widths) - 1


def _widths(table: Table, short: Sequence[bool], width: int) -> list[int]:
    shown = table.shown
    rows = [[row[i] for i in shown] for section in table.sections for row in section.rows]
    rows += [list(row) for row in table.header if all(cell.span == 1 for cell in row)]
    texts = [[_content(row[k], short=short[k]) for row in rows] for k in range(len(shown))]
    natural = [max((cell_len(text) for text in column), default=0) for column in texts]
    least = [max((_longest_word(text) for text in column), default=0) for column in texts]
    columns = [table.columns[i] for i in shown]
    marks = max((least[k] for k, column in enumerate(columns) if column.align == "center"), default=0)
    widths = [marks if column.align == "center" else natural[k] for k, column in enumerate(columns)]
    return _squeezed(columns, widths, least, width)


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split(" ")), default=0)


def _squeezed(columns: Sequence[Column], widths: list[int], least: Sequence[int], width: int) -> list[int]:
    """Narrow growing columns to what they want; then all, widest first, to their longest words; then further."""
    wants = [max(least[k], min(widths[k], column.min_width)) for k, column in enumerate(columns)]
    growing = [k for k, column in enumerate(columns) if column.grows]
    others = [k for k, column in enumerate(columns) if not column.grows]
    for candidates, floor in (
        (growing, wants),
        (others, least),
        (growing, least),
        (range(len(columns)), [1] * len(columns)),
    ):
        while _total(widths) > width and (able := [k for k in candidates if widths[k] > max(floor[k], 1)]):
            widths[max(able, key=lambda k: widths[k])] -= 1
    return widths


class _Page:
    """The lines of one table on one layout."""

    def __init__(self, table: Table, layout: _Layout, width: int, console: Console) -> None:
        self.table, self.layout, self.width, self.console = table, layout, width, console

    def lines(self) -> Iterator[Text]:
        yield from self._wrapped(self.table.title, "bold")
        if self.table.header or self.table.sections:
            yield Text()
        for row in self.table.header:
            yield from self._header_row(row)
        if self.table.header:
            yield self._rule()
        for index, section in enumerate(self.table.sections):
            if section.title:
                if index:
                    yield Text()
                yield from self._wrapped(section.title, "bold")
            for cells in section.rows:
                yield from self._row([cells[i] for i in self.layout.columns])
        yield from self._below()

    def _below(self) -> Iterator[Text]:
        table = self.table
        if table.sections and (table.notes or table.legend or table.sentences or table.source):
            yield self._rule()
        if table.legend:
            yield from self._wrapped_text(self._legend())
        for note in table.notes:
            yield from self._wrapped(f"[{note.marker}] {note.text}", "", indent=4)
        for remark in table.sentences:
            yield from self._wrapped(remark, "")
        if table.source:
            yield from self._wrapped(f"Source: {table.source}", "dim")

    def _rule(self) -> Text:
        return Text("─" * max(_total(self.layout.widths), 1), style="dim")

    def _legend(self) -> Text:
        narrow = any(self.layout.short)
        line = Text()
        for cell, meaning in self.table.legend:
            mark = _content(cell, short=narrow)
            if line:
                line.append("   ")
            line.append(mark, style=STYLES[cell.look])
            if mark.casefold() != meaning.casefold():
                line.append(f" {printable(meaning)}".replace(" ", "\u00a0"))
        return line

    def _wrapped(self, text: str, style: str, *, indent: int = 0) -> Iterator[Text]:
        return self._wrapped_text(Text(flat(text), style=style), indent=indent)

    def _wrapped_text(self, text: Text, *, indent: int = 0) -> Iterator[Text]:
        first = True
        for line in text.wrap(self.console, max(self.width - indent, 20)):
            line.rstrip()
            yield line if first or not indent else Text.assemble(" " * indent, line)
            first = False

    def _header_row(self, row: Sequence[Cell]) -> Iterator[Text]:
        cells, widths, short, aligns = [], [], [], []
        start = 0
        for cell in row:
            covered = range(start, start + cell.span)
            start += cell.span
            cells.append(cell)
            widths.append(_total([self.layout.widths[k] for k in covered]))
            aligns.append("center" if cell.span > 1 else self.table.columns[self.layout.columns[covered[0]]].align)
            full = _longest_word(_content(cell, short=False))
            short.append(self.layout.short[covered[0]] and (cell.span == 1 or full > widths[-1]))
        yield from self._block(cells, widths, short, aligns, "bold")
        if any(cell.span > 1 for cell in row):
            yield Text(
                " ".join(("─" if cell.text else " ") * w for cell, w in zip(cells, widths, strict=True)),
                style="dim",
            )

    def _row(self, cells: Sequence[Cell]) -> Iterator[Text]:
        aligns = [self.table.columns[i].align for i in self.layout.columns]
        return self._block(cells, self.layout.widths, self.layout.short, aligns, "")

    def _block(
        self,
        cells: Sequence[Cell],
        widths: Sequence[int],
        short: Sequence[bool],
        aligns: Sequence[str],
        style: str,
    ) -> Iterator[Text]:
        """Cells side by side, each wrapped to its width."""
        columns = [
            self._cell_lines(cell, width, short=is_short, style=style)
            for cell, width, is_short in zip(cells, widths, short, strict=True)
        ]
        for number in range(max(map(len, columns), default=0)):
            line = Text()
            for k, lines in enumerate(columns):
                part = lines[number] if number < len(lines) else Text()
                part.truncate(widths[k])
                _align(part, aligns[k], widths[k])
                line.append(" " if k else "").append_text(part)
            yield line

    def _cell_lines(self, cell: Cell, width: int, *, short: bool, style: str) -> list[Text]:
        content = " ".join(p for word in _content(cell, short=short).split(" ") for p in _pieces(word, max(width, 1)))
        text = Text(content, style=" ".join(filter(None, [style, STYLES[cell.look]])))
        if cell.href:
            text.stylize(f"link {cell.href}")
        if cell_len(content) <= width:
            return [text]
        lines = list(text.wrap(self.console, max(width, 1)))
        for line in lines:
            line.rstrip()
        return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that is longer than the line in pieces that fill it, cut after a hyphen or slash where there is one."""
    while cell_len(word) > width:
        cut = max(word.rfind(sign, 1, width) for sign in "-/") + 1 or width
        yield word[:cut]
        word = word[cut:]
    yield word


def _align(part: Text, align: str, width: int) -> None:
    room = max(width - part.cell_len, 0)
    left = {"left": 0, "right": room, "center": room // 2}[align]
    part.pad_left(left)
    part.pad_right(room - left)
