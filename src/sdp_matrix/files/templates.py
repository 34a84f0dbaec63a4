"""Write the text of a new partnership, with every area unknown, and of a new entry at the end of a register."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sdp_matrix.errors import RequestError
from sdp_matrix.files import document
from sdp_matrix.files.document import Value
from sdp_matrix.model.registers import Area, Step
from sdp_matrix.model.vocabulary import Event, Stage
from sdp_matrix.text_safety import printable

_HEAD = """\
# yaml-language-server: $schema=../schema/partnership.schema.json
# Begun with 'sdp new'. docs/data-files.md describes the keys; 'sdp list gaps {id}' lists what is still unknown.
id: {id}
name: {name}
{iso}# Other names that people type.
aliases: []
# The official title of the partnership, once a source gives it:
#   value: ...
#   reference: ...
# signed, adopted, announced or concluded, in the long form with its evidence.
act: unknown
# The day of signature, or of the act that stands in its place; the file counts for nothing until it has one:
#   value: YYYY-MM-DD
#   evidence:
#     - reference: ...
#       supports: YYYY-MM-DD
date: unknown
# Who signed, the EU first; 'not established', with a note, where no source names a person:
#   - party: EU
#     name: ...
#     office: ...
#     reference: ...
signatories: []
# Ids of groups.yaml.
groups: []
"""

_COVERAGE = """\
# covered, not-covered, already-exists or unknown; a status that rests on a source is written long:
#   cyber:
#     status: covered
#     evidence:
#       - reference: ...
#         supports: covered
coverage:
"""

_PLAIN = re.compile(r"(https?://)?[^\W\d_][\w.,()'/&?=%~+-]*( [\w(/&][\w.,()'/&-]*)*|\d{4}(-\d\d){0,2}")
_NOT_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that other readers of YAML do not read as text."""


def partnership(partner: str, name: str, iso: str | None, areas: Iterable[Area], steps: Sequence[Step]) -> str:
    """Return the text of a new file, with every area unknown; the steps of a prospect are its milestones."""
    lines = [_HEAD.format(id=partner, name=_spelled(name), iso=f"iso: {_spelled(iso)}\n" if iso else "")]
    if steps:
        lines += _lines({"milestones": [_milestone(step) for step in steps]}, "")
    lines += [_COVERAGE, *(f"  {area.id}: unknown  # {area.number}. {area.title}\n" for area in areas)]
    return "".join(lines)


def _milestone(step: Step) -> Value:
    event = Event.PARTNERSHIP_PROPOSED if step.stage is Stage.PROPOSED else Event(step.stage)
    values = {"date": step.date, "event": event, "reference": step.reference, "locator": step.locator}
    return {key: str(value) for key, value in {**values, "note": step.note}.items() if value is not None}


def with_entry(path: str, content: bytes, register: str, entry: Mapping[str, Value]) -> bytes:
    r"""Return a register with an entry added at its end; the rest is unchanged.

    Raises `RequestError` if the list is not the end of the file, or is written in brackets.

    >>> with_entry("groups.yaml", b"groups:\n  - id: efta\n    title: EFTA\n", "groups", {"id": "x", "title": "12"})
    b'groups:\n  - id: efta\n    title: EFTA\n  - id: x\n    title: "12"\n'
    """
    before = document.parse(path, content)
    entries = before.mapping.get(register)
    listed = entries if isinstance(entries, list) else []
    end = "\r\n" if b"\r\n" in content else "\n"
    head = content.rstrip() if listed else re.sub(rb"\s*\[\]\s*$", b"", content)
    line = before.text.split("\n")[before.locate((register, len(listed) - 1)).line - 1] if listed else "  -"
    indent = line[: line.find("-")] if line.lstrip().startswith("-") else "  "
    text = "".join(_lines([dict(entry)], indent))
    new = head + (end + text.replace("\n", end)).encode()
    if document.parse(path, new).value != {**before.mapping, register: [*listed, dict(entry)]}:
        raise RequestError(
            f"{printable(path)} does not end with the list '{register}'; add the entry yourself:\n{text}"
        )
    return new


def _lines(value: Value, indent: str) -> Iterator[str]:
    """Yield the lines of a mapping or list in block style."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield f"{indent}{key}: {_spelled(inner)}\n"
            else:
                yield f"{indent}{key}:\n"
                yield from _lines(inner, f"{indent}  ")
    else:
        for item in value:
            first, *others = _lines(item, f"{indent}  ")
            yield from (f"{indent}- {first.lstrip()}", *others)


def _spelled(value: str) -> str:
    is_plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT
    return value if is_plain else json.dumps(value, ensure_ascii=False)
