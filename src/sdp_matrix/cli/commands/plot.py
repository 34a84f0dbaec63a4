"""The command `plot`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import compound, load, selection
from sdp_matrix.cli.output import write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.publishing import plots

_Kind = StrEnum("_Kind", list(plots.KINDS))  # type: ignore[misc]  # the members are those of the registry


@compound(selection=selection)
def run(
    context: typer.Context,
    kind: Annotated[_Kind, typer.Argument(metavar="KIND", help=f"{', '.join(plots.KINDS)}.")],
    *,
    selection: Selection,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to put it: .svg, .png or .pdf.")],
) -> None:
    picture = plots.of_file(output)
    if kind.value == "timeline" and selection.areas:
        raise RequestError("the timeline shows no areas; leave out --area")
    partnerships = load(context)
    shown = matrix(partnerships, selection, corrected=kind.value != "matrix")
    write_result(output, plots.plot(partnerships, shown, kind.value, picture), picture)
