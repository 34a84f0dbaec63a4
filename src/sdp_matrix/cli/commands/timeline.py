"""Ask: Signatures and milestones in order of date."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix import formats
from sdp_matrix.cli.completion import PARTNERS, names
from sdp_matrix.cli.options import AsOf, Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.model import dates

EXAMPLES = ("sdp timeline japan india",)


def run(
    context: typer.Context,
    partner: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PARTNER", help="Only these partners; else all of them.", autocompletion=names(PARTNERS)
        ),
    ] = None,
    *,
    as_of: AsOf = None,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import timeline as view

    partnerships = load(context)
    day = dates.typed(as_of)
    found = partnerships.timeline(*(partner or []), as_of=day)
    # Lanes need a font in which every character is as wide as the next.
    written = format_name or (formats.of_file(output) if output else formats.TEXT)
    deliver(view.timeline(partnerships, found, lanes=written == formats.TEXT, as_of=day), format_name, output)
