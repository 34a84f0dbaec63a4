"""sdp groups."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.cli.options import AsOf, Everyone, Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.cli.search_options import with_condition
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates


@with_condition
def run(
    context: typer.Context,
    side: Annotated[
        list[str] | None,
        typer.Argument(metavar="GROUP", help="Groups, or lists such as uk,norway; else all groups."),
    ] = None,
    *,
    condition: Condition,
    as_of: AsOf = None,
    everyone: Everyone = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """What the partners of a group share, and what only they have.

    Conditions make a group of those that fulfil all of them.
    """
    from sdp_matrix.views import groups as view

    if condition.areas and not condition.grade:
        raise BadRequest("--area says what --grade is about; for partners that have it, write --covers")
    partnerships = load(context)
    day = dates.typed(as_of)
    found = partnerships.profiles(side or (), condition, as_of=day, everyone=everyone)
    deliver(view.groups(partnerships, found), chosen, output)
