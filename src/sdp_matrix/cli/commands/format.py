"""The command `format`."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.output import emit
from sdp_matrix.cli.write_or_check import settle
from sdp_matrix.files.folder import data_folder
from sdp_matrix.sanitize import printable


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Data folders or files; else the folder of --data.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
) -> None:
    from sdp_matrix.files.canonical import formatted

    settings: Settings = context.obj
    home = data_folder(settings.data)
    asked = [Path(path) for path in paths or [str(home)]]
    found = formatted(asked, home)
    if diff:
        emit("".join(_difference(path, text) for path, text in found.texts.items()))
    emit("".join(f"{printable(str(problem))}\n" for problem in found.problems))
    fine = not found.texts or (diff and not check)
    fine = fine or settle(found.texts, check=check, fault="would change; run 'sdp format'", within=asked)
    if found.problems:
        typer.echo("files that cannot be read were left as they are", err=True)
    if found.problems or not fine:
        raise typer.Exit(2 if found.problems else 1)


def _difference(path: Path, text: str) -> str:
    before = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    lines = unified_diff(
        before.splitlines(keepends=True), text.splitlines(keepends=True), str(path), f"{path} formatted"
    )
    return printable("".join(lines))
