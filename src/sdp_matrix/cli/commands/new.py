"""Write data: Begin the file of a partnership, every area unknown."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.completion import REFERENCES, names
from sdp_matrix.cli.options import Settings
from sdp_matrix.files.folder import data_folder
from sdp_matrix.files.writing import write_all
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act
from sdp_matrix.sanitize import printable

EXAMPLES = ("sdp new latvia --name Latvia --iso LV",)


def run(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="ID", help="Id and file name: lower-case words and hyphens.")],
    *,
    name: Annotated[str, typer.Option("--name", help="Name of the partner.", metavar="NAME")],
    iso: Annotated[str, typer.Option("--iso", help="ISO 3166-1 alpha-2 code of the partner.", metavar="XX")],
    act: Annotated[Act | None, typer.Option("--act", help="What was done; needs --reference.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Day of the act (YYYY-MM-DD); needs --reference.", metavar="DAY")
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference",
            metavar="ID",
            help="Id of the reference that gives act and date.",
            autocompletion=names(REFERENCES),
        ),
    ] = None,
    locator: Annotated[
        str | None, typer.Option("--locator", help="Section or table of the reference.", metavar="TEXT")
    ] = None,
) -> None:
    from sdp_matrix.authoring.new import NewPartnership, new_partnership

    settings: Settings = context.obj
    begun = NewPartnership(
        id=partner, name=name, iso=iso, act=act, date=dates.typed(day), reference=reference, locator=locator
    )
    folder = data_folder(settings.data)
    files = new_partnership(folder, begun)
    write_all({path: text.encode() for path, text in files.items()}, within=folder)
    typer.echo(f"{printable(str(next(iter(files))))} was written; every area is unknown until you say so", err=True)
