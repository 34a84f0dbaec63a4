"""The command `diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import GROUPS, PARTNERS, Format, Output, compound, load, names, pool
from sdp_matrix.cli.output import deliver


@compound(pool=pool)
def run(
    context: typer.Context,
    side: Annotated[
        list[str],
        typer.Argument(
            metavar="SIDE",
            help="Partners, groups or lists such as uk,norway; one side alone is compared with all others.",
            autocompletion=names(PARTNERS, GROUPS),
        ),
    ],
    *,
    pool: Selection,
    all_areas: Annotated[bool, typer.Option("--all-areas", help="Also the areas that do not differ.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Footnote what each status rests on.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where the sides differ.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.comparison import diff
    from sdp_matrix.views import diff as view

    partnerships = load(context)
    comparison = diff(partnerships, *side, selection=pool)
    table = view.diff(partnerships, comparison, all_areas=all_areas, evidence=evidence)
    deliver(context, table, format_name, output)
    if exit_code and comparison.differing:
        raise typer.Exit(1)
