"""Ask: Table 1: areas of cooperation by partners."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.matrix import Order
from sdp_matrix.cli.options import AsOf, Everyone, Format, Group, Output, Partners, area_option, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates

EXAMPLES = ("sdp matrix --all", "sdp matrix japan india --area 15", "sdp matrix --grades -o table-1.html")


def run(
    context: typer.Context,
    partner: Partners = None,
    *,
    area: Annotated[list[str] | None, area_option("--area", "-a", help="Only this area")] = None,
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    sort: Annotated[Order | None, typer.Option(help="Order of the columns.")] = None,
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Exactly what the published table prints.")
    ] = False,
    grades: Annotated[
        bool, typer.Option("--grades", help="Mark what is contested, and what one publisher alone says.")
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="An empty sheet for a second coder, with the codebook's rules; see verify.")
    ] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import coding_sheet
    from sdp_matrix.views import matrix as view

    if blank and (grades or as_published):
        raise BadRequest("--blank shows none of our marks: leave out --grades and --as-published")
    partnerships = load(context)
    shown = partnerships.matrix(
        partners=partner or [],
        areas=area or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
        order=sort,
        as_published=as_published,
    )
    table = coding_sheet.coding_sheet(partnerships, shown) if blank else view.matrix(partnerships, shown, grades=grades)
    deliver(table, format_name, output)
