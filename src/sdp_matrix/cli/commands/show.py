"""sdp show."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="A partner, by id, name, code or alias.")],
    *,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """One partnership: date, act, signatories, milestones, coverage."""
    from sdp_matrix.views import partnership as view

    partnerships = load(context)
    deliver(view.show(partnerships, partnerships.partner(partner)), chosen, output)
