"""The conditions of `find` and `groups`: a dozen options that become one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.cli.completion import GROUPS, names
from sdp_matrix.cli.options import area_option
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act, Grade

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = "DAY"


def _condition(
    *,
    covers: Annotated[list[str] | None, area_option(help="Covers this area, or has it already")] = None,
    exists: Annotated[list[str] | None, area_option(help="Has this area already")] = None,
    lacks: Annotated[list[str] | None, area_option(help="Is known not to cover this area")] = None,
    unknown: Annotated[list[str] | None, area_option(help="Not known on this area")] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group",
            "-g",
            metavar="GROUP",
            help="Belongs to this group; may be repeated.",
            autocompletion=names(GROUPS),
        ),
    ] = None,
    signed_before: Annotated[str | None, typer.Option(help="Is of a day before this one.", metavar=_DAY)] = None,
    signed_after: Annotated[str | None, typer.Option(help="Is of a day after this one.", metavar=_DAY)] = None,
    act: Annotated[Act | None, typer.Option(help="What was done that day.")] = None,
    signed_by: Annotated[
        str | None, typer.Option(help="Part of the name of a signatory; case and accents do not count.", metavar="TEXT")
    ] = None,
    grade: Annotated[
        Grade | None, typer.Option(help="How well the areas named are supported, or any area if none is named.")
    ] = None,
    area: Annotated[
        list[str] | None,
        area_option("--area", "-a", help="Area that --grade is about"),
    ] = None,
) -> Condition:
    return Condition(
        covers=tuple(covers or ()),
        exists=tuple(exists or ()),
        lacks=tuple(lacks or ()),
        unknown=tuple(unknown or ()),
        areas=tuple(area or ()),
        groups=tuple(group or ()),
        signed_before=dates.typed(signed_before),
        signed_after=dates.typed(signed_after),
        act=act,
        signed_by=signed_by,
        grade=grade,
    )


def with_condition(run: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a condition; its function takes them as one argument `condition`."""
    own = signature(run, eval_str=True)
    options = signature(_condition, eval_str=True).parameters
    first = [p for p in own.parameters.values() if p.kind is not Parameter.KEYWORD_ONLY]
    last = [p for n, p in own.parameters.items() if p.kind is Parameter.KEYWORD_ONLY and n != "condition"]

    @wraps(run)
    def command(**arguments: Any) -> None:
        said = {name: arguments.pop(name) for name in options}
        run(**arguments, condition=_condition(**said))

    command.__signature__ = own.replace(parameters=[*first, *options.values(), *last])  # type: ignore[attr-defined]
    return command
