"""The command `explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.cli.options import AREAS, FIELDS, GROUPS, PARTNERS, Format, Output, load, names
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import UnknownNameError
from sdp_matrix.model.dataset import Dataset


def run(
    context: typer.Context,
    partner: Annotated[
        str,
        typer.Argument(
            metavar="PARTNER", help="A partner, a group, a list or all.", autocompletion=names(PARTNERS, GROUPS)
        ),
    ],
    field: Annotated[
        str | None,
        typer.Argument(
            metavar="FIELD",
            help="An area, or: date, act, place, occasion, signatories, group:NAME; or a list; else all.",
            autocompletion=names(AREAS, FIELDS),
        ),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.grading import explanations
    from sdp_matrix.views import evidence, explain

    partnerships = load(context)
    try:
        answers = explanations(partnerships, partner, field)
    except UnknownNameError:
        if field is None or _names_a_partner(partnerships, partner):
            raise
        answers = explanations(partnerships, field, partner)  # people write area and partner in either order
    single = field is not None and len(answers) == 1
    table = explain.explanation(partnerships, answers[0]) if single else evidence.values(partnerships, answers)
    deliver(context, table, format_name, output)


def _names_a_partner(partnerships: Dataset, name: str) -> bool:
    try:
        partnerships.partner_or_group(name)
    except UnknownNameError:
        return False
    return True
