"""Ask: The partners, cells or areas that fulfil conditions.

All conditions have to hold. What is not known is neither covered nor lacking; those it concerns are named below.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.cli.completion import GROUPS, PARTNERS, names
from sdp_matrix.cli.options import AsOf, Everyone, Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.cli.search_options import with_condition
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates

EXAMPLES = ("sdp find --covers maritime --lacks consular", "sdp find --grade contested --cells")


@with_condition
def run(
    context: typer.Context,
    *,
    condition: Condition,
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
    as_of: AsOf = None,
    everyone: Everyone = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where nothing is found.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import search as view

    if condition.areas and not (condition.grade or cells):
        raise BadRequest("--area says what --grade or --cells is about; for partners that have it, write --covers")
    partnerships = load(context)
    day = dates.typed(as_of)
    if areas_of or not_of:
        if condition or cells:
            raise BadRequest("--areas-of and --not-of list areas; leave out the conditions on partners, and --cells")
        shared = partnerships.shared(areas_of or (), not_of or (), as_of=day, everyone=everyone)
        table = view.areas(partnerships, shared)
    else:
        found = partnerships.find(condition, as_of=day, everyone=everyone)
        table = (view.cells if cells else view.partners)(partnerships, found)
    deliver(table, format_name, output)
    if exit_code and not table.rows:
        raise typer.Exit(1)
