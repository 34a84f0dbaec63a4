"""The command `find`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import GROUPS, Format, Options, Output, grouped, load, name_option, selection
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dates import parse_period_end, parse_period_start
from sdp_matrix.model.vocabulary import Act, Grade, MechanismKind, Topic

CONDITION = Options(
    Condition,
    {
        "covers": (list[str], name_option("area", help="Covers this area, or already has it")),
        "exists": (list[str], name_option("area", help="Already has this area")),
        "lacks": (list[str], name_option("area", help="Known not to cover this area")),
        "unknown": (list[str], name_option("area", help="Not known whether this area is covered")),
        "groups": GROUPS,
        "signed_before": (str, typer.Option(parser=parse_period_start, help="Signed before this day.", metavar="DAY")),
        "signed_after": (str, typer.Option(parser=parse_period_end, help="Signed after this day.", metavar="DAY")),
        "act": (Act, typer.Option(help="What was done on the day of the partnership.")),
        "signed_by": (
            str,
            typer.Option(help="Part of a signatory's name; case and accents are ignored.", metavar="TEXT"),
        ),
        "grade": (Grade, typer.Option(help="Grade of the areas named, or of any area if none is named.")),
        "areas": (list[str], name_option("area", "--area", "-a", help="Area that --grade applies to")),
        "topics": (
            list[Topic],
            typer.Option(
                "--topic",
                metavar="TOPIC",
                help=f"Mentions this topic, which has no row in the table: {', '.join(Topic)}; may be repeated.",
            ),
        ),
        "mechanisms": (
            list[MechanismKind],
            typer.Option(
                "--mechanism", metavar="KIND", help=f"Has this mechanism: {', '.join(MechanismKind)}; may be repeated."
            ),
        ),
    },
)


@grouped(condition=CONDITION, selection=selection("as_of", "newest", "everyone"))
def find(
    context: typer.Context,
    *,
    condition: Condition,
    selection: Selection,
    cells: Annotated[bool, typer.Option("--cells", help="List cells instead of partners.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if nothing is found.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.search import find
    from sdp_matrix.views import lists

    if condition.areas and not (condition.grade or cells):
        raise RequestError("--area says what --grade or --cells is about; for partners that have it, write --covers")
    dataset = load(context)
    table = (lists.cells if cells else lists.search_result)(dataset, find(dataset, condition, selection))
    deliver(context, table, format_name, output)
    if exit_code and not table.rows:  # partnerships, or with --cells their cells
        raise typer.Exit(1)
