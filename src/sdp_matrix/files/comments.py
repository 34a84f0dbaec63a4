"""YAML text as it is laid out: every entry with the comments that belong to it, and back to text in one style.

Values are never read as anything but text, and a scalar keeps its spelling but for needless or single quotes: nothing
is wrapped, resolved or rounded. A comment above an entry, or beside it, goes where the entry goes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CBaseLoader

from sdp_matrix.files.spelling import respelled

_STEP = 2


@dataclass(slots=True, eq=False)
class Scalar:
    """A single text: its value, and the lines that spell it."""

    value: str
    lines: list[str]
    literal: bool = False
    """Whether it is a block of lines under | or >, of which the indentation is part."""


@dataclass(slots=True, eq=False)
class Block:
    """A mapping or sequence: its entries, and the comments at its end."""

    mapping: bool
    column: int
    end: _Spot
    """Where it ends, if it is written in brackets; else the start of the text."""
    owner: Entry | None = None
    entries: list[Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """A pair of a mapping or an item of a sequence."""

    key: Scalar | None
    value: Scalar | Block
    block: Block
    start: _Spot
    end: _Spot
    above: list[str] = field(default_factory=list)
    """Comments on lines of their own; an empty text is a blank line."""
    beside: str = ""

    @property
    def name(self) -> str:
        """The text of the key; empty for an item."""
        return self.key.value if self.key else ""


@dataclass(slots=True, eq=False)
class Layout:
    """A whole file."""

    root: Block
    head: list[str]
    """The comment at the top, which belongs to the file and not to its first entry."""


class _Spot(NamedTuple):
    line: int
    column: int


class _Comment(NamedTuple):
    spot: _Spot
    text: str
    """Empty for a blank line."""
    alone: bool


def read(text: str) -> Layout:
    """Read sound YAML that holds a mapping, without anchors, aliases and tags."""
    lines = text.replace("\r\n", "\n").split("\n")
    reader = _Reader(lines)
    root = reader.block(yaml.compose("\n".join(lines), Loader=CBaseLoader), 0)
    return _Attached(root, lines, _comments(lines, reader.spans)).layout()


def new_block(*, mapping: bool) -> Block:
    """Begin a mapping or list that no text has yet."""
    return Block(mapping, 0, _Spot(0, 0))


def comments(text: str) -> list[str]:
    r"""The texts of all comments, in order.

    >>> comments("a: b#c  # d\n# e\nf: '# g'\n")
    ['# d', '# e']
    """
    lines = text.replace("\r\n", "\n").split("\n")
    reader = _Reader(lines)
    reader.block(yaml.compose("\n".join(lines), Loader=CBaseLoader), 0)
    return [comment.text for comment in _comments(lines, reader.spans) if comment.text]


def write(layout: Layout) -> str:
    r"""Spell a layout in one style.

    >>> write(read("b: {c: 'd', e: [1]}   # f\n"))
    'b:  # f\n  c: d\n  e:\n    - 1\n'
    """
    _hoist(layout.root)
    body = _written(layout.root, 0)
    while body and not body[-1]:
        body.pop()
    apart = [""] if layout.head and layout.root.entries and layout.root.entries[0].above else []
    return "\n".join([*layout.head, *apart, *body]) + "\n"


class _Reader:
    """Composed nodes into blocks; remembers where the scalars stand, because a # inside one begins no comment."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.spans: list[tuple[_Spot, _Spot]] = []

    def block(self, node: Any, column: int) -> Block:
        mapping = isinstance(node, yaml.MappingNode)
        flow = bool(node.flow_style)
        block = Block(
            mapping, column if flow else node.start_mark.column, _spot(node.end_mark) if flow else _Spot(0, 0)
        )
        for item in node.value:
            key, value = item if mapping else (None, item)
            written = self._scalar(key, block.column) if key is not None else None
            inner = self._value(value, block.column)
            start = _spot((key or value).start_mark)
            entry = Entry(written, inner, block, start, _spot(value.end_mark))
            if isinstance(inner, Block):
                inner.owner = entry
            block.entries.append(entry)
        return block

    def _value(self, node: Any, column: int) -> Scalar | Block:
        return self._scalar(node, column) if isinstance(node, yaml.ScalarNode) else self.block(node, column + _STEP)

    def _scalar(self, node: Any, column: int) -> Scalar:
        start, end = _spot(node.start_mark), _spot(node.end_mark)
        self.spans.append((start, end))
        lines = self.lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        if node.style in {"|", ">"}:
            if "+" not in lines[0].partition("#")[0]:
                while not lines[-1].strip():
                    lines.pop()
            elif not lines[-1]:
                lines.pop()
            return Scalar(node.value, [lines[0].rstrip(), *_body(lines, column)], literal=True)
        if len(lines) > 1:
            return Scalar(node.value, [lines[0].rstrip(), *(line.strip() for line in lines[1:])])
        return Scalar(node.value, [respelled(lines[0], node.style, node.value)])


def _body(lines: list[str], column: int) -> list[str]:
    """The lines under | or >, two columns in; as far in as they are where the header counts the columns itself."""
    header, *body = lines
    if re.match(r"[|>][-+]?[1-9]", header):
        return [line[column:] for line in body]
    indent = next((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), 0)
    return [" " * _STEP + line[indent:] if line[indent:] else "" for line in body]


def _spot(mark: Any) -> _Spot:
    return _Spot(mark.line, mark.column)


