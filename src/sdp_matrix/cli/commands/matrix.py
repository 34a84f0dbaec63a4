"""The command `matrix`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.matrix import Order, matrix
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import Format, Output, compound, load, selection
from sdp_matrix.cli.output import deliver


@compound(selection=selection)
def run(
    context: typer.Context,
    *,
    selection: Selection,
    sort: Annotated[Order | None, typer.Option(help="Order of the columns.")] = None,
    corrected: Annotated[
        bool, typer.Option("--corrected", help="Our values in place of the printed ones where they depart.")
    ] = False,
    grades: Annotated[
        bool, typer.Option("--grades", help="Mark what is contested, and what one weak source alone says.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Number the sources of each mark, and list them below.")
    ] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import matrix as view

    partnerships = load(context)
    shown = matrix(partnerships, selection, order=sort, corrected=corrected)
    deliver(context, view.matrix(partnerships, shown, grades=grades, evidence=evidence), format_name, output)
