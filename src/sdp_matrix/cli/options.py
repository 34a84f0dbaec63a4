"""Arguments and options that several commands share, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdp_matrix.cli.completion import AREAS, GROUPS, PARTNERS, names
from sdp_matrix.formats import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.problem import Problem


def format_option(listed: Iterable[str], help: str = "") -> Any:  # noqa: A002 - typer's word
    """Declare the option that says which of some formats is written."""
    return typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=help or f"{', '.join(listed)}.",
        autocompletion=lambda: list(listed),
    )


def area_option(*flags: str, help: str) -> Any:  # noqa: A002 - typer's word
    """Declare an option that takes areas."""
    return typer.Option(*flags, metavar="AREA", help=f"{help}; may be repeated.", autocompletion=names(AREAS))


Format = Annotated[str | None, format_option(MODULES, f"{', '.join(MODULES)}; else the suffix of --output says.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to this file instead of the screen.", metavar="FILE"),
]
Partners = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PARTNER",
        help="Partners, groups, lists such as uk,norway, or all; else those of Table 1.",
        autocompletion=names(PARTNERS, GROUPS),
    ),
]
Areas = Annotated[list[str] | None, area_option("--area", "-a", help="Only this area, or list of areas")]
Group = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        "-g",
        metavar="GROUP",
        help="Only members of this group; may be repeated.",
        autocompletion=names(GROUPS),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Only what there was on this day: 2025-06-30, 2025-06 or 2025.", metavar="DAY"),
]
Newest = Annotated[int | None, typer.Option("--newest", help="Only the newest N, of all partnerships.", metavar="N")]
Everyone = Annotated[bool, typer.Option("--all", help="Also the partnerships that are newer than the table.")]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said before the name of the command."""

    data: str | None = None


def load(context: typer.Context) -> Dataset:
    """Load the data set that the command line asks for."""
    from sdp_matrix.validation import loading

    settings: Settings = context.obj
    return loading.load(settings.data)


def load_to_verify(context: typer.Context) -> tuple[Dataset, tuple[Problem, ...]]:
    """Load it also where departures from the published table are wrong, with the problems of these."""
    from sdp_matrix.validation import loading

    settings: Settings = context.obj
    return loading.load_to_verify(settings.data)
