"""Changes of data, written and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sdp_matrix.files.folder import data_folder, shown_as
from sdp_matrix.files.writing import alone, write_all
from sdp_matrix.sanitize import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sdp_matrix.authoring.change import Change
    from sdp_matrix.cli.options import Settings


def make(context: typer.Context, change: Callable[[Path], Change]) -> None:
    """Make a change of the data folder: all files or none; say what was changed and what follows.

    Raises what the change raises, and `OutputFailed` where a file cannot be written.
    """
    settings: Settings = context.obj
    home = data_folder(settings.data)
    with alone(home):
        made = change(home)
        write_all({path: text.encode() for path, text in made.files.items()}, within=[home])
    for line in made.words:
        typer.echo(printable(line), err=True)
    written = ", ".join(map(shown_as, made.files))
    typer.echo(printable(f"written: {written}" if written else "nothing had to be written"), err=True)
