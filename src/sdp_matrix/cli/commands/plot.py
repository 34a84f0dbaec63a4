"""Publish: Draw a picture: timeline, similarity or coverage."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sdp_matrix.cli.options import AsOf, Everyone, Group, Partners, load
from sdp_matrix.cli.output import write
from sdp_matrix.model import dates
from sdp_matrix.publishing import plots

Kind = StrEnum("Kind", list(plots.KINDS))  # type: ignore[misc]  # the members are those of the registry

EXAMPLES = ("sdp plot timeline -o timeline.svg", "sdp plot coverage --all -o coverage.png")


def run(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=f"{', '.join(plots.KINDS)}.")],
    partner: Partners = None,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to put it: .svg, .png or .pdf.")],
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
) -> None:
    picture = plots.of_file(output)
    partnerships = load(context)
    shown = partnerships.matrix(
        partners=partner or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
    )
    write(output, plots.plot(partnerships, shown, kind.value, picture))
