"""sdp schema."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import Settings, load
from sdp_matrix.cli.output import emit
from sdp_matrix.cli.write_or_check import settle
from sdp_matrix.errors import BadRequest, UnknownName
from sdp_matrix.files.folder import data_folder


def run(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Print this one schema instead.")] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a schema is stale.")] = False,
) -> None:
    """Write the JSON Schemas that editors use into the data folder."""
    from sdp_matrix.files import json_schema  # with pydantic, which help does not need

    if check and name is not None:
        raise BadRequest("--check is about all the schemas of the data folder; leave out --check or the name")

    settings: Settings = context.obj
    texts = json_schema.schemas(load(context))
    if name is not None:
        if name not in json_schema.RECORDS:
            raise UnknownName("schema", name, known=sorted(json_schema.RECORDS))
        emit(texts[f"{name}.schema.json"])
        return
    folder = data_folder(settings.data) / "schema"
    files = {folder / file: text for file, text in texts.items()}
    if not settle(files, check=check, fault="not up to date; run 'sdp schema'"):
        raise typer.Exit(1)
