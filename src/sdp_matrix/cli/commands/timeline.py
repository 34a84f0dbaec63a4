"""The command `timeline`."""

from __future__ import annotations

from dataclasses import replace

import typer

from sdp_matrix import formats
from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.cli.options import Format, Output, compound, load, selection_of_all
from sdp_matrix.cli.output import deliver


@compound(selection=selection_of_all)
def run(
    context: typer.Context,
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.timeline import events
    from sdp_matrix.views import lists

    partnerships = load(context)
    scope = replace(select(partnerships, replace(selection, as_of=None)), as_of=selection.as_of)
    # Lanes need a font in which every character is as wide as the next.
    written = format_name or (formats.of_file(output) if output else formats.TEXT)
    table = lists.timeline(
        partnerships, events(scope.partnerships, as_of=scope.as_of), scope, lanes=written == formats.TEXT
    )
    deliver(context, table, format_name, output)
