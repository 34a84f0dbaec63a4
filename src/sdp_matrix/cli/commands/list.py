"""Ask: Partners, areas, groups, references, gaps and more."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.options import Format, Output, Partners, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest
from sdp_matrix.views import evidence, lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.api import Partnerships
    from sdp_matrix.formats.table import Table


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


VIEWS: dict[Kind, Callable[[Partnerships], Table]] = {
    Kind.PARTNERS: lists.partners,
    Kind.AREAS: lists.areas,
    Kind.GROUPS: lists.groups,
    Kind.REFERENCES: lists.references,
    Kind.PROSPECTS: lists.prospects,
    Kind.CONTESTED: lambda partnerships: evidence.contested(partnerships, partnerships.contested()),
    Kind.GRADES: evidence.grades,
}
EXAMPLES = ("sdp list partners", "sdp list contested", "sdp list gaps ghana")


def run(
    context: typer.Context,
    what: Annotated[Kind, typer.Argument(metavar="WHAT", help=f"{', '.join(Kind)}.")],
    partner: Partners = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    if partner and what is not Kind.GAPS:
        raise BadRequest(f"'sdp list {what}' takes no partner; 'sdp list gaps' does")
    partnerships = load(context)
    if what is Kind.GAPS:
        table = lists.gaps(partnerships, partnerships.gaps(*(partner or [])))
    else:
        table = VIEWS[what](partnerships)
    deliver(table, format_name, output)
