"""The command `changes`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.app import Settings
from sdp_matrix.cli.options import Format, Output
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    since: Annotated[
        str,
        typer.Argument(
            metavar="FROM", show_default=False, help="An edition (1.0.0), git revision or folder; else HEAD."
        ),
    ] = "HEAD",
    until: Annotated[
        str | None, typer.Argument(metavar="TO", help="Another one; else the files of the data folder.")
    ] = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="List every change, also of evidence, wording and references.")
    ] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.changes import changes
    from sdp_matrix.views import changes as view

    settings: Settings = context.obj
    report = changes(since, until, folder=settings.data)
    deliver(context, view.changes(report, full=full), format_name, output)
    if report.unreadable:
        raise typer.Exit(2)
