"""sdp nearest."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import AsOf, Everyone, Format, Group, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="The partner that the others are compared with.")],
    *,
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """The partners most alike to one, and what tells them apart."""
    from sdp_matrix.views import similarity as view

    partnerships = load(context)
    others = partnerships.context(groups=group or [], as_of=dates.typed(as_of), everyone=everyone)
    found = partnerships.nearest(partner, others)
    if not found:
        raise BadRequest("nobody is left to compare with; ask for another group, a later day, or --all")
    deliver(view.nearest(partnerships, partnerships.partner(partner), found), chosen, output)
