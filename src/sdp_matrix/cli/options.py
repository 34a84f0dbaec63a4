"""Arguments and options that several commands share: what they mean, and what the shell offers for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.app import Settings
from sdp_matrix.formats import MODULES
from sdp_matrix.model import dates

if TYPE_CHECKING:
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.problem import Problem

PARTNERS, AREAS, GROUPS, REFERENCES, STATEMENTS, FIELDS = (
    "partners",
    "areas",
    "groups",
    "references",
    "statements",
    "fields",
)
"""Kinds of names; they are ids, which never need quotes."""


_ID = re.compile(r"^ *(?:- +)?id: ['\"]?([a-z0-9-]+)['\"]?\s*(?:#.*)?$", re.MULTILINE)


def names(*kinds: str) -> Callable[[Any, str], list[str]]:
    """Make the completion of a parameter that takes names of these kinds, or a list of them such as uk,norway."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        before, comma, _ = incomplete.rpartition(",")
        data = ctx.find_root().params.get("data")
        return [before + comma + name for kind in kinds for name in names_for_completion(kind, data)]

    return complete


def names_for_completion(kind: str, data: str | None = None) -> Iterable[str]:
    """Name everything of a kind, in the order of the data; nothing where the data cannot be read."""
    from sdp_matrix.files.folder import data_folder

    folder = data_folder(data)
    if kind == FIELDS:
        from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS

        yield from (*SOURCED_FIELDS, SIGNATORIES_FIELD)
        yield from (GROUP_FIELD + group for group in names_for_completion(GROUPS, data))
    elif kind == PARTNERS:
        # A partnership's file has its id for a name, so the files need not be read.
        with suppress(OSError):
            yield from sorted(file.stem for file in (folder / "partnerships").iterdir() if file.suffix == ".yaml")
    else:
        # The ids of a register are found without YAML, which takes longer than the rest.
        with suppress(OSError):
            yield from _ID.findall((folder / f"{kind}.yaml").read_bytes().decode("utf-8", "replace"))


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


def load(context: typer.Context) -> Dataset:
    """Load the data set that the command line asks for."""
    from sdp_matrix.validation import validate

    settings: Settings = context.obj
    return validate.load(settings.data)


def load_to_verify(context: typer.Context) -> tuple[Dataset, tuple[Problem, ...]]:
    """Load it also where departures from the published table are wrong, with the problems of these."""
    from sdp_matrix.validation import validate

    settings: Settings = context.obj
    return validate.load_to_verify(settings.data)


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
        as_of=dates.parse_period_end(as_of),
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
