"""Text for a terminal: columns fitted to its width, else marks in panels below each other, else rows as paragraphs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import product, zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from sdp_matrix.formats.table import TONES, Cell, Column, Kind, Look, Section, Table, spanned
from sdp_matrix.text_safety import flat, printable

STYLES = {Look.PLAIN: "", Look.HEADING: "bold", Look.MUTED: "dim", **{look: tone.ansi for look, tone in TONES.items()}}

# for a terminal that shows ASCII alone
_ASCII = str.maketrans("✓✗–—·─\u00a0’‘×●○", "+----- ''x#o") | str.maketrans({"…": "...", "→": "->"})
_READING_WIDTH = 100  # longer lines are hard to read
_FULL_TITLES = 120  # a screen so wide shows every title in full
_MARK = 2  # characters of a mark with a sign
_NARROWEST = 3  # a column of marks, at least: a code of two letters above it, and a space
_BREAK = re.compile(r" |(?<=[-/])")  # where a word may break: after a hyphen or slash
_UNBROKEN = 24  # a longer word, such as an address, may break anywhere
_GAP, _INDENT = 3, 2  # spaces between short texts in a line, and before the lines of a paragraph


class Screen(NamedTuple):
    """What the terminal can do."""

    width: int = 100
    colour: bool = False
    unicode: bool = True


def render(table: Table, screen: Screen | None = None) -> str:
    """Draw a table on a screen."""
    screen = screen or Screen()
    width = screen.width if table.wide else min(screen.width, _READING_WIDTH)
    lines = [*_page(table, width)]
    for line in lines:
        line.rstrip()
    text = _coloured(lines) if screen.colour else "".join(f"{line.plain}\n" for line in lines)
    text = text.replace("\u00a0", " ")  # a hard space has done its work
    text = re.sub("^::", " ::", text, flags=re.MULTILINE)  # else a value could begin a command to a job on GitHub
    return text if screen.unicode else text.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def _coloured(lines: Sequence[Text]) -> str:
    from rich.console import Console  # a plain text does without, and is there sooner

    page = io.StringIO()
    # 16 colours, which the theme of the terminal defines; lines are broken here, never by rich
    console = Console(file=page, width=10_000, force_terminal=True, color_system="standard", legacy_windows=False)
    console.print(Text("\n").join(lines), soft_wrap=True)
    return page.getvalue()


def _page(table: Table, width: int) -> Iterator[Text]:
    yield from _lines(table.title, width, "bold")
    if table.header or table.sections:
        yield Text()
    layouts = _panels(table, width)
    for layout in layouts:
        if layout is not layouts[0]:
            yield Text()
        yield from _columns(layout)
    if not layouts:
        yield from _paragraphs(table, width)
    below = [paragraph for paragraph in table.paragraphs() if paragraph.kind is not Kind.LEGEND]
    if table.sections and (below or table.legend):
        yield _rule(max((layout.width for layout in layouts), default=width))
    drawn = layouts[0].table if layouts else table
    yield from _legend(drawn, width)
    if _titles(drawn) != _titles(table):
        yield from _lines("Some titles are shortened to fit this screen.", width)
    for paragraph in below:
        style = {Kind.SOURCE: "dim", Kind.HEADING: "bold"}.get(paragraph.kind, "")
        yield from _lines(paragraph.numbered, width, style, indent=4 if paragraph.marker else 0)


def _titles(table: Table) -> list[str]:
    return [row[i].text for row in table.rows for i in table.shown if table.columns[i].grows]


def _rule(width: int) -> Text:
    return Text("─" * max(width, 1), style="dim")


def _lines(text: str, width: int, style: str = "", *, indent: int = 0) -> Iterator[Text]:
    """Yield a text across the page."""
    first, *rest = _wrapped(flat(text), width, indent=indent)
    yield Text(first, style)
    yield from (Text(" " * indent + line, style) for line in rest)


def _legend(table: Table, width: int) -> Iterator[Text]:
    """Yield the marks with their meanings, as many in a line as fit."""
    line = Text()
    for cell, meaning in table.meanings():
        if meaning:
            entry = Text.assemble((_content(cell), STYLES[cell.look]), f" {meaning}")
            if line and line.cell_len + _GAP + entry.cell_len > width:
                yield line
                line = Text()
            line = Text.assemble(line, " " * _GAP if line else "", entry)
    if line:
        yield line


class _Layout(NamedTuple):
    """A variant of a table with the widths of its columns."""

    table: Table
    widths: tuple[int, ...]
    comfortable: bool
    """Whether each title has the width that it wants, and each heading over several columns a single line."""

    @property
    def width(self) -> int:
        return _total(self.widths)


def _panels(table: Table, width: int) -> tuple[_Layout, ...]:
    """Lay out the table as a whole, or with its columns of marks in as few parts as fit; return nothing if none do."""
    marks = [k for k, i in enumerate(table.shown) if table.columns[i].align == "center"]
    others = {*range(len(table.shown))}.difference(marks)
    for count in range(len(marks) * _NARROWEST // width or 1, len(marks) + 1):
        size = -(-len(marks) // count)  # rounded up
        parts = [sorted(others.union(marks[start : start + size])) for start in range(0, len(marks), size)]
        if layouts := _fitted(table, parts, width):
            return layouts
    return () if marks else _fitted(table, [sorted(others)], width)


def _fitted(table: Table, parts: Sequence[list[int]], width: int) -> tuple[_Layout, ...]:
    """Lay out all parts alike: full texts, else short titles or headings, else both; return nothing if none fit."""
    best: tuple[_Layout, ...] = ()
    # A wide screen shortens no title while headings can be.
    pairs = sorted(product((False, True), repeat=2), key=lambda pair: pair if width >= _FULL_TITLES else pair[::-1])
    for titles, headings in pairs:
        layouts = tuple(_layout(_variant(table, kept, titles=titles, headings=headings), width) for kept in parts)
        if all(layout.width <= width for layout in layouts):
            best = layouts
            if all(layout.comfortable for layout in layouts):
                break
    return best


def _variant(table: Table, kept: list[int], *, titles: bool, headings: bool) -> Table:
    """Return some of the columns that people see; titles, also those over several columns, or the others are short."""
    indices = [table.shown[k] for k in kept]
    columns = [c._replace(min_width=0) if titles else c for c in (table.columns[i] for i in indices)]

    def cells(row: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(_short(row[i], when=titles if table.columns[i].grows else headings) for i in indices)

    def heads(row: Sequence[Cell]) -> Iterator[Cell]:
        grouped = any(cell.span > 1 for cell in row)
        for cell, covered in spanned(row):
            if count := len({*covered}.intersection(kept)):
                column = table.columns[table.shown[covered[0]]]
                is_title = column.grows or (grouped and column.align == "center")
                yield _short(cell, when=titles if is_title else headings)._replace(span=count)

    return table._replace(
        columns=tuple(columns),
        header=tuple(tuple(heads(row)) for row in table.header),
        sections=tuple(section._replace(rows=tuple(map(cells, section.rows))) for section in table.sections),
        legend=tuple((_short(cell, when=headings), meaning) for cell, meaning in table.legend),
    )


def _short(cell: Cell, *, when: bool) -> Cell:
    return cell._replace(text=cell.short) if when and cell.short is not None else cell


def _layout(table: Table, width: int) -> _Layout:
    """Fit columns into a width: those that grow get what they want, the others their longest word at least."""
    texts = [_texts(table, k) for k in range(len(table.columns))]
    words = [max((cell_len(w) for text in column for w in text.split(" ")), default=0) for column in texts]
    pieces = [
        max((min(cell_len(p), _UNBROKEN) for text in column for p in _BREAK.split(text)), default=0) for column in texts
    ]
    natural = [max(map(cell_len, column), default=0) for column in texts]
    wants = [max(words[k], min(natural[k], column.min_width)) for k, column in enumerate(table.columns)]
    widths = [words[k] if column.align == "center" else natural[k] for k, column in enumerate(table.columns)]
    _squeeze(table.columns, widths, (wants, words, pieces), width)
    growing = [k for k, column in enumerate(table.columns) if column.grows]
    widened = _widened_for_groups(table, widths)
    for k in growing:
        widened[k] -= min(max(_total(widened) - width, 0), widened[k] - words[k])
    fits = _total(widened) <= width
    comfortable = fits and all(widths[k] >= wants[k] for k in growing)
    return _Layout(table, tuple(widened if fits else widths), comfortable)


def _squeeze(columns: Sequence[Column], widths: list[int], floors: tuple[Sequence[int], ...], width: int) -> None:
    """Narrow growing columns to what they want; then the others, widest first, to their words; then all further."""
    wants, words, pieces = floors  # the widths below which each step does not go
    growing = [k for k, column in enumerate(columns) if column.grows]
    others = [k for k, column in enumerate(columns) if not column.grows]
    for candidates, floor in ((growing, wants), (others, words), (growing, words), (range(len(columns)), pieces)):
        while _total(widths) > width and (able := [k for k in candidates if widths[k] > max(floor[k], 1)]):
            widths[max(able, key=lambda k: widths[k])] -= 1  # always from the widest, so that they end up alike


def _widened_for_groups(table: Table, widths: Sequence[int]) -> list[int]:
    """Return the widths with which the heading of each group fits on a line."""
    widened = list(widths)
    for row in table.header:
        grouped = any(cell.span > 1 for cell in row)
        for cell, covered in spanned(row):
            if grouped and table.columns[covered[0]].align == "center":
                while _total([widened[k] for k in covered]) < cell_len(_content(cell, heading=True)):
                    widened[min(covered, key=lambda k: widened[k])] += 1
    return widened


def _texts(table: Table, k: int) -> list[str]:
    """Return all texts of a column."""
    headings = [row[k] for row in table.header if all(cell.span == 1 for cell in row)]
    cells = [row[k] for section in table.sections for row in section.rows]
    return [*map(_content, cells), *(_content(cell, heading=True) for cell in headings)]


def _total(widths: Sequence[int]) -> int:
    """Return the width of columns with a space between each two."""
    return sum(widths) + len(widths) - 1


def _content(cell: Cell, *, heading: bool = False) -> str:
    """Return the text of a cell with the markers of its footnotes; a heading keeps them on its last line."""
    marks = f"[{','.join(cell.notes)}]" if cell.notes else ""
    inert = printable(f"{cell.text}{marks}" if heading else f"{cell.text} {marks}")
    return re.sub(r"[\n\t]", " ", inert).strip()  # a picture made of characters keeps its spaces


def _wrapped(text: str, width: int, *, indent: int = 0, whole_addresses: bool = True) -> list[str]:
    r"""Return lines of a text no longer than a width, all but the first less an indent; hard spaces join words.

    A word that is too long is cut, after a hyphen or slash if it has one; whole addresses can be copied.

    >>> _wrapped("21\u00a0May 2024 (non-proliferation)", 8)
    ['21\xa0May', '2024', '(non-', 'prolifer', 'ation)']
    """
    lines, room, rest = [""], width, max(width - indent, 1)
    for word in text.split(" "):
        whole = whole_addresses and word.lstrip("(").startswith(("https://", "http://"))
        for number, piece in enumerate([word] if whole else _pieces(word, rest)):
            space = " " if lines[-1] and not number else ""
            if lines[-1] and (number or cell_len(lines[-1]) + 1 + cell_len(piece) > room):
                lines.append(piece)
                room = rest
            else:
                lines[-1] += space + piece
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word that is longer than the line in pieces that fill it, cut after a hyphen or slash if it has one."""
    while cell_len(word) > width:
        cut = max(word.rfind(sign, 1, width) for sign in "-/") + 1 or width
        yield word[:cut]
        word = word[cut:]
    yield word


