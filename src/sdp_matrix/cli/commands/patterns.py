"""Ask: Common and unique areas, what occurs together, who is alike.

With one partner: who is most alike to it, and what it alone has or lacks.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sdp_matrix.analysis.patterns import MIN_SUPPORT
from sdp_matrix.cli.options import AsOf, Everyone, Format, Group, Output, Partners, load
from sdp_matrix.cli.output import deliver
from sdp_matrix.model import dates

EXAMPLES = ("sdp patterns --min-support 5", "sdp patterns japan --all")


def run(
    context: typer.Context,
    partner: Partners = None,
    *,
    min_support: Annotated[
        int, typer.Option("--min-support", help="How many partners a line on what comes together needs.", metavar="N")
    ] = MIN_SUPPORT,
    known_only: Annotated[bool, typer.Option("--known-only", help="Only partners known in every area.")] = False,
    group: Group = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.views import patterns, similarity

    partnerships = load(context)
    single = partner[0] if partner and len(partner) == 1 else None
    asked = partnerships.context(
        partners=[] if single else partner or [],
        groups=group or [],
        as_of=dates.typed(as_of),
        everyone=everyone,
        known_only=known_only,
    )
    if single:
        table = similarity.portrait(partnerships, partnerships.portrait(single, asked))
    else:
        table = patterns.patterns(partnerships, partnerships.patterns(asked, min_support=min_support))
    deliver(table, format_name, output)
