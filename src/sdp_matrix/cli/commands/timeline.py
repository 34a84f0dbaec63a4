"""sdp timeline."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix import formats
from sdp_matrix.cli.options import AsOf, Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.model import dates


def run(
    context: typer.Context,
    partner: Annotated[
        list[str] | None, typer.Argument(metavar="PARTNER", help="Only these partners; else all of them.")
    ] = None,
    *,
    as_of: AsOf = None,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """Signatures and milestones in order, one lane a partner."""
    from sdp_matrix.views import timeline as view

    partnerships = load(context)
    day = dates.typed(as_of)
    found = partnerships.timeline(*(partner or []), as_of=day)
    # Lanes need a font in which every character is as wide as the next.
    written = chosen or (formats.of_file(output) if output else formats.TEXT)
    deliver(view.timeline(partnerships, found, lanes=written == formats.TEXT, as_of=day), chosen, output)
