"""sdp verify."""

from __future__ import annotations

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver


def run(context: typer.Context, *, chosen: Format = None, output: Output = None) -> None:
    """Our table, as published, against the transcription of Table 1."""
    from sdp_matrix.views import verification as view

    partnerships = load(context)
    found = partnerships.verify()
    deliver(view.verification(partnerships, found), chosen, output)
    if not found.holds:
        raise typer.Exit(1)
