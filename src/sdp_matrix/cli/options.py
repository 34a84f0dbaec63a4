"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

import typer

from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.completion import names
from sdp_matrix.errors import UnknownNameError
from sdp_matrix.formats import RENDERERS
from sdp_matrix.matching import fold
from sdp_matrix.model import dates

if TYPE_CHECKING:  # a shell waits for these modules at TAB, and they for pydantic
    from sdp_matrix.model.dataset import Dataset


def format_option(listed: Iterable[str], help: str = "") -> Any:  # noqa: A002 - typer's word
    """Declare the option that names the format to write."""
    text = help or f"{', '.join(listed)}."
    return typer.Option("--format", "-f", metavar="FORMAT", help=text, autocompletion=lambda: list(listed))


def name_option(kind: str, *flags: str, help: str) -> Any:  # noqa: A002 - typer's word
    """Declare an option that takes names of a kind."""
    completion = names(f"{kind}s")
    return typer.Option(*flags, metavar=kind.upper(), help=f"{help}; may be repeated.", autocompletion=completion)


def name_argument(metavar: str, help: str, *kinds: str) -> Any:  # noqa: A002 - typer's word
    """Declare an argument that takes names of some kinds."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=names(*kinds))


Format = Annotated[
    str | None, format_option(RENDERERS, f"{', '.join(RENDERERS)} (default: by the suffix of --output).")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.", metavar="FILE")
]
Fields: TypeAlias = dict[str, tuple[Any, Any]]  # the fields of a value, each with its type and its option

GROUPS = (list[str], name_option("group", "--group", "-g", help="Only members of this group"))


def _partners(default: str) -> tuple[Any, Any]:
    text = f"Partners, groups, lists such as uk,norway, or all (default: {default})."
    return list[str], name_argument("PARTNER", text, "partners", "groups")


SELECTION: Fields = {
    "partners": _partners("those of Table 1"),
    "areas": (list[str], name_option("area", "--area", "-a", help="Only this area, or list of areas")),
    "groups": GROUPS,
    "as_of": (
        str,
        typer.Option(
            parser=dates.parse_period_end, help="As of this day: 2025-06-30, 'June 2025' or 2025.", metavar="DAY"
        ),
    ),
    "newest": (int, typer.Option(help="Only the newest N of all partnerships.", metavar="N")),
    "everyone": (bool, typer.Option("--all", help="Include the partnerships that are newer than the table.")),
}

OF_ALL: Fields = {  # for commands that list every partnership by default; there --all is accepted, but hidden
    "partners": _partners("all"),
    **{field: SELECTION[field] for field in ("groups", "as_of", "newest")},
    "everyone": (bool, typer.Option("--all", help="All partnerships, which is the default.", hidden=True)),
}


class Options(NamedTuple):
    """Options that a command gets as a single value: what `make` returns for those that are given."""

    make: Callable[..., object]
    fields: Fields


def selection(*fields: str) -> Options:
    """Return the options for these fields of a `Selection`, else for all."""
    return Options(Selection, {field: SELECTION[field] for field in fields or SELECTION})


def grouped(**groups: Options) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Merge the options of each group into the command's signature; the command gets the group's value."""

    def decorate(run: Callable[..., None]) -> Callable[..., None]:
        @wraps(run)
        def command(**arguments: Any) -> None:
            for name, (make, fields) in groups.items():
                values = {field: arguments.pop(field) for field in fields}
                arguments[name] = make(**{field: value for field, value in values.items() if value is not None})
            run(**arguments)

        # typer reads the options from the signature; keywords alone may have defaults before parameters without.
        parameters: list[Parameter] = []
        for name, parameter in signature(run, eval_str=True).parameters.items():
            if name in groups:
                parameters += [
                    Parameter(field, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option])
                    for field, (kind, option) in groups[name].fields.items()
                ]
            else:
                parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
        command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        return command

    return decorate


def load(context: typer.Context) -> Dataset:
    """Load the data set that the command line names; raises `UnknownNameError` for a name in two words, unquoted."""
    from sdp_matrix.validation import validate

    dataset = validate.load(context.obj.data)
    words = filter(fold, context.params.get("partners") or context.params.get("side") or ())
    for first, second in pairwise(words):  # else "united kingdom" is the United Kingdom, and the Kingdom of Norway
        if any(fold(f"{first} {second}") in map(fold, partnership.names) for partnership in dataset.partnerships):
            raise UnknownNameError("partner", first)
    return dataset
