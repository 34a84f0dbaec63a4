"""The command `factcheck`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.options import STATEMENTS, AsOf, Format, Output, load, names
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError
from sdp_matrix.model import dates


def run(
    context: typer.Context,
    statement: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Statements to check, by id; else all.", autocompletion=names(STATEMENTS)),
    ] = None,
    *,
    as_of: AsOf = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 where a verdict is not the one on record.")
    ] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.factcheck import factcheck
    from sdp_matrix.views import factcheck as view
    from sdp_matrix.views.parts import dated

    if check and as_of:
        raise RequestError("the verdicts on record are those of today: leave out --check or --as-of")
    partnerships = load(context)
    day = dates.parse_period_end(as_of)
    results = factcheck(partnerships, *(statement or []), as_of=day)
    unexpected = [f for f in results if not f.as_expected] if check else None
    select(partnerships, Selection(everyone=True, as_of=day))  # a day before the first partnership is refused
    table = view.findings(partnerships, results, as_of=day, unexpected=unexpected)
    deliver(context, dated(partnerships, table, day), format_name, output)
    if unexpected:
        raise typer.Exit(1)
