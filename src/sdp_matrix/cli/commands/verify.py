"""The command `verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load_to_verify
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="Another table of areas by partners: csv, text with tabs, or JSON."),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.verification import compare_table, verify
    from sdp_matrix.views import verification

    dataset, problems = load_to_verify(context)
    if file is not None:
        comparison = compare_table(dataset, file)
        deliver(context, verification.table_comparison(dataset, comparison), format_name, output)
        raise typer.Exit(0 if comparison.holds else 1)
    outcome = verify(dataset)
    deliver(context, verification.verification(dataset, outcome), format_name, output)
    if not outcome.holds:
        for problem in problems:
            typer.echo(problem, err=True)
        raise typer.Exit(1)
