"""The commands that look something up by its name: `show`, `explain`, `list`."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

import typer

from sdp_matrix.analysis.selection import ALL, Selection, select
from sdp_matrix.cli.completion import names
from sdp_matrix.cli.options import OF_ALL, Format, Options, Output, grouped, load, selection
from sdp_matrix.cli.output import deliver
from sdp_matrix.cli.suggestions import find_prospect
from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.formats.table import Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area, Reference


@grouped(selection=selection("as_of", "newest", "everyone"))
def show(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A partner, an area or a reference by any of its names; a group, or a list.",
            autocompletion=names("partners", "areas", "references", "groups"),
        ),
    ],
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    dataset = load(context)
    table = _portrait(dataset, name, selection)
    if find_prospect(dataset, name):
        table = replace(table, hints=(*table.hints, f"{name} is also a prospect: sdp list prospects"))
    deliver(context, table, format_name, output)


def _portrait(dataset: Dataset, name: str, selection: Selection) -> Table:
    from sdp_matrix.analysis.grading import mentions, testimony
    from sdp_matrix.views import show

    match _find_named(dataset, name):
        case Partnership() as partnership:
            return show.partnership(dataset, _on_day(partnership, selection), selection.as_of)
        case Reference() as reference:
            if selection != Selection():
                raise RequestError("a reference does not change with time; leave out --as-of, --newest and --all")
            return show.reference(dataset, reference, testimony(dataset, reference.id), mentions(dataset, reference.id))
        case Area() as area:
            return show.area(dataset, area, select(dataset, selection))
        case _:
            return _several(dataset, name, selection)


def _find_named(dataset: Dataset, name: str) -> object:
    """Return what has this name; None for all, and for a list."""
    if name.casefold() == ALL:
        return None
    try:
        return dataset.named(name)
    except UnknownNameError:
        if "," in name:
            return None
        raise


def _on_day(partnership: Partnership, selection: Selection) -> Partnership:
    """Return a partnership with the milestones up to the day; raises `RequestError` if it was not there yet."""
    if selection.newest or selection.everyone:
        raise RequestError(
            f"{partnership.name} is a single partner; leave out --newest and --all, which choose among several"
        )
    if (day := selection.as_of) is None:
        return partnership
    if not partnership.is_dated_by(day):
        absence = f"there was no partnership with {partnership.name} on {dates.in_words(day)}"
        raise RequestError(f"{absence}; leave out --as-of, or ask for a later day")
    milestones = tuple(m for m in partnership.milestones if dates.last_day(m.date) <= day)
    return partnership.model_copy(update={"milestones": milestones})


def _several(dataset: Dataset, name: str, selection: Selection) -> Table:
    """Return the areas of a list by partners; else the partners that are named."""
    from sdp_matrix.analysis.matrix import matrix
    from sdp_matrix.views import lists
    from sdp_matrix.views import matrix as view

    try:
        return view.matrix(dataset, matrix(dataset, replace(selection, areas=(name,))))
    except UnknownNameError:
        return lists.partners(dataset, select(dataset, replace(selection, partners=(name,))))


def explain(
    context: typer.Context,
    partner: Annotated[
        str,
        typer.Argument(
            metavar="PARTNER", help="A partner, a group, a list or all.", autocompletion=names("partners", "groups")
        ),
    ],
    field: Annotated[
        str | None,
        typer.Argument(
            metavar="FIELD",
            help="An area, or: date, act, place, occasion, signatories, group:NAME; or a list; else all.",
            autocompletion=names("areas", "fields"),
        ),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.grading import explanations
    from sdp_matrix.views import evidence
    from sdp_matrix.views.explain import explanation

    dataset = load(context)
    try:
        answers = explanations(dataset, partner, field)
    except UnknownNameError:
        if field is None or _is_partner(dataset, partner):
            raise
        answers = explanations(dataset, field, partner)  # people write area and partner in either order
    single = field is not None and len(answers) == 1
    table = explanation(dataset, answers[0]) if single else evidence.values(dataset, answers)
    deliver(context, table, format_name, output)


def _is_partner(dataset: Dataset, name: str) -> bool:
    try:
        dataset.partner_or_group(name)
    except UnknownNameError:
        return False
    return True


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


@grouped(selection=Options(Selection, OF_ALL))
def list_kind(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"{', '.join(Kind)}.", autocompletion=lambda: list(Kind))],
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    kind = _kind(what)
    selection = replace(selection, everyone=True)
    if kind in _WHOLE and selection != Selection(everyone=True):
        raise RequestError(f"'sdp list {kind}' lists all {kind}; leave out partners, groups and days")
    table = _editions(context) if kind is Kind.EDITIONS else _list(load(context), kind, selection)
    deliver(context, table, format_name, output)


def _kind(text: str) -> Kind:
    """Return the kind of a list, which people also name in the singular; raises `UnknownNameError`."""
    plural = text.casefold() if text.casefold() in {*Kind} else f"{text.casefold()}s"
    try:
        return Kind(plural)
    except ValueError:
        raise UnknownNameError("list", text, near=get_close_matches(text, [*Kind]), known=[*Kind]) from None


def _editions(context: typer.Context) -> Table:
    from sdp_matrix.files import git_history
    from sdp_matrix.files.disk import data_folder
    from sdp_matrix.views import changes

    return changes.editions(git_history.editions(data_folder(context.obj.data)))


def _list(dataset: Dataset, kind: Kind, selection: Selection) -> Table:
    from sdp_matrix.analysis.grading import contested
    from sdp_matrix.analysis.search import gaps
    from sdp_matrix.views import evidence, lists

    if kind in _WHOLE:
        whole: Table = getattr(lists, kind)(dataset)
        return whole
    scope = select(dataset, selection)
    match kind:
        case Kind.CONTESTED:
            return evidence.contested(dataset, contested(dataset, selection), scope)
        case Kind.GRADES:
            return evidence.grades(dataset, scope)
        case Kind.GAPS:
            return lists.gaps(dataset, gaps(dataset, selection), scope)
        case Kind.MECHANISMS:
            return lists.mechanisms(dataset, scope)
        case _:
            return lists.partners(dataset, scope)
