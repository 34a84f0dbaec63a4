"""The command `export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.cli.options import load
from sdp_matrix.cli.output import emit
from sdp_matrix.text_safety import printable


def run(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new folder, or one of an earlier export.")],
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 where the export is stale, and name the files.")
    ] = False,
) -> None:
    from sdp_matrix.publishing.export import export
    from sdp_matrix.publishing.export import folder as exported

    files, target = export(load(context)), Path(folder)
    if check:
        stale = exported.stale(target, files)
        for name in stale:
            emit(f"{printable(str(target / name))} is stale\n")
        raise typer.Exit(1 if stale else 0)
    changed = exported.write(target, files)
    typer.echo(f"{len(files)} files in {printable(folder)}, {len(changed)} changed", err=True)