_Block = tuple[list[Text], int, str]  # the lines of a cell, its width and its alignment


def _columns(layout: _Layout) -> Iterator[Text]:
    table = layout.table
    yield from _header(layout)
    if table.header:
        yield _rule(layout.width)
    for section in table.sections:
        yield from _section_title(table, section, layout.width)
        for row in section.rows:
            blocks = []
            for cell, column, width in zip(row, table.columns, layout.widths, strict=True):
                at_end = column is table.columns[-1]  # only there, an address may stick out of its column
                blocks.append((_cell_lines(_content(cell), cell, width, whole_addresses=at_end), width, column.align))
            yield from _beside(blocks)


def _header(layout: _Layout) -> Iterator[Text]:
    """Yield the rows of headings; a label of the rows that is too long for its row runs on in an empty place below."""
    label, rest = layout.table.row_heading, list[Text]()
    for row, below in zip_longest(layout.table.header, layout.table.header[1:]):
        blocks = [*_headings(layout, row)]
        lines, width, align = blocks.pop(label)
        lines = rest or lines
        # the rows of group names leave the places below the label empty
        room = max((len(block[0]) for block in blocks), default=1) if below and not below[label].text else len(lines)
        blocks.insert(label, (lines[:room], width, align))
        rest = lines[room:]
        yield from _beside(blocks, at_bottom=True)


