"""sdp cite."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Output, load
from sdp_matrix.cli.output import emit, write
from sdp_matrix.errors import BadRequest
from sdp_matrix.publishing.citation import STYLES, Work
from sdp_matrix.sanitize import in_one_line


def run(
    context: typer.Context,
    work: Annotated[list[Work] | None, typer.Argument(metavar="WORK", help=f"{', '.join(Work)}; else both.")] = None,
    *,
    chosen: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(STYLES)}.")] = "text",
    output: Output = None,
) -> None:
    """How to cite the data and the codebook: in words, for BibTeX or for reference managers."""
    if chosen not in STYLES:
        raise BadRequest(f"there is no format '{in_one_line(chosen)}' of citations; write one of {', '.join(STYLES)}")
    content = "\n".join(map(STYLES[chosen], load(context).cite(*work or ())))
    if output is None:
        emit(content)
    else:
        write(output, content)
