"""The first version of a partnership's file: everything unknown that no source has been read for, and valid at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sdp_matrix.files.spelling import spelled
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.registers import Area

_HEAD = """\
# yaml-language-server: $schema=../schema/partnership.schema.json
# Begun with 'sdp new'. docs/data-format.md describes the keys; 'sdp list gaps {id}' lists what is still unknown.
id: {id}
name: {name}
{iso}# Other names that people type.
aliases: []
# The official title of the partnership, once a source gives it:
#   value: ...
#   reference: ...
"""

_REST = """\
# Who signed, the EU first; 'not established', with a note, where no source names a person:
#   - party: EU
#     name: ...
#     office: ...
#     reference: ...
signatories: []
# Ids of groups.yaml.
groups: []
# covered, not-covered, already-exists or unknown; a status that rests on a source is written long:
#   cyber:
#     status: covered
#     evidence:
#       - reference: ...
#         supports: covered
coverage:
"""


def skeleton(
    partner: str, name: str, iso: str | None, areas: Iterable[Area], *, act: Evidence | None, day: Evidence | None
) -> str:
    """The text of a new file; act and day are unknown unless a piece of evidence supports one."""
    code = f"iso: {iso}\n" if iso else ""
    lines = [_HEAD.format(id=partner, name=spelled(name), iso=code)]
    lines += _sourced("act", act, "signed, adopted, announced or concluded, in the long form with its evidence.")
    lines += _sourced("date", day, "The day of signature, or of the act that stands in its place, likewise.")
    lines += [_REST, *(f"  {area.id}: unknown  # {area.number}. {area.title}\n" for area in areas)]
    return "".join(lines)


def _sourced(key: str, evidence: Evidence | None, meaning: str) -> Iterator[str]:
    yield f"# {meaning}\n"
    if evidence is None:
        yield f"{key}: unknown\n"
        return
    yield f"{key}:\n  value: {evidence.supports}\n  evidence:\n    - reference: {evidence.reference}\n"
    if evidence.locator:
        yield f"      locator: {spelled(evidence.locator)}\n"
    yield f"      supports: {evidence.supports}\n"
