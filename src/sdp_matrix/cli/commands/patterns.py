"""sdp patterns."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.context import burmeister
from sdp_matrix.analysis.patterns import MIN_SUPPORT
from sdp_matrix.cli.options import AsOf, Everyone, Format, Group, Output, load
from sdp_matrix.cli.output import deliver, emit, write
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates


def run(
    context: typer.Context,
    partner: Annotated[
        list[str] | None, typer.Argument(metavar="PARTNER", help="Only these partners; else those of Table 1.")
    ] = None,
    *,
    min_support: Annotated[
        int, typer.Option("--min-support", help="How many partners a line on what comes together needs.", metavar="N")
    ] = MIN_SUPPORT,
    known_only: Annotated[bool, typer.Option("--known-only", help="Only partners known in every area.")] = False,
    cxt: Annotated[
        str | None,
        typer.Option(
            "--cxt", help="Only write the formal context, in Burmeister's format; - for the screen.", metavar="FILE"
        ),
    ] = None,
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """What holds throughout: what all or one have, what comes together, and rules."""
    from sdp_matrix.views import patterns as view

    if cxt is not None and (chosen or output):
        raise BadRequest("--cxt writes the formal context alone; leave it out, or --format and --output")
    partnerships = load(context)
    asked = partnerships.context(
        partners=partner or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
        known_only=known_only,
    )
    if cxt is not None:
        text = burmeister(asked)
        emit(text) if cxt == "-" else write(cxt, text)
        return
    deliver(view.patterns(partnerships, partnerships.patterns(asked, min_support=min_support)), chosen, output)
