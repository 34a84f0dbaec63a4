"""The command `patterns`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.analysis.patterns import MIN_SUPPORT
from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.compound_options import compound, selection
from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.errors import BadRequest

if TYPE_CHECKING:
    from sdp_matrix.analysis.selection import Scope
    from sdp_matrix.model.partnership import Partnership


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
    from sdp_matrix.views import patterns as view_of_patterns
    from sdp_matrix.views import similarity as view_of_similarity
    from sdp_matrix.views.frame import framed

    partnerships = load(context)
    scope = select(partnerships, selection)
    if selection.partners and len(scope.partnerships) == 1 and not scope.newer:
        (single,) = scope.partnerships
        if min_support is not None:
            raise BadRequest("of one partner there is nothing that comes together; leave out --min-support")
        others = replace(selection, partners=())
        scope = _with(select(partnerships, others), single)
        portrait = similarity.portrait(partnerships, single.id, others, known_only=known_only)
        table = view_of_similarity.portrait(partnerships, portrait)
    else:
        support = MIN_SUPPORT if min_support is None else min_support
        found = patterns.patterns(partnerships, selection, min_support=support, known_only=known_only)
        table = view_of_patterns.patterns(partnerships, found)
    deliver(framed(partnerships, table, scope), format_name, output)


def _with(scope: Scope, single: Partnership) -> Scope:
    """The partners that one is compared with, and itself: it is not left out, even where it is newer than the table."""
    others, newer = (tuple(p for p in some if p.id != single.id) for some in (scope.partnerships, scope.newer))
    return replace(scope, partnerships=(single, *others), newer=newer)
