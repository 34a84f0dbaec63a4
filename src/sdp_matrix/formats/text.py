"""Plain or coloured text for a terminal: columns with spanning headers, fitted to its width."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.text import Text

from sdp_matrix.formats.palette import TONES
from sdp_matrix.formats.table import Cell, Kind, Look, Section, Table
from sdp_matrix.formats.text_layout import Layout, content, panels, total, wrapped
from sdp_matrix.text_safety import flat, printable

STYLES = {Look.PLAIN: "", Look.HEADING: "bold", Look.MUTED: "dim", **{look: tone.ansi for look, tone in TONES.items()}}
"""How each look is drawn; the text says the same without it."""

_ASCII = str.maketrans("✓✗–—·─\u00a0’‘×●○┈━┊", "+----- ''x#o.=:") | str.maketrans({"…": "...", "→": "->"})
_READING_WIDTH = 100
_SHORTENED = "Some titles are shortened to fit this screen."
_MARK = 2
"""Characters of a mark with a sign."""
_GAP, _INDENT = 3, 2
"""Spaces between short texts in one line, and before the lines of a paragraph."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the terminal can do."""

    width: int = 100
    colour: bool = False
    unicode: bool = True


def render(table: Table, screen: Screen | None = None) -> str:
    """Draw a table on a screen; where it is too narrow for the columns, each row as a paragraph."""
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
    sections = tuple(section for section in table.sections if section.min_width <= width)
    with console.capture() as capture:
        for line in _page(replace(table, sections=sections), width):
            line.rstrip()
            console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    drawn = capture.get().replace("\u00a0", " ")
    return drawn if screen.unicode else drawn.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def _page(table: Table, width: int) -> Iterator[Text]:
    yield from _lines(table.title, width, "bold")
    if table.header or table.sections:
        yield Text()
    parts = panels(table, width)
    for number, (part, layout) in enumerate(parts):
        yield from [Text()] * (number > 0)
        yield from _columns(part, layout)
    if not parts:
        yield from _paragraphs(table, width)
    if table.sections and (table.notes or table.legend or table.sentences or table.source):
        yield _rule(max((total(layout.widths) for _, layout in parts), default=width))
    layouts = [layout for _, layout in parts]
    yield from _legend(table, width, short=any(_shortens(table, layout, grows=False) for layout in layouts))
    if any(layout.short_groups or _shortens(table, layout, grows=True) for layout in layouts):
        yield from _lines(_SHORTENED, width)
    yield from _below(table, width)


def _shortens(table: Table, layout: Layout, *, grows: bool) -> bool:
    """Whether a text of a column that grows, or of one that does not, is shortened."""
    pairs = zip(layout.columns, layout.short, strict=True)
    columns = [i for i, short in pairs if short and table.columns[i].grows is grows]
    return any(row[i].short is not None for row in table.rows for i in columns if i < len(row))


def _below(table: Table, width: int) -> Iterator[Text]:
    for line in table.paragraphs():
        if line.kind is not Kind.LEGEND:
            style = {Kind.SOURCE: "dim", Kind.HEADING: "bold"}.get(line.kind, "")
            yield from _lines(line.numbered, width, style, indent=4 if line.marker else 0)


def _rule(width: int) -> Text:
    return Text("─" * max(width, 1), style="dim")


def _lines(text: str, width: int, style: str = "", *, indent: int = 0) -> Iterator[Text]:
    """A text across the page; an address is never broken, so that it can be followed."""
    for number, line in enumerate(wrapped(flat(text), width, indent=indent, addresses=True)):
        yield Text(" " * indent * (number > 0) + line, style)


def _legend(table: Table, width: int, *, short: bool) -> Iterator[Text]:
    parts = []
    for cell, meaning in table.legend:
        mark = content(cell, short=short)
        if mark.casefold() != meaning.casefold():
            parts.append(Text.assemble((mark, STYLES[cell.look]), f" {printable(meaning)}"))
    return _flow(parts, width)


def _flow(parts: Iterable[Text], width: int) -> Iterator[Text]:
    """Short texts one after the other, as many in a line as fit."""
    line = Text()
    for part in parts:
        if line and line.cell_len + _GAP + part.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, " " * _GAP * bool(line), part)
    if line:
        yield line


# ---- Columns


