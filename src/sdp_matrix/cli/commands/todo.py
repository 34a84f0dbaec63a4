"""sdp todo."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    partner: Annotated[
        list[str] | None, typer.Argument(metavar="PARTNER", help="Only these partners; else all of them.")
    ] = None,
    *,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """What is not coded yet: unknown areas, signatories, places."""
    from sdp_matrix.views import evidence as view

    partnerships = load(context)
    deliver(view.todo(partnerships, partnerships.todo(*(partner or []))), chosen, output)
