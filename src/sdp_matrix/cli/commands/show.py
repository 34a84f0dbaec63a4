"""The command `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.analysis.selection import ALL, Selection, select
from sdp_matrix.cli.options import (
    AREAS,
    GROUPS,
    PARTNERS,
    REFERENCES,
    Format,
    Output,
    compound,
    load,
    names,
    pool_of_find,
)
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.model import dates

if TYPE_CHECKING:
    from sdp_matrix.formats.table import Table
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership


@compound(pool=pool_of_find)
def run(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A partner, an area or a reference by any of its names; a group, or a list.",
            autocompletion=names(PARTNERS, AREAS, REFERENCES, GROUPS),
        ),
    ],
    *,
    pool: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    partnerships = load(context)
    deliver(context, _table(partnerships, name, pool), format_name, output)


def _table(partnerships: Dataset, name: str, pool: Selection) -> Table:
    from sdp_matrix.analysis.grading import mentions, testimony
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.registers import Area, Reference
    from sdp_matrix.views import show

    match _named(partnerships, name):
        case Partnership() as partnership:
            return show.partnership(partnerships, _by_then(partnership, pool), pool.as_of)
        case Reference() as reference:
            if pool != Selection():
                raise RequestError("a reference is shown as it stands; leave out --as-of, --newest and --all")
            return show.reference(
                partnerships, reference, testimony(partnerships, reference.id), mentions(partnerships, reference.id)
            )
        case Area() as area:
            return show.area(partnerships, area, select(partnerships, pool))
        case _:
            return _several(partnerships, name, pool)


def _by_then(partnership: Partnership, pool: Selection) -> Partnership:
    """A partnership with the milestones up to the day asked for; raises `RequestError` if it was not there yet."""
    if pool.newest or pool.everyone:
        raise RequestError(
            f"{partnership.name} is one partner; leave out --newest and --all, which choose among several"
        )
    if (day := pool.as_of) is None:
        return partnership
    if not partnership.is_dated_by(day):
        absence = f"there was no partnership with {partnership.name} on {dates.in_words(day)}"
        raise RequestError(f"{absence}; leave out --as-of, or ask for a later day")
    return partnership.model_copy(
        update={"milestones": tuple(m for m in partnership.milestones if dates.last_day(m.date) <= day)}
    )


def _named(partnerships: Dataset, name: str) -> object:
    """What has this name; None for all, and for a list."""
    if name.casefold() == ALL:
        return None
    try:
        return partnerships.named(name)
    except UnknownNameError:
        if "," in name:
            return None
        raise


def _several(partnerships: Dataset, name: str, pool: Selection) -> Table:
    """The areas of a list by partners; else the partners that are named."""
    from dataclasses import replace

    from sdp_matrix.analysis.matrix import matrix
    from sdp_matrix.views import lists
    from sdp_matrix.views import matrix as view

    try:
        return view.matrix(partnerships, matrix(partnerships, replace(pool, areas=(name,))))
    except UnknownNameError:
        return lists.partners(partnerships, select(partnerships, replace(pool, partners=(name,))))
