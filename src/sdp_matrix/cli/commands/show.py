"""Ask: Everything on one partner, area or reference."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.completion import AREAS, PARTNERS, REFERENCES, names
from sdp_matrix.cli.options import Everyone, Format, Output, load
from sdp_matrix.cli.output import deliver

EXAMPLES = ("sdp show korea", "sdp show maritime --all", "sdp show eprs-2026-03")


def run(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A partner, an area or a reference: by id, name, number, code or alias.",
            autocompletion=names(PARTNERS, AREAS, REFERENCES),
        ),
    ],
    *,
    everyone: Everyone = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.registers import Area
    from sdp_matrix.views import area, partnership, reference

    partnerships = load(context)
    match partnerships.named(name):
        case Partnership() as found:
            table = partnership.show(partnerships, found)
        case Area() as found:
            table = area.show(partnerships, found, partnerships.matrix(everyone=everyone).partnerships)
        case found:
            table = reference.show(partnerships, found, partnerships.testimony(found.id))
    deliver(table, format_name, output)
