"""Ask: Where partnerships, or groups of them, differ."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.completion import GROUPS, PARTNERS, names
from sdp_matrix.cli.options import AsOf, Everyone, Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.model import dates

EXAMPLES = ("sdp diff japan india", "sdp diff nato-ally uk,norway", "sdp diff korea")


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
    all_areas: Annotated[bool, typer.Option("--all-areas", help="Also the areas that do not differ.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Footnote what each status rests on.")] = False,
    as_of: AsOf = None,
    everyone: Everyone = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where the sides differ.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import diff as view

    partnerships = load(context)
    found = partnerships.diff(*side, as_of=dates.typed(as_of), everyone=everyone)
    deliver(view.diff(partnerships, found, all_areas=all_areas, evidence=evidence), format_name, output)
    if exit_code and found.differing:
        raise typer.Exit(1)
