"""Options that several commands share, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.formats import MODULES

if TYPE_CHECKING:
    from sdp_matrix.api import Partnerships

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help=f"{', '.join(MODULES)}; else the suffix of --output says.",
        metavar="FORMAT",
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to this file instead of the screen.", metavar="FILE"),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Only partnerships of this day or earlier (YYYY-MM-DD).", metavar="DAY"),
]
Group = Annotated[
    list[str] | None,
    typer.Option("--group", "-g", metavar="GROUP", help="Only members of this group; may be repeated."),
]
Everyone = Annotated[bool, typer.Option("--all", help="Also the partnerships that are newer than the table.")]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said before the name of the command."""

    data: str | None = None


def load(context: typer.Context) -> Partnerships:
    """Load the data set that the command line asks for."""
    from sdp_matrix.api import load as load_folder

    settings: Settings = context.obj
    return load_folder(settings.data)