def _section_title(table: Table, section: Section, width: int) -> Iterator[Text]:
    if section.title and section is not table.sections[0]:
        yield Text()
    if section.title:
        yield from _lines(section.title, width, "bold")


def _headings(layout: _Layout, row: Sequence[Cell]) -> Iterator[_Block]:
    """Yield the headings of a row; a line on both sides of a heading shows the columns that it covers."""
    grouped = any(cell.span > 1 for cell in row)
    for cell, covered in spanned(row):
        width = _total([layout.widths[k] for k in covered])
        align = layout.table.columns[covered[0]].align
        lines = _cell_lines(_content(cell, heading=True), cell, width, "bold")
        is_group = grouped and align == "center" and cell.text and len(lines) == 1
        if is_group and (room := width - lines[0].cell_len - 2) > 1:
            lines = [Text.assemble("─" * (room // 2), " ", lines[0], " ", "─" * (room - room // 2))]
        yield lines, width, "center" if cell.span > 1 else align


def _beside(blocks: Sequence[_Block], *, at_bottom: bool = False) -> Iterator[Text]:
    height = max((len(lines) for lines, _, _ in blocks), default=0)
    for number in range(height):
        line = Text()
        for lines, width, align in blocks:
            place = number - (height - len(lines) if at_bottom else 0)
            part = lines[place] if 0 <= place < len(lines) else Text()
            line.append(" " if line else "").append_text(_aligned(part, align, width))
        yield line


def _aligned(part: Text, align: str, width: int) -> Text:
    room = max(width - part.cell_len, 0)
    # A sign after a mark hangs beside it, so that the marks of a column stay in line.
    middle = (width - 1) // 2 if part.cell_len <= _MARK else room // 2
    left = {"left": 0, "right": room, "center": middle}[align]
    part.pad_left(left)
    part.pad_right(room - left)
    return part


def _cell_lines(text: str, cell: Cell, width: int, style: str = "", *, whole_addresses: bool = True) -> list[Text]:
    styled = " ".join(filter(None, [style, STYLES[cell.look], f"link {cell.href}" if cell.href else ""]))
    return [Text(line, styled) for line in _wrapped(text, max(width, 1), whole_addresses=whole_addresses)]


def _paragraphs(table: Table, width: int) -> Iterator[Text]:
    """Yield each row as a paragraph: what names it, then the name of each column with what is in it."""
    header = table.header[table.heading] if table.header else ()
    names = [f"{_content(cell, heading=True)}: " for cell, covered in spanned(header) for _ in covered]
    for section in table.sections:
        yield from _section_title(table, section, width)
        for row in section.rows:
            title = (_content(row[i]) for i in table.shown if i <= table.row_heading)
            yield from _lines(" ".join(filter(None, title)), width, "bold")
            for k, i in enumerate(table.shown):
                text = _content(row[i])
                if i > table.row_heading and text:
                    name = names[k] if names else ""
                    for line in _cell_lines(name + text, row[i], width - _INDENT):
                        yield Text.assemble(" " * _INDENT, line)
