"""sdp validate."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix import report, rules
from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.output import emit
from sdp_matrix.dataset import data_folder, scan


def run(
    context: typer.Context,
    folder: Annotated[str | None, typer.Argument(metavar="DIR", help="A data folder; else the one of --data.")] = None,
    *,
    chosen: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
) -> None:
    """Every problem of the data files, at its place."""
    settings: Settings = context.obj
    found = scan(data_folder(folder or settings.data))
    problems = rules.check(found)
    emit(report.render(problems, chosen))
    if not found.documents:
        raise typer.Exit(2)
    typer.echo(report.summary(problems, len(found.documents)), err=True)
    if problems:
        raise typer.Exit(1)
