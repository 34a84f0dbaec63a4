"""What is not coded yet: values that are unknown, not recorded or not established."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import EU, SOURCED_FIELDS, Status


class Missing(StrEnum):
    """What can be missing."""

    STATUS = "status"
    VALUE = "value"
    SIGNATORY = "signatory"

    @property
    def words(self) -> str:
        """What is missing, as people read it."""
        return {"status": "areas unknown", "value": "not recorded", "signatory": "signatory not established"}[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """Fields of one partnership that miss the same."""

    partnership: Partnership
    missing: Missing
    fields: tuple[str, ...]
    """Ids of areas, names of fields, or parties for whom nobody is known to have signed."""


def gaps(dataset: Dataset, selection: Selection | None = None) -> tuple[Gap, ...]:
    """Everything that is not coded yet on the partners selected, else on all; raises `UnknownName` and `BadRequest`.

    >>> from sdp_matrix import Selection, load
    >>> [(str(gap.missing), gap.fields) for gap in load().gaps(Selection(partners=("uk",)))]
    [('signatory', ('EU', 'United Kingdom'))]
    """
    scope = select(dataset, selection or Selection(everyone=True))
    found = (Gap(p, missing, tuple(fields)) for p in scope.partnerships for missing, fields in _missing(p, scope.areas))
    return tuple(gap for gap in found if gap.fields)


def _missing(partnership: Partnership, areas: Sequence[Area]) -> Iterator[tuple[Missing, Iterator[str]]]:
    yield Missing.STATUS, (area.id for area in areas if partnership.status(area.id) is Status.UNKNOWN)
    yield Missing.VALUE, (field for field in SOURCED_FIELDS if not _is_recorded(partnership, field))
    named = {signatory.party for signatory in partnership.signatories if signatory.established}
    yield Missing.SIGNATORY, (party for party in (EU, partnership.name) if party not in named)


def _is_recorded(partnership: Partnership, field: str) -> bool:
    sourced = getattr(partnership, field)
    return sourced is not None and sourced.text != Status.UNKNOWN
