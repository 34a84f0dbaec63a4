"""The outcome of verifying the table, and of comparing a file with it, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.verification import Count, Departure, Needless, TableComparison, Verification
from sdp_matrix.files.area_table import NotRead
from sdp_matrix.formats.table import Json, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.published_table import Emendation
from sdp_matrix.sanitize import flat, in_one_line, listed
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import FACT, authors_note, facts, place, sourced


def verification(dataset: Dataset, found: Verification) -> Table:
    """The outcome of comparing our table with the published one."""
    outcome = "our table is the published one, but for the departures"
    return Table(
        title=f"{dataset.table.locator}: {outcome if found.holds else 'our table is not the published one'}",
        columns=FACT,
        header=(),
        sections=tuple(section for section in _sections(dataset, found) if section.rows),
        caveat=authors_note(dataset),
        source=sourced(place(dataset, dataset.table), dataset),
        wide=False,
        data=verification_data(dataset, found),
    )


def _sections(dataset: Dataset, found: Verification) -> Iterator[Section]:
    counts = {
        "Cells": found.cells,
        "Dates": found.dates,
        "Groups of the header": found.groups,
        "Headings": found.headings,
    }
    yield facts((label, f"{c.agree} of {c.compared} agree") for label, c in counts.items())
    yield facts(
        ((_field(dataset, d), f"{_change(d)}. {d.reason}") for d in found.departures),
        "Departures from the published table",
    )
    emended = dataset.table.emendation
    yield facts(
        [(f"Line {emended.line}", f"{_reading(dataset, emended)}. {emended.reason}")] if emended else [],
        "What is read in place of a damaged line of the copy",
    )
    yield facts(
        ((_field(dataset, u), _change(u)) for u in found.unexplained),
        "Unexplained: correct our value, or say why it is another with 'departure:' beside it",
    )
    yield facts(
        ((_field(dataset, d), f"the table prints no other value. {d.reason}") for d in found.needless),
        "Needless departures: remove them",
    )


def _reading(dataset: Dataset, emended: Emendation) -> str:
    """Which title is read over which partners."""
    over = (
        f"{title} over {listed([dataset.partner(name).name for name in names])}"
        for title, names in emended.read.items()
    )
    return "; ".join(over)


def _field(dataset: Dataset, one: Departure | Needless) -> str:
    return f"{dataset.partner(one.partner).name}, {Field(one.field).title(dataset)}"


def _change(differs: Departure) -> str:
    printed, here = (value_words(differs.field, value) for value in (differs.published, differs.ours))
    return f"printed {printed}, ours {here}"


def table_comparison(dataset: Dataset, comparison: TableComparison) -> Table:
    """What a table in a file prints, compared with our values."""
    cells = comparison.cells
    sections = (
        facts(
            ((_field(dataset, d), f"{_change(d)}. {d.reason}") for d in comparison.departures),
            "Departures from the published table",
        ),
        facts(((_field(dataset, d), _change(d)) for d in comparison.unexplained), "Differences"),
        facts(map(_not_read, comparison.not_read), "Not read"),
    )
    return Table(
        title=f"{flat(comparison.file)}: {cells.agree} of {cells.compared} cells agree with our values",
        columns=FACT,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        source=sourced("", dataset),
        wide=False,
        data={
            "file": comparison.file,
            "cells": _count_data(cells),
            "departures": [{**_differing(d), "reason": d.reason} for d in comparison.departures],
            "unexplained": [_differing(d) for d in comparison.unexplained],
            "not_read": [_not_read_data(part) for part in comparison.not_read],
        },
    )


def _not_read(part: NotRead) -> tuple[str, str]:
    first, last = part.cells[0], part.cells[-1]
    lines = f"Line {first.line}" if first.line == last.line else f"Lines {first.line}–{last.line}"
    more = f" and {len(part.cells) - 1} more cells" if len(part.cells) > 1 else ""
    return lines, f"{part.reason}: '{in_one_line(first.text)}'{more}"


def _not_read_data(part: NotRead) -> Json:
    first, last = part.cells[0], part.cells[-1]
    return {
        "line": first.line,
        "column": first.column,
        "last_line": last.line,
        "cells": len(part.cells),
        "text": first.text,
        "reason": part.reason,
    }


def _count_data(count: Count) -> dict[str, Json]:
    return {"compared": count.compared, "agree": count.agree}


def _differing(d: Departure) -> dict[str, Json]:
    return {"partner": d.partner, "field": d.field, "published": d.published, "ours": d.ours}


def verification_data(dataset: Dataset, found: Verification) -> Json:
    """The outcome in the shape of docs/json.md."""
    emended = dataset.table.emendation
    return {
        "cells": _count_data(found.cells),
        "dates": _count_data(found.dates),
        "groups": _count_data(found.groups),
        "headings": _count_data(found.headings),
        "departures": [{**_differing(d), "reason": d.reason} for d in found.departures],
        "unexplained": [_differing(d) for d in found.unexplained],
        "needless": [{"partner": d.partner, "field": d.field, "reason": d.reason} for d in found.needless],
        "emendation": {
            "line": emended.line,
            "read": [{"title": title, "partners": list(names)} for title, names in emended.read.items()],
            "reason": emended.reason,
        }
        if emended
        else None,
    }