def _comments(lines: list[str], spans: list[tuple[_Spot, _Spot]]) -> Iterator[_Comment]:
    """Comments and blank lines, in order: whatever begins with # after a blank, outside every scalar."""
    starts = [start for start, _ in spans]

    def inside(spot: _Spot) -> bool:
        index = bisect_right(starts, spot) - 1
        return index >= 0 and spot < spans[index][1]

    for number, line in enumerate(lines):
        if not line.strip():
            if not inside(_Spot(number, 0)):
                yield _Comment(_Spot(number, len(line)), "", alone=True)
            continue
        for match in re.finditer(r"(?:^|(?<= ))#", line):
            spot = _Spot(number, match.start())
            if not inside(spot):
                yield _Comment(spot, line[match.start() :].rstrip(), alone=not line[: match.start()].strip())
                break


class _Attached:
    """Gives each comment to the entry that it stands above, beside or below."""

    def __init__(self, root: Block, lines: list[str], found: Iterator[_Comment]) -> None:
        self.root, self.lines = root, lines
        self.entries = list(_entries(root))
        self.starts = [entry.start for entry in self.entries]
        self.head: list[str] = []
        gaps: dict[int, list[_Comment]] = {}
        for comment in found:
            index = bisect_right(self.starts, comment.spot)
            if comment.alone or not self._stands_beside(comment, index):
                gaps.setdefault(index, []).append(comment)
        for index, gap in gaps.items():
            self._place(index, gap)

    def layout(self) -> Layout:
        return Layout(self.root, self.head)

    def _stands_beside(self, comment: _Comment, index: int) -> bool:
        if index == 0:
            return False
        entry = self.entries[index - 1]
        while entry.block.owner and _Spot(0, 0) < entry.block.end <= comment.spot:
            entry = entry.block.owner
        ended = entry.end.line if isinstance(entry.value, Scalar) or entry.value.end.line else entry.start.line
        if entry.beside or comment.spot.line not in {entry.start.line, ended}:
            return False
        entry.beside = comment.text
        return True

    def _place(self, index: int, gap: list[_Comment]) -> None:
        """Share the lines before an entry: the file's head, the end of what goes before, what stands above it."""
        after = self.entries[index] if index < len(self.entries) else None
        if index == 0:
            blanks = [i for i, comment in enumerate(gap) if not comment.text]
            cut = blanks[-1] if blanks else len(gap)
            self.head = _single_blanks([comment.text for comment in gap[:cut]], first=True)
            while self.head and not self.head[-1]:
                self.head.pop()
            gap = gap[cut:]
        indent = self._indent(after) if after else -1
        deeper = [i for i, c in enumerate(gap) if c.text and c.spot.column > indent] if index else []
        cut = deeper[-1] + 1 if deeper else 0
        blanks_before: list[str] = []
        for comment in gap[:cut]:
            if comment.text:
                self._end_of(index, comment, after).extend([*blanks_before, comment.text])
            blanks_before = [] if comment.text else [""]
        rest = [comment.text for comment in gap[cut:]]
        if after:
            after.above += rest
        else:
            self.root.below += rest

    def _indent(self, entry: Entry) -> int:
        line = self.lines[entry.start.line]
        return len(line) - len(line.lstrip())

    def _end_of(self, index: int, comment: _Comment, after: Entry | None) -> list[str]:
        """The comments at the end of the block that a comment closes by its indentation."""
        block = self.entries[index - 1].block
        while block.owner and block.column > comment.spot.column:
            block = block.owner.block
        if after and block.column <= after.block.column:
            return after.above
        return block.below


def _entries(block: Block) -> Iterator[Entry]:
    for entry in block.entries:
        yield entry
        if isinstance(entry.value, Block):
            yield from _entries(entry.value)


def _hoist(block: Block) -> None:
    """Put what stands above the first line of an item above its dash, where there is room for it."""
    for entry in block.entries:
        if isinstance(entry.value, Block) and entry.value.entries:
            _hoist(entry.value)
            if entry.key is None:
                first = entry.value.entries[0]
                entry.above += [entry.beside] * bool(entry.beside) + [text for text in first.above if text]
                entry.beside, first.above = "", []


def _written(block: Block, indent: int) -> list[str]:
    lines: list[str] = []
    for number, entry in enumerate(block.entries):
        lines += _indented(_single_blanks(entry.above, first=number == 0), indent)
        lines += _entry_lines(entry, indent)
    return [*lines, *_indented(_single_blanks(block.below), indent)]


def _entry_lines(entry: Entry, indent: int) -> list[str]:
    pad, lead = " " * indent, f"{entry.key.lines[0]}:" if entry.key else "-"
    beside = f"  {entry.beside}" if entry.beside else ""
    value = entry.value
    if isinstance(value, Block) and value.entries:
        inner = _written(value, indent + _STEP)
        return [f"{pad}{lead}{beside}", *inner] if entry.key else [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
    if isinstance(value, Block):
        empty = [f"{pad}{lead} {'{}' if value.mapping else '[]'}{beside}"]
        return [*empty, *_indented(_single_blanks(value.below), indent + _STEP)]
    first, *rest = value.lines
    if value.literal:
        return [f"{pad}{lead} {first}{beside}", *_indented(rest, indent)]
    written = [f"{pad}{lead} {first}".rstrip(), *_indented(rest, indent + _STEP)]
    return [*written[:-1], written[-1] + beside]


def _indented(texts: list[str], indent: int) -> list[str]:
    return [" " * indent + text if text else "" for text in texts]


def _single_blanks(texts: list[str], *, first: bool = False) -> list[str]:
    """At most one blank line in a row, and none at the beginning of a block."""
    kept: list[str] = []
    for text in texts:
        if text or (kept and kept[-1]) or (not kept and not first):
            kept.append(text)
    return kept
