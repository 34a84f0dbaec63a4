"""The frame of every answer: whom it speaks of, on which day, and what the values that it shows rest on.

Commands, documents, the explorer and notebooks get it from here; nothing else writes a source line of values.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.sanitize import listed
from sdp_matrix.views import marks
from sdp_matrix.views.parts import place, sourced

_NAMED = 2
"""So many partnerships are named by title or headings."""


def framed(
    dataset: Dataset,
    table: Table,
    scope: Scope | None,
    *,
    fields: Collection[str] | None = None,
    basis: str = "",
    newer: tuple[Partnership, ...] | None = None,
) -> Table:
    """Return a table with all that follows from its scope: whom it speaks of, day, legend, caveat and source line.

    `fields` are those whose values it shows, else date and areas; `basis` follows the name of the published table;
    `newer` are those that `--all` would add, else all that the scope leaves out. An answer that was put together by
    hand has no scope and gets no frame.
    """
    if scope is None:
        return table
    shown = [DATE_FIELD, *(area.id for area in scope.areas)] if fields is None else fields
    whom = [_whom(dataset, scope)] * (len(scope.partnerships) > _NAMED)
    added = scope.newer if newer is None else newer
    hint = [f"{listed(p.name for p in added)}: newer than Table 1, shown with --all"] * bool(added)
    whole = replace(
        table,
        legend=(*marks.legend(table), *table.legend),
        caveat=caveat(dataset, scope, shown),
        remarks=(*whom, *table.remarks),
        hints=(*hint, *table.hints),
        source=source_line(dataset, scope, shown, basis),
    )
    return dated(dataset, whole, scope.as_of)


def dated(dataset: Dataset, table: Table, as_of: date | None) -> Table:
    """Say in title and source line of which day a table is, if it is of one."""
    if as_of is None:
        return table
    day = dates.in_words(as_of)
    source = f"{table.source} As of {day}: marks as coded in {dataset.edition.words}."
    return replace(table, title=f"{table.title}, as of {day}", source=source.strip())


def caveat(dataset: Dataset, scope: Scope, fields: Collection[str]) -> str:
    """Return what the authors of the published table say on its limits, for what shows a mark that it prints."""
    marks_printed = ((p.id, f) in dataset.printed for p in scope.partnerships for f in fields if f != DATE_FIELD)
    return authors_note(dataset) if any(marks_printed) else ""


def authors_note(dataset: Dataset) -> str:
    """Return what the authors of the published table say on its limits, in our words."""
    return f"The authors of {dataset.table.locator} note that {dataset.table.published_note}"


def source_line(dataset: Dataset, scope: Scope, fields: Collection[str], basis: str = "") -> str:
    """Return what the values shown rest on: the published table for those that it prints, else references."""
    printed = [(p.id, field) in dataset.printed for p in scope.partnerships for field in fields]
    which = "each" if len(scope.partnerships) > 1 else "this"
    witnesses = [f"{place(dataset, dataset.table)}{basis}"] * any(printed)
    witnesses += [f"the references of {which} partnership"] * (not all(printed))
    return sourced("; ".join(witnesses), dataset)


def source_and_caveat(dataset: Dataset, scope: Scope) -> str:
    """Return what stands below a picture of the areas of some partnerships."""
    fields = [area.id for area in scope.areas]
    return f"{source_line(dataset, scope, fields)} {caveat(dataset, scope, fields)}".strip()


def _whom(dataset: Dataset, scope: Scope) -> str:
    shown = {p.id for p in scope.partnerships}
    if shown == {p.id for p in dataset.partnerships}:
        return f"All {len(shown)} partnerships."
    if shown == {p.id for p in dataset.in_table}:
        number = len(scope.newer)
        newer = f"; {number} newer {'one is' if number == 1 else 'ones are'} left out" if number else ""
        return f"The {len(shown)} partnerships of Table 1{newer}."
    return f"{len(shown)} of {len(dataset.partnerships)} partnerships."
