"""The frame of an answer: over which partnerships it speaks, and as of which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.sanitize import listed

_NAMED = 2
"""So many partnerships are named by title or headings."""


def framed(dataset: Dataset, table: Table, scope: Scope, *, newer: tuple[Partnership, ...] | None = None) -> Table:
    """Say in a table over which partnerships and as of which day it speaks; hint at what `--all` would add.

    That is everything in the scope that is newer than the published table, unless `newer` says what of it.
    """
    told = (_words(dataset, scope),) if len(scope.partnerships) > _NAMED else ()
    added = listed(p.name for p in newer) if (newer := scope.newer if newer is None else newer) else ""
    hint = f"{added}: newer than Table 1, shown with --all" if added else ""
    return dated(
        dataset,
        replace(table, remarks=(*told, *table.remarks), hints=(*filter(None, [hint]), *table.hints)),
        scope.as_of,
    )


def dated(dataset: Dataset, table: Table, as_of: date | None) -> Table:
    """Say in title and source line of which day a table is, if it is of one."""
    if as_of is None:
        return table
    day = dates.in_words(as_of)
    source = f"{table.source} As of {day}: marks as coded in {dataset.edition.words}."
    return replace(table, title=f"{table.title}, as of {day}", source=source.strip())


def _words(dataset: Dataset, scope: Scope) -> str:
    shown = {p.id for p in scope.partnerships}
    if shown == {p.id for p in dataset.partnerships}:
        return f"All {len(shown)} partnerships."
    if shown == {p.id for p in dataset.in_table}:
        number = len(scope.newer)
        newer = f"; {number} newer {'one is' if number == 1 else 'ones are'} left out" if number else ""
        return f"The {len(shown)} partnerships of Table 1{newer}."
    return f"{len(shown)} of {len(dataset.partnerships)} partnerships."
