"""What is not coded yet: values that are unknown, not recorded or not established."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sdp_matrix.model.vocabulary import EU, SOURCED_FIELDS, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership


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


def gaps(dataset: Dataset, partners: Sequence[str] = ()) -> tuple[Gap, ...]:
    """Everything that is not coded yet on the partners asked for, else on all in order of date.

    Raises `UnknownName`.
    """
    wanted = dict.fromkeys(p.id for p in map(dataset.partner, partners))
    chosen = (p for p in dataset.partnerships if not wanted or p.id in wanted)
    found = (Gap(p, missing, tuple(fields)) for p in chosen for missing, fields in _missing(p))
    return tuple(gap for gap in found if gap.fields)


def _missing(partnership: Partnership) -> Iterator[tuple[Missing, Iterator[str]]]:
    unknown = (area for area, cell in partnership.coverage.items() if cell.status is Status.UNKNOWN)
    yield Missing.STATUS, unknown
    yield Missing.VALUE, (field for field in SOURCED_FIELDS if not _is_recorded(partnership, field))
    named = {signatory.party for signatory in partnership.signatories if signatory.established}
    yield Missing.SIGNATORY, (party for party in (EU, partnership.name) if party not in named)


def _is_recorded(partnership: Partnership, field: str) -> bool:
    sourced = getattr(partnership, field)
    return sourced is not None and sourced.text != Status.UNKNOWN
