"""The command `find`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sdp_matrix.analysis.search import Condition, find, shared
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import (
    GROUPS,
    PARTNERS,
    Format,
    Group,
    Output,
    area_option,
    compound,
    load,
    names,
    pool_of_find,
)
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act, Grade, MechanismKind, Topic

_DAY = "DAY"


def condition(
    *,
    covers: Annotated[list[str] | None, area_option(help="Covers this area, or has it already")] = None,
    exists: Annotated[list[str] | None, area_option(help="Has this area already")] = None,
    lacks: Annotated[list[str] | None, area_option(help="Is known not to cover this area")] = None,
    unknown: Annotated[list[str] | None, area_option(help="Not known on this area")] = None,
    group: Group = None,
    signed_before: Annotated[str | None, typer.Option(help="Is of a day before this one.", metavar=_DAY)] = None,
    signed_after: Annotated[str | None, typer.Option(help="Is of a day after this one.", metavar=_DAY)] = None,
    act: Annotated[Act | None, typer.Option(help="What was done that day.")] = None,
    signed_by: Annotated[
        str | None, typer.Option(help="Part of the name of a signatory; case and accents do not count.", metavar="TEXT")
    ] = None,
    grade: Annotated[
        Grade | None, typer.Option(help="How well the areas named are supported, or any area if none is named.")
    ] = None,
    area: Annotated[
        list[str] | None,
        area_option("--area", "-a", help="Area that --grade is about"),
    ] = None,
) -> Condition:
    """The conditions of `find`."""
    return Condition(
        covers=tuple(covers or ()),
        exists=tuple(exists or ()),
        lacks=tuple(lacks or ()),
        unknown=tuple(unknown or ()),
        areas=tuple(area or ()),
        groups=tuple(group or ()),
        signed_before=dates.parse_day(signed_before),
        signed_after=dates.parse_day(signed_after),
        act=act,
        signed_by=signed_by,
        grade=grade,
    )


def beside_areas(
    *,
    topic: Annotated[
        list[Topic] | None,
        typer.Option(
            metavar="TOPIC",
            help=f"Has this topic, which has no row in the table: {', '.join(Topic)}; may be repeated.",
        ),
    ] = None,
    mechanism: Annotated[
        list[MechanismKind] | None,
        typer.Option(
            metavar="KIND",
            help=f"Has this mechanism on record: {', '.join(MechanismKind)}; may be repeated.",
        ),
    ] = None,
) -> Condition:
    """The conditions of `find` on what has no row in the table."""
    return Condition(topics=tuple(topic or ()), mechanisms=tuple(mechanism or ()))


@compound(condition=condition, beside=beside_areas, pool=pool_of_find)
def run(
    context: typer.Context,
    *,
    condition: Condition,
    beside: Condition,
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

    condition = replace(condition, topics=beside.topics, mechanisms=beside.mechanisms)
    if condition.areas and not (condition.grade or cells):
        raise RequestError("--area says what --grade or --cells is about; for partners that have it, write --covers")
    partnerships = load(context)
    if areas_of or not_of:
        if condition or cells:
            raise RequestError("--areas-of and --not-of list areas; leave out the conditions on partners, and --cells")
        table = view.areas(partnerships, shared(partnerships, areas_of or (), not_of or (), pool))
    else:
        table = (view.cells if cells else view.partners)(partnerships, find(partnerships, condition, pool))
    deliver(context, table, format_name, output)
    if exit_code and not table.rows:
        raise typer.Exit(1)
