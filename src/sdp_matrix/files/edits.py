"""Change single values of a YAML text, with its comments kept: entries are put into its layout or taken out."""

from __future__ import annotations

from sdp_matrix.errors import BadRequest
from sdp_matrix.files.comments import Block, Entry, Scalar, new_block
from sdp_matrix.files.document import Value
from sdp_matrix.files.spelling import spelled
from sdp_matrix.sanitize import in_one_line


def laid_out(value: Value) -> Scalar | Block:
    """Lay out a plain value that has no comments; raises `BadRequest` for a text that does not fit into one line."""
    if isinstance(value, str):
        if not value.isprintable():
            raise BadRequest(f"'{in_one_line(value)}' has a character that cannot be seen; write it without")
        return Scalar(value, [spelled(value)])
    block = new_block(mapping=isinstance(value, dict))
    for key, inner in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        _append(block, key, laid_out(inner))
    return block


def entry(block: Block, key: str) -> Entry | None:
    """Return the entry of a mapping with this key."""
    return next((one for one in block.entries if one.name == key), None)


def text(block: Block, key: str) -> str:
    """Return the text under a key of a mapping; empty where there is none, or no single text."""
    found = entry(block, key)
    return found.value.value if found and isinstance(found.value, Scalar) else ""


def inner(block: Block, key: str, *, mapping: bool) -> Block:
    """Return the mapping or list under a key of a mapping; an empty one is put there where it is missing."""
    found = entry(block, key)
    if found is None or not isinstance(found.value, Block):
        return _placed(put(block, key, {} if mapping else []))
    return found.value


def put(block: Block, key: str, value: Value) -> Entry:
    """Put a value under a key of a mapping, in place of the one that is there; comments beside and above it stay."""
    found = entry(block, key)
    if found is None:
        return _append(block, key, laid_out(value))
    found.value = laid_out(value)
    if isinstance(found.value, Block):
        found.value.owner = found
    return found


def drop(block: Block, key: str) -> None:
    """Take the entry with this key, where there is one, out of a mapping; the comments above it stay."""
    if found := entry(block, key):
        place = block.entries.index(found)
        following = block.entries[place + 1].above if place + 1 < len(block.entries) else block.below
        following[:0] = [comment for comment in found.above if comment]
        block.entries.remove(found)


def append(block: Block, value: Value) -> Entry:
    """Put an item at the end of a list."""
    return _append(block, None, laid_out(value))


def is_commented(found: Entry) -> bool:
    """Whether a comment stands above, beside or inside an entry."""
    inside = found.value.entries if isinstance(found.value, Block) else []
    below = found.value.below if isinstance(found.value, Block) else []
    return bool(found.beside or any(found.above) or any(below)) or any(map(is_commented, inside))


def _append(block: Block, key: str | None, value: Scalar | Block) -> Entry:
    last = block.entries[-1] if block.entries else None
    made = Entry(
        Scalar(key, [spelled(key)]) if key is not None else None,
        value,
        block,
        *((last.start, last.end) if last else (block.end, block.end)),
    )
    if isinstance(value, Block):
        value.owner = made
    block.entries.append(made)
    return made


def _placed(made: Entry) -> Block:
    assert isinstance(made.value, Block)  # noqa: S101 - it was laid out from a mapping or list
    return made.value
