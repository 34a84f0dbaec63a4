"""sdp explain."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="A partner, by id, name, ISO code or alias.")],
    field: Annotated[
        str,
        typer.Argument(metavar="FIELD", help="An area, or: date, act, place, occasion, signatories, group:NAME."),
    ],
    *,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """What one value rests on: its grade, its evidence and what it means."""
    from sdp_matrix.views import explain as view

    partnerships = load(context)
    deliver(view.explanation(partnerships, partnerships.explain(partner, field)), chosen, output)
