"""Where in its file each value of a partnership is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sdp_matrix.analysis.grading import fields, recorded
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import GROUP_FIELD, SOURCED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sdp_matrix.analysis.grading import Recorded
    from sdp_matrix.files.document import Document
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.problem import Step


class Value(NamedTuple):
    """A value that a file records, with its place."""

    document: Document
    partnership: Partnership
    field: str
    where: tuple[Step, ...]
    held: Recorded


def values(scan: Scan, *, among: Container[str] | None = None) -> Iterator[Value]:
    """Every value that the files of partnerships record and that has a grade; `among` names those looked at."""
    for path, partnership in scan.all(Partnership).items():
        for field in fields(partnership) if among is None or partnership.id in among else ():
            if field not in SOURCED_FIELDS or getattr(partnership, field):
                where = field_place(partnership, field)
                yield Value(scan.documents[path], partnership, field, where, recorded(partnership, field))


def field_place(partnership: Partnership, field: str) -> tuple[Step, ...]:
    """Where the value stands; in the short form, a document finds the closest thing around it."""
    if field in SOURCED_FIELDS:
        return (field, "value")
    if field.startswith(GROUP_FIELD):
        groups = [membership.group for membership in partnership.groups]
        return ("groups", groups.index(field.removeprefix(GROUP_FIELD)), "group")
    return ("coverage", field, "status")


def citations(value: object) -> Iterator[tuple[tuple[Step, ...], dict[str, str]]]:
    """Yield every mapping that cites a reference, with its place."""
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), value)]
    while waiting:
        where, held = waiting.pop()
        if isinstance(held, dict) and isinstance(held.get("reference"), str):
            yield where, held
        steps = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
        waiting += [((*where, step), inner) for step, inner in steps if not isinstance(inner, str)][::-1]


def cited(document: Document) -> set[str]:
    """Return the ids of the references that a file cites."""
    return {citation["reference"] for _, citation in citations(document.value)}