def _columns(table: Table, layout: Layout) -> Iterator[Text]:
    yield from _header(table, layout)
    if table.header:
        yield _rule(total(layout.widths))
    aligns = [table.columns[i].align for i in layout.columns]
    for index, section in enumerate(table.sections):
        yield from _section_title(section, index, total(layout.widths))
        for cells in section.rows:
            texts = [content(cells[i], short=s) for i, s in zip(layout.columns, layout.short, strict=True)]
            drawn = zip(texts, (cells[i] for i in layout.columns), layout.widths, strict=True)
            yield from _beside([_cell_lines(*cell) for cell in drawn], layout.widths, aligns)


def _section_title(section: Section, index: int, width: int) -> Iterator[Text]:
    if section.title:
        yield from [Text()] * (index > 0)
        yield from _lines(section.title, width, "bold")


def _header(table: Table, layout: Layout) -> Iterator[Text]:
    """The rows of headings; lines of a label that are too many for its row go on in the empty place below it."""
    label = next((k for k, i in enumerate(layout.columns) if table.columns[i].grows), None)
    left: list[Text] = []
    for number, row in enumerate(table.header):
        blocks, widths, aligns = _headings(table, layout, row)
        below = table.header[number + 1 : number + 2]
        if label is not None and label < len(blocks):
            lines = left or blocks[label]
            rest = max((len(block) for k, block in enumerate(blocks) if k != label), default=1)
            room = max(rest, 1) if below and not below[0][label].text else len(lines)
            blocks[label], left = lines[:room], lines[room:]
        height = max(map(len, blocks), default=0)
        filled = [[*(Text() for _ in range(height - len(lines))), *lines] for lines in blocks]
        yield from _beside(filled, widths, aligns)


def _headings(table: Table, layout: Layout, row: Sequence[Cell]) -> tuple[list[list[Text]], list[int], list[str]]:
    """Lines, width and alignment of each heading of a row; a line on both sides shows which columns one covers."""
    blocks, widths, aligns = [], [], []
    groups = any(cell.span > 1 for cell in row)
    start = 0
    for cell in row:
        covered = range(start, start + cell.span)
        start += cell.span
        width = total([layout.widths[k] for k in covered])
        align = table.columns[layout.columns[covered[0]]].align
        is_group = groups and align == "center"
        short = layout.short_groups if is_group else layout.short[covered[0]]
        lines = _cell_lines(content(cell, short=short, heading=True), cell, width, "bold")
        if is_group and cell.text and len(lines) == 1 and (room := width - lines[0].cell_len - 2) > 1:
            lines = [Text.assemble("─" * (room // 2), " ", lines[0], " ", "─" * (room - room // 2))]
        blocks.append(lines)
        widths.append(width)
        aligns.append("center" if cell.span > 1 else align)
    return blocks, widths, aligns


def _beside(blocks: Sequence[Sequence[Text]], widths: Sequence[int], aligns: Sequence[str]) -> Iterator[Text]:
    """Cells side by side, each wrapped to its width."""
    for number in range(max(map(len, blocks), default=0)):
        line = Text()
        for k, lines in enumerate(blocks):
            part = lines[number] if number < len(lines) else Text()
            _align(part, aligns[k], widths[k])
            line.append(" " if k else "").append_text(part)
        yield line


def _cell_lines(text: str, cell: Cell, width: int, style: str = "") -> list[Text]:
    styled = " ".join(filter(None, [style, STYLES[cell.look], f"link {cell.href}" if cell.href else ""]))
    return [Text(line, styled) for line in wrapped(text, max(width, 1))]


def _align(part: Text, align: str, width: int) -> None:
    room = max(width - part.cell_len, 0)
    # A sign after a mark hangs beside it, so that the marks of a column stay in line.
    middle = (width - 1) // 2 if part.cell_len <= _MARK else room // 2
    left = {"left": 0, "right": room, "center": middle}[align]
    part.pad_left(left)
    part.pad_right(room - left)


# ---- Paragraphs, where columns have no room


def _paragraphs(table: Table, width: int) -> Iterator[Text]:
    """Each row as a paragraph: what names it, then the name of each column with what stands in it."""
    names = [cell for cell in table.header[table.heading] for _ in range(cell.span)] if table.header else []
    for index, section in enumerate(table.sections):
        yield from _section_title(section, index, width)
        for cells in section.rows:
            first = [content(cells[i], short=False) for i in table.shown if i <= table.row_heading]
            yield from _lines(" ".join(filter(None, first)), width, "bold")
            for k, i in enumerate(table.shown):
                text = content(cells[i], short=False)
                if i > table.row_heading and text:
                    name = f"{content(names[k], short=False, heading=True)}: " if names else ""
                    for line in _cell_lines(name + text, cells[i], width - _INDENT):
                        yield Text.assemble(" " * _INDENT, line)
