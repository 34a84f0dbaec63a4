"""Write the text of a new partnership, with every area unknown, and of a new entry at the end of a register."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence

import yaml

from sdp_matrix.errors import RequestError
from sdp_matrix.files import document
from sdp_matrix.files.document import Value
from sdp_matrix.model.registers import Area, Step
from sdp_matrix.model.vocabulary import Event, Stage
from sdp_matrix.text_safety import printable

_HEAD = """\
# yaml-language-server: $schema=../schema/partnership.schema.json
# docs/data-files.md describes the keys; 'sdp list gaps {id}' lists what is still unknown.
# Nothing counts the file until it has a date. A value with its source is written in the long form:
#   value: ...
#   evidence:
#     - reference: ...
#       supports: ...
"""


def partnership(partner: str, name: str, iso: str | None, areas: Iterable[Area], steps: Sequence[Step]) -> str:
    """Return the text of a new file, with every area unknown; the steps of a prospect become its milestones."""
    values: dict[str, Value] = {"id": partner, "name": name, **({"iso": iso} if iso else {}), "aliases": []}
    values |= {"act": "unknown", "date": "unknown", "signatories": [], "groups": []}
    values |= {"milestones": [_milestone(step) for step in steps]} if steps else {}
    coverage = (f"  {area.id}: unknown  # {area.number}. {area.title}\n" for area in areas)  # PyYAML has no comments
    return "".join([_HEAD.format(id=partner), _yaml(values), "coverage:\n", *coverage])


def _milestone(step: Step) -> Value:
    # all other stages have the name of an event
    event = Event.PARTNERSHIP_PROPOSED if step.stage is Stage.PROPOSED else Event(step.stage)
    values = {"date": step.date, "event": event, "reference": step.reference, "locator": step.locator}
    return {key: str(value) for key, value in {**values, "note": step.note}.items() if value is not None}


def with_entry(path: str, content: bytes, register: str, entry: Mapping[str, Value]) -> bytes:
    r"""Return a register with an entry added at its end; the rest is unchanged.

    Raises `RequestError` if the list is not the end of the file, or is written in brackets.

    >>> with_entry("groups.yaml", b"groups:\n  - id: efta\n    title: EFTA\n", "groups", {"id": "x", "title": "Y"})
    b'groups:\n  - id: efta\n    title: EFTA\n  - id: x\n    title: Y\n'
    """
    before = document.parse(path, content)
    entries = before.mapping.get(register)
    listed = entries if isinstance(entries, list) else []
    end = "\r\n" if b"\r\n" in content else "\n"  # as an editor on Windows may have saved it
    head = content.rstrip() if listed else re.sub(rb"\s*\[\]\s*$", b"", content)  # the brackets of an empty list
    line = before.text.split("\n")[before.locate((register, len(listed) - 1)).line - 1] if listed else "  -"
    indent = line[: line.find("-")] if line.lstrip().startswith("-") else "  "
    text = _yaml([dict(entry)], indent)
    new = head + (end + text.replace("\n", end)).encode()
    # a text is edited, so the proof that nothing else has changed is to read it
    if document.parse(path, new).value != {**before.mapping, register: [*listed, dict(entry)]}:
        raise RequestError(
            f"{printable(path)} does not end with the list '{register}'; add the entry yourself:\n{text}"
        )
    return new


def _yaml(value: Value, indent: str = "") -> str:
    # a value on several lines is not allowed in data files, hence the width
    return textwrap.indent(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=sys.maxsize), indent)
