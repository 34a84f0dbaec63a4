"""sdp area."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Everyone, Format, Output, load
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    area: Annotated[str, typer.Argument(metavar="AREA", help="An area, by number, id, title or alias.")],
    *,
    everyone: Everyone = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """One area across the partnerships."""
    from sdp_matrix.views import partnership as view

    partnerships = load(context)
    shown = partnerships.matrix(everyone=everyone).partnerships
    deliver(view.area(partnerships, partnerships.area(area), shown), chosen, output)
