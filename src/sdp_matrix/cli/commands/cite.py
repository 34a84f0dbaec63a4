"""The command `cite`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Output, format_option, load
from sdp_matrix.cli.output import write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.publishing.citation import STYLES, Work, cite
from sdp_matrix.text_safety import in_one_line


def run(
    context: typer.Context,
    work: Annotated[list[Work] | None, typer.Argument(metavar="WORK", help=f"{', '.join(Work)}; else both.")] = None,
    *,
    format_name: Annotated[str, format_option(STYLES)] = "text",
    output: Output = None,
) -> None:
    if format_name not in STYLES:
        raise RequestError(f"no format '{in_one_line(format_name)}' of citations; write one of {', '.join(STYLES)}")
    write_result(output, STYLES[format_name](cite(load(context), *work or ())), format_name)
