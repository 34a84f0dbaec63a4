"""The one way in which a data file is written: keys in the order of the records, areas in the order of the table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sdp_matrix.errors import BadRequest
from sdp_matrix.files import comments, document, reader
from sdp_matrix.files.comments import Block
from sdp_matrix.model.partnership import ReferencesFile
from sdp_matrix.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdp_matrix.files.comments import Entry
    from sdp_matrix.files.document import Document, Value
    from sdp_matrix.problem import Step


def canonical(read: Document, record: type, areas: Sequence[str] = ()) -> str:
    r"""The canonical text of a sound document: the same values and comments, in one order and style.

    `areas` are the ids of the areas in the order of the table. Raises `BadRequest` where a comment or value would be
    lost; then the file has a layout that nobody has thought of.

    >>> from sdp_matrix.model.partnership import Group
    >>> read = document.parse("x.yaml", b"groups: [{title: 'B',  id: b}] # all")
    >>> from sdp_matrix.model.partnership import GroupsFile
    >>> print(canonical(read, GroupsFile), end="")
    groups:  # all
      - id: b
        title: B
    """
    laid = comments.read(read.text)
    _arrange(laid.root, record, (), [*areas, *Status])
    if record is ReferencesFile:
        _sort_references(laid.root)
    text = comments.write(laid)
    if text != read.text and not _says_the_same(read, text):
        raise BadRequest(f"{read.path} was left as it is: no canonical form was found for its layout; simplify it")
    return text


def _arrange(block: Block, record: type, where: tuple[Step, ...], names: Sequence[str]) -> None:
    """Sort the keys of every mapping; a key that the record does not have stays behind the others, as it stands."""
    if block.mapping:
        order = reader.keys(record, where) or names
        block.entries.sort(key=lambda entry: order.index(entry.name) if entry.name in order else len(order))
    for index, entry in enumerate(block.entries):
        if isinstance(entry.value, Block):
            _arrange(entry.value, record, (*where, entry.name if block.mapping else index), names)


def _sort_references(root: Block) -> None:
    for entry in root.entries:
        if entry.name == "references" and isinstance(entry.value, Block):
            entry.value.entries.sort(key=_id)


def _id(item: Entry) -> str:
    pairs = item.value.entries if isinstance(item.value, Block) else []
    return next((pair.value.value for pair in pairs if pair.name == "id" and not isinstance(pair.value, Block)), "")


def _says_the_same(read: Document, text: str) -> bool:
    after = document.parse(read.path, text.encode())
    kept = sorted(comments.comments(read.text)) == sorted(comments.comments(text))
    return kept and not after.problems and _unordered(read.mapping) == _unordered(after.mapping)


def _unordered(mapping: dict[str, Value]) -> dict[str, Value]:
    references = mapping.get("references")
    if not isinstance(references, list):
        return mapping
    return {**mapping, "references": sorted(references, key=lambda one: json.dumps(one, sort_keys=True))}
