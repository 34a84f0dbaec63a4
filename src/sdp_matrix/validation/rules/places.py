"""Where in its file each value of a partnership is."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from sdp_matrix.analysis.grading import Recorded, fields, recorded
from sdp_matrix.files.document import Document
from sdp_matrix.files.scan import Scan
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import GROUP_FIELD, SOURCED_FIELDS
from sdp_matrix.problem import Step


class Value(NamedTuple):
    """A value that a file records, with its place."""

    document: Document
    partnership: Partnership
    field: str
    held: Recorded

    @property
    def where(self) -> tuple[Step, ...]:
        """Where the value stands; in the short form, a document finds the closest thing around it."""
        return field_place(self.partnership, self.field)


def values(scan: Scan, *, among: Container[str] | None = None) -> Iterator[Value]:
    """Every value that the files of partnerships record and that has a grade; `among` names those looked at."""
    for path, partnership in scan.all(Partnership).items():
        for field in fields(partnership) if among is None or partnership.id in among else ():
            if field not in SOURCED_FIELDS or getattr(partnership, field):
                yield Value(scan.documents[path], partnership, field, recorded(partnership, field))


def field_place(partnership: Partnership, field: str) -> tuple[Step, ...]:
    """Where the value stands; in the short form, a document finds the closest thing around it."""
    if field in SOURCED_FIELDS:
        return (field, "value")
    if field.startswith(GROUP_FIELD):
        groups = [membership.group for membership in partnership.groups]
        return ("groups", groups.index(field.removeprefix(GROUP_FIELD)), "group")
    return ("coverage", field, "status")


def partner_ids(scan: Scan) -> set[str]:
    """Ids of the partners that have a file, sound or not, under that name or another."""
    files = (path.removeprefix("partnerships/") for path in scan.shown if path.startswith("partnerships/"))
    ids = {partnership.id for partnership in scan.readable(Partnership).values()}
    return ids | {file.removesuffix(".yaml") for file in files}
