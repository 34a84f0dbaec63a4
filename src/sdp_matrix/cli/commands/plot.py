"""sdp plot."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sdp_matrix.cli.options import AsOf, Everyone, Group, load
from sdp_matrix.cli.output import write
from sdp_matrix.model import dates
from sdp_matrix.publishing import plots

Kind = StrEnum("Kind", list(plots.KINDS))  # type: ignore[misc]  # the members are those of the registry


def run(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=f"{', '.join(plots.KINDS)}.")],
    partner: Annotated[list[str] | None, typer.Argument(help="Partners to draw; else those of Table 1.")] = None,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to put it: .svg, .png or .pdf.")],
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
) -> None:
    """A picture for a briefing: matrix, timeline, similarity or coverage."""
    picture = plots.of_file(output)
    partnerships = load(context)
    shown = partnerships.matrix(
        partners=partner or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
    )
    write(output, plots.plot(partnerships, shown, kind.value, picture))
