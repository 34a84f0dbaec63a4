"""sdp similarity."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import AsOf, Everyone, Format, Group, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates


def run(
    context: typer.Context,
    partner: Annotated[
        list[str] | None, typer.Argument(metavar="PARTNER", help="Only these partners; else those of Table 1.")
    ] = None,
    *,
    pairs: Annotated[bool, typer.Option("--pairs", help="List the pairs, with coefficients and differences.")] = False,
    apart: Annotated[bool, typer.Option("--apart", help="The fewest areas that tell all partners apart.")] = False,
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """How alike partners are, all by all, or the fewest areas that tell them apart."""
    from sdp_matrix.views import similarity as view

    if pairs and apart:
        raise BadRequest("--pairs and --apart are two questions; ask one of them")
    partnerships = load(context)
    asked = partnerships.context(
        partners=partner or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
    )
    if len(asked.partnerships) < 2:  # noqa: PLR2004 - likeness is between two
        raise BadRequest("likeness needs two partners; name another one, or none for those of Table 1")
    if apart:
        table = view.apart(partnerships, partnerships.apart(asked))
    else:
        found = partnerships.similarity(asked)
        table = view.pairs(partnerships, found) if pairs else view.similarity(partnerships, found)
    deliver(table, chosen, output)
