"""The command `verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load_to_verify
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="Another table of areas by partners: csv, xlsx, or text with tabs."),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    partnerships, problems = load_to_verify(context)
    if file is not None:
        from sdp_matrix.analysis.agreement import compare
        from sdp_matrix.views import agreement

        compared = compare(partnerships, file)
        deliver(agreement.agreement(partnerships, compared, Path(file).name), format_name, output)
        raise typer.Exit(1 if compared.disagreements else 0)
    from sdp_matrix.analysis.verification import verify
    from sdp_matrix.views import verification

    found = verify(partnerships)
    deliver(verification.verification(partnerships, found), format_name, output)
    if not found.holds:
        for problem in problems:
            typer.echo(problem, err=True)
        raise typer.Exit(1)
