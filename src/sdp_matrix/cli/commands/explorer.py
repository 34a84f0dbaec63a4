"""The command `explorer`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import load
from sdp_matrix.cli.output import STDOUT, write_result
from sdp_matrix.publishing.explorer import render
from sdp_matrix.text_safety import printable


def run(
    context: typer.Context,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Write the page to this file.", metavar="FILE")
    ] = "sdp.html",
) -> None:
    from sdp_matrix.publishing.explorer.data import explorer

    partnerships = load(context)
    write_result(output, render(explorer(partnerships)), "html")
    if output != STDOUT:
        typer.echo(f"{printable(output)}: open it in a browser; it needs no network", err=True)
