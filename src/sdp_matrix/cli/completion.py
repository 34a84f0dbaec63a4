"""What the shell offers where a name is expected; asked at every press of TAB, so it reads as little as it can.

The name of a parameter says what it takes: whoever calls an argument `partner` gets partners.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from sdp_matrix.cli.examples import below_help
from sdp_matrix.formats import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Offer(NamedTuple):
    """One word that the shell offers; the protocol of typer asks for the other two."""

    value: str
    help: str | None = None
    type: str = "plain"


PARTNERS, AREAS, GROUPS = "partners", "areas", "groups"

KINDS: Mapping[str, tuple[str, ...]] = {
    "partner": (PARTNERS,),
    "side": (PARTNERS, GROUPS),
    "areas_of": (PARTNERS, GROUPS),
    "not_of": (PARTNERS, GROUPS),
    "area": (AREAS,),
    "covers": (AREAS,),
    "exists": (AREAS,),
    "lacks": (AREAS,),
    "unknown": (AREAS,),
    "group": (GROUPS,),
    "statement": ("statements",),
    "reference": ("references",),
    "field": (AREAS, "fields"),
    "chosen": ("formats",),
}
"""Parameter to what it takes; the names of these kinds are ids, which never need quotes."""

FORMATS: Mapping[str, tuple[str, str]] = {
    "validate": ("sdp_matrix.validation.report", "REPORTS"),
    "cite": ("sdp_matrix.publishing.citation", "STYLES"),
}
"""Command to the module and name of its formats, where they are not those of tables."""

LISTS = ("side", "areas_of", "not_of")
"""Parameters that take lists such as uk,norway as well."""


def attach(command: Any) -> Any:
    """Teach a command what its parameters take, and its help to give examples and to leave out the type of a name."""
    command.epilog = below_help(command.name)
    for parameter in command.params:
        if parameter.name in KINDS:
            parameter.metavar = parameter.metavar or parameter.name.upper()
            parameter.shell_complete = _completer(parameter.name)
        if parameter.param_type_name == "argument" and parameter.metavar:
            parameter.display_type_rich = _no_type
    return command


def _no_type(ctx: Any) -> str:  # noqa: ARG001 - typer's protocol
    return ""


def _completer(parameter: str) -> Any:
    def complete(context: Any, incomplete: str) -> list[Offer]:
        before, comma, begun = incomplete.rpartition(",") if parameter in LISTS else ("", "", incomplete)
        data = context.find_root().params.get("data")
        kinds = KINDS[parameter]
        if "formats" in kinds and context.info_name in FORMATS:
            module, registry = FORMATS[context.info_name]
            names: Iterable[str] = getattr(import_module(module), registry)
        else:
            names = (name for kind in kinds for name in names_for_completion(kind, data))
        return [Offer(before + comma + name) for name in names if name.startswith(begun.casefold())]

    return complete


def names_for_completion(kind: str, data: str | None = None) -> Iterable[str]:
    """Name everything of a kind, in the order of the data; nothing where the data cannot be read."""
    from sdp_matrix.files.folder import data_folder

    folder = data_folder(data)
    if kind == "formats":
        yield from MODULES
    elif kind == "fields":
        from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS

        yield from (*SOURCED_FIELDS, SIGNATORIES_FIELD)
        yield from (GROUP_FIELD + group for group in names_for_completion(GROUPS, data))
    elif kind == PARTNERS:
        # A partnership's file has its id for a name, so the files need not be read.
        with suppress(OSError):
            yield from sorted(file.stem for file in (folder / "partnerships").iterdir() if file.suffix == ".yaml")
    else:
        from sdp_matrix.files import document

        with suppress(OSError):
            listed = document.parse(kind, (folder / f"{kind}.yaml").read_bytes()).mapping.get(kind, [])
            yield from (str(item["id"]) for item in listed if isinstance(item, dict) and "id" in item)
