"""What if a cell were otherwise: a data set in which some statuses are assumed, as if they had been edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Assumption, Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.sanitize import in_one_line, listed

D = TypeVar("D", bound=Dataset)


def assume(dataset: D, *cells: str) -> D:
    """Return the data as if cells had another status: each is PARTNER:AREA=STATUS; nothing is written.

    Evidence stays, so that an assumed status is graded by what speaks for it and against it. Raises `BadRequest` for a
    text of another form and for a cell that is assumed twice, and `UnknownName`.

    >>> from sdp_matrix import load
    >>> len(load().assume("india:stratcom-fimi=covered").diff("japan", "india").differing)
    5
    """
    assumed = tuple(_read(dataset, cell) for cell in cells)
    if len({(one.partner, one.area) for one in assumed}) < len(assumed):
        raise BadRequest("--assume says two things of one cell; leave one out")
    changed = tuple(_changed(p, [one for one in assumed if one.partner == p.id]) for p in dataset.partnerships)
    return replace(dataset, partnerships=changed, assumed=(*dataset.assumed, *assumed))


def _read(dataset: Dataset, text: str) -> Assumption:
    cell, equals, status = text.rpartition("=")
    partner, colon, area = cell.partition(":")
    if not (equals and colon):
        raise BadRequest(f"'{in_one_line(text)}' is no PARTNER:AREA=STATUS; write for example india:cyber=covered")
    known = {str(one): one for one in Status}
    if status.strip() not in known:
        raise BadRequest(f"there is no status '{in_one_line(status)}'; write {listed(known, 'or')}")
    partnership, found = dataset.partner(partner.strip()), dataset.area(area.strip())
    return Assumption(partnership.id, found.id, known[status.strip()], partnership.status(found.id))


def _changed(partnership: Partnership, assumed: Sequence[Assumption]) -> Partnership:
    if not assumed:
        return partnership
    cells = {one.area: partnership.coverage[one.area].model_copy(update={"status": one.status}) for one in assumed}
    return partnership.model_copy(update={"coverage": {**partnership.coverage, **cells}})
