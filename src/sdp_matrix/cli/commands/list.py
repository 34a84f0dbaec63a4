"""sdp list."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.views import evidence, lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.api import Partnerships
    from sdp_matrix.formats.table import Table


class Vocabulary(StrEnum):
    """What can be listed."""

    PARTNERS = "partners"
    AREAS = "areas"
    GROUPS = "groups"
    REFERENCES = "references"
    PROSPECTS = "prospects"
    CONTESTED = "contested"
    GRADES = "grades"


VIEWS: dict[Vocabulary, Callable[[Partnerships], Table]] = {
    Vocabulary.PARTNERS: lists.partners,
    Vocabulary.AREAS: lists.areas,
    Vocabulary.GROUPS: lists.groups,
    Vocabulary.REFERENCES: lists.references,
    Vocabulary.PROSPECTS: lists.prospects,
    Vocabulary.CONTESTED: lambda partnerships: evidence.contested(partnerships, partnerships.contested()),
    Vocabulary.GRADES: evidence.grades,
}


def run(
    context: typer.Context,
    what: Annotated[Vocabulary, typer.Argument(metavar="WHAT", help=f"{', '.join(Vocabulary)}.")],
    *,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """The vocabularies, the register of what is contested, and how sure the cells are."""
    deliver(VIEWS[what](load(context)), chosen, output)
