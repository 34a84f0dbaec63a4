"""The one way in which a data file is written: keys in the order of the records, areas in the order of the table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files import comments, document, scan
from sdp_matrix.files.comments import Block, Entry
from sdp_matrix.files.document import Document, Value
from sdp_matrix.files.folder import SCHEMAS, content
from sdp_matrix.files.folder import read as read_folder
from sdp_matrix.files.repair import repaired
from sdp_matrix.files.spelling import quoted
from sdp_matrix.model import structure
from sdp_matrix.model.registers import AreasFile, ReferencesFile
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.problem import Problem


@dataclass(slots=True)
class Formatted:
    """What files should hold, and what is wrong with those that cannot be read."""

    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def formatted(paths: Sequence[Path], home: Path) -> Formatted:
    """Return the canonical form of data files and, for data folders, the JSON Schemas that editors use.

    `home` is the data folder whose areas say the order where a file stands alone. Files that cannot be read are left
    out, and so are the schemas of a folder that has one. Raises `BadData` for a folder without data, `BadRequest` for
    a file that holds none or cannot be read.
    """
    result = Formatted()
    for path in paths:
        if path.is_dir():
            _add_folder(result, path)
        else:
            held = content(path)
            if isinstance(held, OSError):
                raise BadRequest(f"{path} cannot be read: {held.strerror or held}; name a data folder or files of one")
            read = document.parse(str(path), held)
            outer = path.parent.parent
            _add(result, {path: read}, scan.scan(outer if (outer / "areas.yaml").is_file() else home))
    result.problems.sort()
    return result


def _add_folder(result: Formatted, folder: Path) -> None:
    from sdp_matrix.files import json_schema

    files = read_folder(folder)
    scanned = scan.scan_files(files.shown, files.files)
    if not scanned.documents:
        raise BadData(files.problems or scanned.problems)
    result.problems += (problem for problem in scanned.problems if problem.rule in {"unreadable", "link"})
    texts = _add(result, {folder / inside: read for inside, read in scanned.documents.items()}, scanned)
    mended = {path.relative_to(folder).as_posix(): text.encode() for path, text in texts.items()}
    scanned = scan.scan_files(files.shown, {**files.files, **mended})
    dataset = scanned.dataset()
    if dataset and not scanned.problems:
        result.texts |= {folder / SCHEMAS / name: text for name, text in json_schema.schemas(dataset).items()}


def _add(result: Formatted, documents: Mapping[Path, Document], scanned: scan.Scan) -> Mapping[Path, str]:
    """Add the text of every document that is sound, once its form is repaired; return these texts."""
    shared = scanned.record("areas.yaml", AreasFile)
    areas = [area.id for area in shared.areas] if shared else []
    texts: dict[Path, str] = {}
    for path, read in documents.items():
        kind = scan.kind_of(path.as_posix(), read.mapping)
        sound = repaired(read, kind) if kind else read
        if sound.problems:
            result.problems += sound.problems
        elif kind is None:
            raise BadRequest(f"{path} is not a data file; a partnership has a mapping 'coverage', for example")
        else:
            texts[path] = canonical(sound, kind, areas)
    result.texts |= texts
    return texts


def canonical(read: Document, record: type, areas: Sequence[str] = ()) -> str:
    r"""The canonical text of a sound document: the same values and comments, in one order and style.

    `areas` are the ids of the areas in the order of the table. Raises `BadRequest` where a comment or value would be
    lost; then the file has a layout that nobody has thought of.

    >>> read = document.parse("x.yaml", b"groups: [{title: 'B',  id: b}] # all")
    >>> from sdp_matrix.model.registers import GroupsFile
    >>> print(canonical(read, GroupsFile), end="")
    groups:  # all
      - id: b
        title: B
    """
    laid = comments.read(read.text)
    _arrange(laid.root, record, [*areas, *Status])
    if record is ReferencesFile:
        _sort_references(laid.root)
    text = comments.write(laid)
    if text != read.text and not _says_the_same(read, text):
        raise BadRequest(f"{read.path} was left as it is: no canonical form was found for its layout; simplify it")
    return text


def is_plainly_canonical(read: Document, record: type, areas: Sequence[str] = ()) -> bool:
    r"""Whether a sound document is in canonical form at a glance, which is a tenth of the work of `canonical`.

    Most files are: no comment but at the head, no text of several lines or with quotes that only YAML can tell to be
    needed. Of others this says nothing.

    >>> from sdp_matrix.model.registers import GroupsFile
    >>> is_plainly_canonical(document.parse("x.yaml", b"# all\ngroups:\n  - id: b\n    title: B\n"), GroupsFile)
    True
    """
    body, references = read.text, read.mapping.get("references")
    if record is ReferencesFile and isinstance(references, list) and references != sorted(references, key=_id_of):
        return False
    while body.startswith("#"):
        comment, _, body = body.partition("\n")
        if comment != comment.rstrip():
            return False
    return body == "\n".join([*_plainly(read.mapping, record, dict.fromkeys([*areas, *Status]), ""), ""])


def _plainly(value: Value, kind: Any, names: Mapping[str, None], pad: str) -> Iterator[str]:
    """The lines of a mapping or list in canonical order, each text in one line."""
    if isinstance(value, dict):
        order = structure.fields(kind) or names
        for key in (*(key for key in order if key in value), *(key for key in value if key not in order)):
            inner = value[key]
            if isinstance(inner, str) or not inner:
                yield f"{pad}{key}: {_spelled(inner)}"
            else:
                yield f"{pad}{key}:"
                yield from _plainly(inner, structure.inside(kind, key), names, f"{pad}  ")
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str) or not item:
                yield f"{pad}- {_spelled(item)}"
            else:
                first, *rest = _plainly(item, structure.inside(kind, 0), names, f"{pad}  ")
                yield f"{pad}- {first.lstrip()}"
                yield from rest


def _spelled(value: Value) -> str:
    """A text, in quotes where these two signs of YAML in it are reason enough; or an empty mapping or list."""
    if isinstance(value, str):
        return quoted(value) if not value or ": " in value or " #" in value else value
    return "{}" if isinstance(value, dict) else "[]"


def _arrange(block: Block, kind: Any, names: Sequence[str]) -> None:
    """Sort the keys of every mapping; a key that its model does not have stays behind the others, as it stands."""
    if block.mapping:
        order = [*structure.fields(kind)] or names
        block.entries.sort(key=lambda entry: order.index(entry.name) if entry.name in order else len(order))
    for index, entry in enumerate(block.entries):
        if isinstance(entry.value, Block):
            _arrange(entry.value, structure.inside(kind, entry.name if block.mapping else index), names)


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


def _id_of(reference: Value) -> str:
    return str(reference.get("id", "")) if isinstance(reference, dict) else ""


def _unordered(mapping: dict[str, Value]) -> dict[str, Value]:
    references = mapping.get("references")
    if not isinstance(references, list):
        return mapping
    return {**mapping, "references": sorted(references, key=lambda one: json.dumps(one, sort_keys=True))}
