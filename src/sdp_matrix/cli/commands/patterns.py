"""The command `patterns`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sdp_matrix.analysis.patterns import MIN_SUPPORT
from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.options import Format, Output, compound, load, selection
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import RequestError


@compound(selection=selection)
def run(
    context: typer.Context,
    *,
    selection: Selection,
    min_support: Annotated[
        int | None,
        typer.Option(
            "--min-support",
            help=f"How many partners a line on what comes together needs; else {MIN_SUPPORT}.",
            metavar="N",
        ),
    ] = None,
    known_only: Annotated[bool, typer.Option("--known-only", help="Only partners known in every area.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis import patterns, similarity
    from sdp_matrix.views import patterns as view

    partnerships = load(context)
    scope = select(partnerships, selection)
    if selection.partners and len(scope.partnerships) == 1 and not scope.newer:
        (single,) = scope.partnerships
        if min_support is not None:
            raise RequestError("of one partner there is nothing that comes together; leave out --min-support")
        others = replace(selection, partners=())
        portrait = similarity.portrait(partnerships, single.id, others, known_only=known_only)
        table = view.portrait(partnerships, portrait)
    else:
        support = MIN_SUPPORT if min_support is None else min_support
        answer = patterns.patterns(partnerships, selection, min_support=support, known_only=known_only)
        table = view.patterns(partnerships, answer)
    deliver(context, table, format_name, output)
