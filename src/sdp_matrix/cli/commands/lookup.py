"""The commands that look something up by its name: `show`, `explain`, `list`."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.analysis.selection import ALL, Selection
from sdp_matrix.cli.options import OF_ALL, Format, Options, Output, grouped, load, name_argument, selection
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.formats.table import Table
from sdp_matrix.model import dates

if TYPE_CHECKING:  # see cli.options
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership


@grouped(selection=selection("as_of", "newest", "everyone"))
def show(
    context: typer.Context,
    name: Annotated[
        str,
        name_argument(
            "NAME",
            "A partner, area, group or reference by any of its names; or a list.",
            *("partners", "areas", "references", "groups"),
        ),
    ],
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.cli.suggestions import find_prospect

    dataset = load(context)
    table = _portrait(dataset, name, selection)
    if find_prospect(dataset, name):
        table = table._replace(remarks=(*table.remarks, f"{name} is also a prospect; see 'sdp list prospects'."))
    deliver(context, table, format_name, output)


def _portrait(dataset: Dataset, name: str, selection: Selection) -> Table:
    from sdp_matrix.analysis.grading import testimony
    from sdp_matrix.analysis.scope import select
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.registers import Area, Reference
    from sdp_matrix.views import show

    try:
        named = None if name.casefold() == ALL else dataset.lookup(name)
    except UnknownNameError:
        if "," not in name.strip(", "):
            raise
        named = None  # a list
    match named:
        case Partnership() as partnership:
            return show.partnership(dataset, _on_day(partnership, selection), selection.as_of)
        case Reference() as reference:
            if selection != Selection():
                raise RequestError("a reference does not change with time; leave out --as-of, --newest and --all")
            return show.reference(dataset, reference, testimony(dataset, reference.id))
        case Area() as area:
            return show.area(dataset, area, select(dataset, selection))
        case _:
            return _several(dataset, name, selection)


def _on_day(partnership: Partnership, selection: Selection) -> Partnership:
    """Return a partnership with the milestones up to the day; raises `RequestError` if it was not there yet."""
    if selection.newest or selection.everyone:
        raise RequestError(f"{partnership.name} is a single partner; leave out --newest and --all")
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
    from sdp_matrix.analysis.scope import select
    from sdp_matrix.views import lists
    from sdp_matrix.views import matrix as view

    try:
        return view.matrix(dataset, matrix(dataset, replace(selection, areas=(name,))))
    except UnknownNameError:
        return lists.partners(dataset, select(dataset, replace(selection, partners=(name,))))


def explain(
    context: typer.Context,
    partner: Annotated[str, name_argument("PARTNER", "A partner, a group, a list, or all.", "partners", "groups")],
    field: Annotated[
        str | None,
        name_argument(
            "FIELD",
            "An area, date, act, place, occasion, signatories, group:NAME; or a list (default: all).",
            *("areas", "fields"),
        ),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.grading import explanations
    from sdp_matrix.views import explain as view

    dataset = load(context)
    answers = explanations(dataset, partner, field)
    single = field is not None and len(answers) == 1
    table = view.explanation(dataset, answers[0]) if single else view.values(dataset, answers)
    deliver(context, table, format_name, output)


_WHOLE = ("areas", "groups", "references", "prospects", "statements", "editions")  # not by partnership
KINDS = ("partners", *_WHOLE, "mechanisms", "contested", "grades", "gaps")


@grouped(selection=Options(Selection, OF_ALL))
def list_kind(
    context: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="WHAT", help=f"{', '.join(KINDS)}.", autocompletion=lambda: list(KINDS))
    ],
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    plural = kind.casefold() if kind.casefold() in KINDS else f"{kind.casefold()}s"  # "list partner" is common
    if plural not in KINDS:
        raise UnknownNameError("list", kind, near=get_close_matches(kind, KINDS), known=KINDS)
    if plural in _WHOLE and replace(selection, everyone=False) != Selection():
        raise RequestError(f"'sdp list {plural}' lists all {plural}; leave out partners, groups and days")
    deliver(context, _list(context, plural, selection), format_name, output)


def _list(context: typer.Context, kind: str, selection: Selection) -> Table:
    from sdp_matrix.analysis.grading import contested
    from sdp_matrix.analysis.scope import select
    from sdp_matrix.analysis.search import gaps
    from sdp_matrix.files import disk, git_history
    from sdp_matrix.views import explain as view
    from sdp_matrix.views import lists

    if kind == "editions":  # read from git alone: the data of today may be faulty
        return lists.editions(git_history.editions(disk.data_folder(context.obj.data)))
    dataset = load(context)
    if kind in _WHOLE:
        whole: Table = getattr(lists, kind)(dataset)  # each list has the name of its kind
        return whole
    selection = replace(selection, everyone=True)
    scope = select(dataset, selection)
    match kind:
        case "contested":
            return view.contested(dataset, contested(dataset, selection))
        case "grades":
            return view.grades(dataset, scope)
        case "gaps":
            return lists.gaps(dataset, gaps(dataset, selection))
        case "mechanisms":
            return lists.mechanisms(dataset, scope)
        case _:
            return lists.partners(dataset, scope)
