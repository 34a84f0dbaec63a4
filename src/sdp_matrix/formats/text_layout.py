"""How a table is laid out on a screen: which texts go into its columns, how wide these are, where texts wrap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.text_safety import printable

_UNBROKEN = 24
"""A longer word, such as an address, may break anywhere; a shorter one does after a hyphen or slash only."""

FULL_TITLES = 120
"""A screen so wide shows every title in full."""

_NARROWEST = 3
"""What a column of marks takes of a screen at least: a code of two letters above it, and a space."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of the columns that are shown, and which of them have short texts."""

    columns: tuple[int, ...]
    """Indices into the table's columns."""
    widths: tuple[int, ...]
    short: tuple[bool, ...]
    short_groups: bool = False
    """Whether headings over several columns have their short texts: all of a table, or none."""


def _fitted(parts: Sequence[Table], width: int) -> tuple[Layout, ...]:
    """Lay out all parts alike: full texts where they fit, else short titles or short headings, else both.

    A wide screen shortens no title while headings can be. Empty where words would break even so.
    """
    best: tuple[Layout, ...] = ()
    titles, names = (True, False), (False, True)
    for short in ((False, False), *((names, titles) if width >= FULL_TITLES else (titles, names)), (True, True)):
        layouts, enough = [], True
        for part in parts:
            pattern = [short[0] if part.columns[i].grows else short[1] for i in part.shown]
            widths, wanted = _widths(part, pattern, width)
            layouts.append(Layout(part.shown, tuple(widths), tuple(pattern)))
            enough = enough and wanted
        if all(total(layout.widths) <= width for layout in layouts):
            best = tuple(layouts)
            if enough:
                break
    return _with_groups(parts, best, width)


def _with_groups(parts: Sequence[Table], layouts: Sequence[Layout], width: int) -> tuple[Layout, ...]:
    """Make room for headings over several columns in one line: in full, else short; in all parts alike."""
    if not layouts or not any(cell.span > 1 for part in parts for row in part.header for cell in row):
        return tuple(layouts)
    for short in (False, True):
        widened = [_widened(part, layout, width, short=short) for part, layout in zip(parts, layouts, strict=True)]
        if all(widened):
            return tuple(layout for layout in widened if layout)
    return tuple(replace(layout, short_groups=True) for layout in layouts)


def _widened(table: Table, layout: Layout, width: int, *, short: bool) -> Layout | None:
    """The layout with every heading of a group in one line, at the cost of the column that grows; None if it has none.

    What it needs is spread over the columns that the heading covers.
    """
    widths = list(layout.widths)
    for row in (row for row in table.header if any(cell.span > 1 for cell in row)):
        start = 0
        for cell in row:
            covered = range(start, start + cell.span)
            start += cell.span
            is_label = table.columns[layout.columns[covered[0]]].align != "center"
            needed = 0 if is_label else cell_len(content(cell, short=short, heading=True))
            while total([widths[k] for k in covered]) < needed:
                widths[min(covered, key=lambda k: widths[k])] += 1
    growing = [k for k, i in enumerate(layout.columns) if table.columns[i].grows]
    for k in growing:
        excess = max(total(widths) - width, 0)
        widths[k] -= min(excess, widths[k] - max(map(longest_word, _texts(table, k, short=layout.short[k])), default=1))
    return replace(layout, widths=tuple(widths), short_groups=short) if total(widths) <= width else None


