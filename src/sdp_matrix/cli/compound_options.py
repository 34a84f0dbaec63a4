"""Arguments and options that become one value: a selection, or the conditions of `find`."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdp_matrix.analysis.search import Condition
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.completion import GROUPS, names
from sdp_matrix.cli.options import Areas, AsOf, Everyone, Group, Newest, Partners, area_option
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import Act, Grade, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = "DAY"


def condition(
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
    topic: Annotated[
        list[Topic] | None, typer.Option(help="Has this topic, which has no row in the table; may be repeated.")
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
    """The conditions of `find`."""
    return Condition(
        covers=tuple(covers or ()),
        exists=tuple(exists or ()),
        lacks=tuple(lacks or ()),
        unknown=tuple(unknown or ()),
        areas=tuple(area or ()),
        groups=tuple(group or ()),
        topics=tuple(topic or ()),
        signed_before=dates.typed(signed_before),
        signed_after=dates.typed(signed_after),
        act=act,
        signed_by=signed_by,
        grade=grade,
    )


def selection(
    partner: Partners = None,
    *,
    area: Areas = None,
    group: Group = None,
    as_of: AsOf = None,
    newest: Newest = None,
    everyone: Everyone = False,
) -> Selection:
    """Partnerships, those of Table 1 where nothing is said, and areas."""
    return Selection(
        partners=tuple(partner or ()),
        areas=tuple(area or ()),
        groups=tuple(group or ()),
        as_of=dates.by(as_of),
        newest=newest,
        everyone=everyone,
    )


def selection_of_all(
    partner: Partners = None, *, group: Group = None, as_of: AsOf = None, newest: Newest = None
) -> Selection:
    """Partnerships, all of them where nothing is said."""
    return selection(partner, group=group, as_of=as_of, newest=newest, everyone=True)


def pool(
    *, area: Areas = None, group: Group = None, as_of: AsOf = None, newest: Newest = None, everyone: Everyone = False
) -> Selection:
    """The partnerships among which sides are looked for, and the areas in which they are compared."""
    return selection(area=area, group=group, as_of=as_of, newest=newest, everyone=everyone)


def pool_of_find(*, as_of: AsOf = None, newest: Newest = None, everyone: Everyone = False) -> Selection:
    """The partnerships among which `find` looks; its conditions name groups and areas."""
    return selection(as_of=as_of, newest=newest, everyone=everyone)


def compound(**builders: Callable[..., object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the parameters of some functions; it gets what each makes of them as one argument of its name."""
    taken = {name: signature(builder, eval_str=True).parameters for name, builder in builders.items()}

    def decorate(run: Callable[..., None]) -> Callable[..., None]:
        own = [p for name, p in signature(run, eval_str=True).parameters.items() if name not in builders]
        added = [p for parameters in taken.values() for p in parameters.values()]

        @wraps(run)
        def command(**arguments: Any) -> None:
            made = {
                name: builders[name](**{p: arguments.pop(p) for p in parameters}) for name, parameters in taken.items()
            }
            run(**arguments, **made)

        parameters = [
            *(p for p in (*own, *added) if p.kind is not Parameter.KEYWORD_ONLY),
            *(p for p in (*added, *own) if p.kind is Parameter.KEYWORD_ONLY),
        ]
        command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        return command

    return decorate
