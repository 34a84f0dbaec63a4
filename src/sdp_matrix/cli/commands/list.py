"""The command `list`."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.options import Format, Output, compound, load, selection_of_all
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.formats.table import Table
    from sdp_matrix.model.dataset import Dataset


class Kind(StrEnum):
    """What can be listed."""

    PARTNERS = "partners"
    AREAS = "areas"
    GROUPS = "groups"
    REFERENCES = "references"
    PROSPECTS = "prospects"
    CONTESTED = "contested"
    GRADES = "grades"
    GAPS = "gaps"
    MECHANISMS = "mechanisms"
    EDITIONS = "editions"
    STATEMENTS = "statements"


_WHOLE = {Kind.AREAS, Kind.GROUPS, Kind.REFERENCES, Kind.PROSPECTS, Kind.EDITIONS, Kind.STATEMENTS}
"""What is listed whole, whatever partnerships are chosen."""


@compound(selection=selection_of_all)
def run(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"{', '.join(Kind)}.", autocompletion=lambda: list(Kind))],
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    kind = _kind(what)
    if kind in _WHOLE and selection != Selection(everyone=True):
        raise RequestError(f"'sdp list {kind}' lists all {kind}; leave out partners, groups and days")
    if kind is Kind.EDITIONS:
        deliver(context, _editions(context), format_name, output)
        return
    partnerships = load(context)
    deliver(context, _table(partnerships, kind, selection), format_name, output)


def _kind(text: str) -> Kind:
    """Return the kind of a list, which people also name in the singular; raises `UnknownNameError`."""
    plural = text.casefold() if text.casefold() in {*Kind} else f"{text.casefold()}s"
    try:
        return Kind(plural)
    except ValueError:
        raise UnknownNameError("list", text, near=get_close_matches(text, [*Kind]), known=[*Kind]) from None


def _editions(context: typer.Context) -> Table:
    from sdp_matrix.files import git_history
    from sdp_matrix.files.folder import data_folder
    from sdp_matrix.views import changes

    return changes.editions(git_history.editions(data_folder(context.obj.data)))


def _table(partnerships: Dataset, what: Kind, selection: Selection) -> Table:
    from sdp_matrix.analysis.grading import contested
    from sdp_matrix.analysis.search import gaps
    from sdp_matrix.views import evidence, lists

    whole: dict[Kind, Callable[[Dataset], Table]] = {
        Kind.AREAS: lists.areas,
        Kind.GROUPS: lists.groups,
        Kind.REFERENCES: lists.references,
        Kind.PROSPECTS: lists.prospects,
        Kind.STATEMENTS: lists.statements,
    }
    if what in whole:
        return whole[what](partnerships)
    scope = select(partnerships, selection)
    tables: dict[Kind, Callable[[], Table]] = {
        Kind.PARTNERS: lambda: lists.partners(partnerships, scope),
        Kind.CONTESTED: lambda: evidence.contested(partnerships, contested(partnerships, selection), scope),
        Kind.GRADES: lambda: evidence.grades(partnerships, scope),
        Kind.GAPS: lambda: lists.gaps(partnerships, gaps(partnerships, selection), scope),
        Kind.MECHANISMS: lambda: lists.mechanisms(partnerships, scope),
    }
    return tables[what]()
