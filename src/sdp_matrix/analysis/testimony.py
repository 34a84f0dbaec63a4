"""What one reference says: every value of the data that it supports, contradicts or leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdp_matrix.analysis import grading
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD

if TYPE_CHECKING:
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Evidence, Partnership
    from sdp_matrix.model.vocabulary import Stance


@dataclass(frozen=True, slots=True)
class Testimony:
    """A piece of evidence beside the value that it is about."""

    partnership: Partnership
    field: str
    value: str | None
    evidence: Evidence
    stance: Stance


def testimony(dataset: Dataset, reference: str) -> tuple[Testimony, ...]:
    """What a reference says: every value that it supports, contradicts or leaves open; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> [one.field for one in load().testimony("eeas-albania-2024") if one.stance == "against"]
    ['peace-crisis-management']
    """
    cited = dataset.reference(reference).id
    explained = (
        grading.explain(dataset, p, field)
        for p in dataset.everyone
        for field in (*grading.fields(p), SIGNATORIES_FIELD)
    )
    return tuple(
        Testimony(one.partnership, one.field, one.value, piece, _stance(one, piece))
        for one in explained
        for piece in one.evidence
        if piece.reference == cited
    )


def _stance(explained: grading.Explanation, piece: Evidence) -> Stance:
    """Compare the evidence with the value; each person who signed is a value of its own."""
    own = piece.supports if explained.field == SIGNATORIES_FIELD else explained.value
    return grading.stance(own, piece)
