"""Ask: What a value rests on: grade, evidence and meaning."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.completion import AREAS, FIELDS, PARTNERS, names
from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver

EXAMPLES = ("sdp explain uk consular", "sdp explain albania date", "sdp explain india group:nato-global-partner")


def run(
    context: typer.Context,
    partner: Annotated[
        str, typer.Argument(metavar="PARTNER", help="By id, name, code or alias.", autocompletion=names(PARTNERS))
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help="An area, or: date, act, place, occasion, signatories, group:NAME.",
            autocompletion=names(AREAS, FIELDS),
        ),
    ],
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import explain as view

    partnerships = load(context)
    deliver(view.explanation(partnerships, partnerships.explain(partner, field)), format_name, output)
