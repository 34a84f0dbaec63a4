"""Ask: The partners, cells or areas that fulfil conditions.

All conditions have to hold. What is not known is neither covered nor lacking; those it concerns are named below.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.completion import GROUPS, PARTNERS, names
from sdp_matrix.cli.compound_options import compound, condition, pool_of_find
from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest

EXAMPLES = ("sdp find --covers maritime --lacks consular", "sdp find --grade contested --cells")


@compound(condition=condition, pool=pool_of_find)
def run(
    context: typer.Context,
    *,
    condition: Condition,
    pool: Selection,
    areas_of: Annotated[
        list[str] | None,
        typer.Option(
            help="List areas instead: those this partner or group has; may be repeated.",
            metavar="SIDE",
            autocompletion=names(PARTNERS, GROUPS),
        ),
    ] = None,
    not_of: Annotated[
        list[str] | None,
        typer.Option(
            help="List areas instead: those this side is known to lack; may be repeated.",
            metavar="SIDE",
            autocompletion=names(PARTNERS, GROUPS),
        ),
    ] = None,
    cells: Annotated[
        bool, typer.Option("--cells", help="List cells instead: of --area, else of the areas named.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where nothing is found.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import search as view
    from sdp_matrix.views.frame import framed

    if condition.areas and not (condition.grade or cells):
        raise BadRequest("--area says what --grade or --cells is about; for partners that have it, write --covers")
    partnerships = load(context)
    scope = partnerships.select(pool)
    if areas_of or not_of:
        if condition or cells:
            raise BadRequest("--areas-of and --not-of list areas; leave out the conditions on partners, and --cells")
        shared = partnerships.shared(areas_of or (), not_of or (), pool)
        sides = {p.id: p for side in (*shared.of, *shared.not_of) for p in side.partnerships}
        scope = replace(scope, partnerships=tuple(sides.values()), newer=())
        table = framed(partnerships, view.areas(partnerships, shared), scope)
    else:
        found = partnerships.find(condition, pool)
        listed = (view.cells if cells else view.partners)(partnerships, found)
        table = framed(partnerships, listed, scope, newer=found.newer)
    deliver(partnerships, table, format_name, output)
    if exit_code and not table.rows:
        raise typer.Exit(1)
