"""The command `matrix`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.matrix import Order, matrix
from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.compound_options import compound, selection
from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver


@compound(selection=selection)
def run(
    context: typer.Context,
    *,
    selection: Selection,
    sort: Annotated[Order | None, typer.Option(help="Order of the columns.")] = None,
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Exactly what the published table prints.")
    ] = False,
    grades: Annotated[
        bool, typer.Option("--grades", help="Mark what is contested, and what one source alone says.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Number the sources of each mark, and list them below.")
    ] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import matrix as view
    from sdp_matrix.views.frame import framed

    partnerships = load(context)
    shown = matrix(partnerships, selection, order=sort, as_published=as_published)
    scope = select(partnerships, selection)
    table = view.matrix(partnerships, shown, grades=grades, evidence=evidence)
    deliver(framed(partnerships, table, scope), format_name, output)
