"""Arguments and options that become one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import Areas, AsOf, Everyone, Group, Newest, Partners
from sdp_matrix.model import dates

if TYPE_CHECKING:
    from collections.abc import Callable


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
    partner: Partners = None,
    *,
    group: Group = None,
    as_of: AsOf = None,
    newest: Newest = None,
    _: Annotated[bool, typer.Option("--all", help="All partnerships, which is the default.", hidden=True)] = True,
) -> Selection:
    """Partnerships, all of them by default."""
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
