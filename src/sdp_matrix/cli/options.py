"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

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


Format = Annotated[
    str | None, format_option(RENDERERS, f"{', '.join(RENDERERS)} (default: by the suffix of --output).")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.", metavar="FILE")
]
Groups = Annotated[list[str] | None, name_option("group", "--group", "-g", help="Only members of this group")]


def _partners(default: str) -> Any:
    text = f"Partners, groups, lists such as uk,norway, or all (default: {default})."
    argument = typer.Argument(metavar="PARTNER", help=text, autocompletion=names("partners", "groups"))
    return Annotated[list[str] | None, argument]


SELECTION: dict[str, Any] = {  # the fields of `Selection`, each with its option
    "partners": _partners("those of Table 1"),
    "areas": Annotated[list[str] | None, name_option("area", "--area", "-a", help="Only this area, or list of areas")],
    "groups": Groups,
    "as_of": Annotated[
        str | None,
        typer.Option(
            parser=dates.parse_period_end, help="As of this day: 2025-06-30, 'June 2025' or 2025.", metavar="DAY"
        ),
    ],
    "newest": Annotated[int | None, typer.Option(help="Only the newest N of all partnerships.", metavar="N")],
    "everyone": Annotated[bool, typer.Option("--all", help="Include the partnerships that are newer than the table.")],
}

OF_ALL: dict[str, Any] = {  # for commands that list every partnership by default; there --all is accepted, but hidden
    "partners": _partners("all"),
    **{field: SELECTION[field] for field in ("groups", "as_of", "newest")},
    "everyone": Annotated[bool, typer.Option("--all", help="All partnerships, which is the default.", hidden=True)],
}


class Options(NamedTuple):
    """Options that a command gets as a single value: what `make` returns for the fields, each with its option."""

    make: Callable[..., object]
    fields: dict[str, Any]

    def parameters(self) -> list[Parameter]:
        """Return the parameters that typer is to read; a flag is off by default, any other option None."""
        defaults = {field: False if get_args(option)[0] is bool else None for field, option in self.fields.items()}
        return [
            Parameter(field, Parameter.KEYWORD_ONLY, default=defaults[field], annotation=option)
            for field, option in self.fields.items()
        ]

    def value(self, arguments: dict[str, Any]) -> object:
        """Take the fields out of the arguments, and make the value."""
        values = {field: arguments.pop(field) for field in self.fields}
        # typer makes lists, which cannot be part of a frozen value
        frozen = {field: tuple(value) if isinstance(value, list) else value for field, value in values.items()}
        return self.make(**{field: value for field, value in frozen.items() if value is not None})


def selection(*fields: str) -> Options:
    """Return the options for these fields of a `Selection`, else for all."""
    return Options(Selection, {field: SELECTION[field] for field in fields or SELECTION})


def grouped(**groups: Options) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Merge the options of each group into the command's signature; the command gets the group's value."""

    def decorate(run: Callable[..., None]) -> Callable[..., None]:
        @wraps(run)
        def command(**arguments: Any) -> None:
            values = {name: options.value(arguments) for name, options in groups.items()}
            run(**arguments, **values)

        # typer reads the options from the signature; keywords alone may have defaults before parameters without.
        parameters: list[Parameter] = []
        for name, parameter in signature(run, eval_str=True).parameters.items():
            own = [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
            parameters += groups[name].parameters() if name in groups else own
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
