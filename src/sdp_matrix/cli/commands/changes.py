"""The command `changes`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, Settings
from sdp_matrix.cli.output import deliver


def run(
    context: typer.Context,
    since: Annotated[
        str, typer.Argument(metavar="FROM", show_default=False, help="A git revision; HEAD where none is given.")
    ] = "HEAD",
    until: Annotated[
        str | None, typer.Argument(metavar="TO", help="Another revision; else the files of the data folder.")
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.revisions import changes
    from sdp_matrix.views import changes as view

    settings: Settings = context.obj
    report = changes(since, until, folder=settings.data)
    deliver(view.changes(report), format_name, output)
    if report.unreadable:
        raise typer.Exit(2)