def panels(table: Table, width: int) -> tuple[tuple[Table, Layout], ...]:
    """The table in one part, or with its columns of marks in as few parts, one below the other, as fit; else none."""
    marks = [k for k, i in enumerate(table.shown) if table.columns[i].align == "center"]
    fewest = len(marks) * _NARROWEST // width or 1
    for parts in range(fewest, max(len(marks), 1) + 1):
        size = -(-len(marks) // parts) or 1
        starts = range(0, max(len(marks), 1), size)
        whole = [_without(table, set(marks) - set(marks[start : start + size])) for start in starts]
        if layouts := _fitted(whole, width):
            return tuple(zip(whole, layouts, strict=True))
    return ()


def _without(table: Table, left_out: set[int]) -> Table:
    """The table without some of the columns that people see; a heading over several spans those that are left."""
    kept = [k for k in range(len(table.shown)) if k not in left_out]
    indices = [table.shown[k] for k in kept]

    def heads(row: Sequence[Cell]) -> tuple[Cell, ...]:
        owners = [n for n, cell in enumerate(row) for _ in range(cell.span)]
        spans = Counter(owners[k] for k in kept)
        return tuple(replace(row[n], span=count) for n, count in sorted(spans.items()))

    def section(full: Section) -> Section:
        return replace(full, rows=tuple(tuple(row[i] for i in indices) for row in full.rows))

    return replace(
        table,
        columns=tuple(table.columns[i] for i in indices),
        header=tuple(heads(row) for row in table.header),
        sections=tuple(section(part) for part in table.sections),
    )


def total(widths: Sequence[int]) -> int:
    """The width of columns with a space between each two."""
    return sum(widths) + len(widths) - 1


def content(cell: Cell, *, short: bool, heading: bool = False) -> str:
    """The text of a cell with the markers of its footnotes; a heading keeps them on its last line."""
    text = cell.short if short and cell.short is not None else cell.text
    marks = f"[{','.join(cell.notes)}]" if cell.notes else ""
    inert = printable(f"{text}{marks}" if heading else f"{text} {marks}").replace("\n", " ").replace("\t", " ")
    return " ".join(inert.split(" ")).strip()


def wrapped(text: str, width: int, *, indent: int = 0, addresses: bool = False) -> list[str]:
    r"""Lines of a text no longer than a width, all but the first less an indent; hard spaces join words.

    A word that is too long is cut, after a hyphen or slash where there is one; with `addresses`, these never are.

    >>> wrapped("21\u00a0May 2024 (non-proliferation)", 8)
    ['21\xa0May', '2024', '(non-', 'prolifer', 'ation)']
    """
    lines, room = [""], width
    for word in text.split(" "):
        whole = addresses and word.lstrip("(").startswith(("https://", "http://"))
        for number, piece in enumerate([word] if whole else _pieces(word, max(width - indent, 1))):
            apart = " " if lines[-1] and not number else ""
            if lines[-1] and (number or cell_len(lines[-1]) + 1 + cell_len(piece) > room):
                lines.append(piece)
                room = max(width - indent, 1)
            else:
                lines[-1] += apart + piece
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that is longer than the line in pieces that fill it, cut after a hyphen or slash where there is one."""
    while cell_len(word) > width:
        cut = max(word.rfind(sign, 1, width) for sign in "-/") + 1 or width
        yield word[:cut]
        word = word[cut:]
    yield word


def _widths(table: Table, short: Sequence[bool], width: int) -> tuple[list[int], bool]:
    """The widths of the columns, and whether those that grow have what they want."""
    columns = [table.columns[i] for i in table.shown]
    texts = [_texts(table, k, short=short[k]) for k in range(len(columns))]
    words = [max((longest_word(text) for text in column), default=0) for column in texts]
    least = [max((_longest_piece(text) for text in column), default=0) for column in texts]
    natural = [max(map(cell_len, column), default=0) for column in texts]
    widths = [words[k] if column.align == "center" else natural[k] for k, column in enumerate(columns)]
    wants = [
        words[k] if short[k] else max(words[k], min(natural[k], column.min_width)) for k, column in enumerate(columns)
    ]
    fitted = _squeezed(columns, widths, (wants, words, least), width)
    enough = all(fitted[k] >= wants[k] for k, column in enumerate(columns) if column.grows)
    return fitted, enough


def _texts(table: Table, k: int, *, short: bool) -> list[str]:
    """Everything that stands in one column."""
    index = table.shown[k]
    cells = [content(row[index], short=short) for section in table.sections for row in section.rows]
    headings = [row[k] for row in table.header if all(cell.span == 1 for cell in row)]
    return [*cells, *(content(cell, short=short, heading=True) for cell in headings)]


def longest_word(text: str) -> int:
    """The width of the longest word of a text."""
    return max(map(cell_len, text.split(" ")), default=0)


def _longest_piece(text: str) -> int:
    return max((min(cell_len(piece), _UNBROKEN) for piece in re.split(r" |(?<=[-/])", text)), default=0)


def _squeezed(columns: Sequence[Column], widths: list[int], floors: tuple[Sequence[int], ...], width: int) -> list[int]:
    """Narrow growing columns to what they want; then the others, widest first, to their words; then all further."""
    wants, words, least = floors
    growing = [k for k, column in enumerate(columns) if column.grows]
    others = [k for k, column in enumerate(columns) if not column.grows]
    for candidates, floor in ((growing, wants), (others, words), (growing, words), (range(len(columns)), least)):
        while total(widths) > width and (able := [k for k in candidates if widths[k] > max(floor[k], 1)]):
            widths[max(able, key=lambda k: widths[k])] -= 1
    return widths
