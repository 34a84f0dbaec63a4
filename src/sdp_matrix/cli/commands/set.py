"""The command `set`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.change import make
from sdp_matrix.cli.completion import AREAS, PARTNERS, REFERENCES, names


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="Partner.", autocompletion=names(PARTNERS))],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="An area, date or act.", autocompletion=names(AREAS))],
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="covered, not-covered, already-exists or unknown; a day; or an act."),
    ],
    *,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference", metavar="ID", help="Reference that supports the value.", autocompletion=names(REFERENCES)
        ),
    ] = None,
    locator: Annotated[
        str | None, typer.Option("--locator", help="Section, table or page of the reference.", metavar="TEXT")
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", help="Why this value, where evidence disagrees.", metavar="TEXT")
    ] = None,
    departure: Annotated[
        str | None, typer.Option("--departure", help="Why it is not what Table 1 prints.", metavar="TEXT")
    ] = None,
) -> None:
    from sdp_matrix.authoring.set_value import set_value

    more = {"reference": reference, "locator": locator, "note": note, "departure": departure}
    make(context, lambda home: set_value(home, partner, field, value, **more))
