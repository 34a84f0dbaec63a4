"""Show how our values compare with the published table, and with a table in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.verification import Departure, Needless, TableComparison, Verification
from sdp_matrix.files.area_table import NotRead
from sdp_matrix.formats.table import Json, Section, Table
from sdp_matrix.model.dataset import Dataset, Emendation
from sdp_matrix.text_safety import flat, in_one_line, listed
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import FACT, authors_note, facts, place, sourced


def verification(dataset: Dataset, outcome: Verification) -> Table:
    """Return the comparison of our values with the published table."""
    title = "our table is the published one, but for the departures"
    counts = {
        "Cells": outcome.cells,
        "Dates": outcome.dates,
        "Groups of the header": outcome.groups,
        "Headings": outcome.headings,
    }
    emended = dataset.table.emendation
    needless = ((_field(dataset, d), f"the table prints no other value. {d.reason}") for d in outcome.needless)
    sections = (
        facts((label, f"{c.agree} of {c.compared} agree") for label, c in counts.items()),
        facts(_changes(dataset, outcome.departures), "Departures from the published table"),
        facts([_reading(dataset, emended)] if emended else [], "What is read in place of a damaged line of the copy"),
        facts(
            _changes(dataset, outcome.unexplained),
            "Unexplained: correct our value, or say why it is another with 'departure:' beside it",
        ),
        facts(needless, "Needless departures: remove them"),
    )
    return _table(
        f"{dataset.table.locator}: {title if outcome.holds else 'our table is not the published one'}",
        sections,
        source=sourced(place(dataset, dataset.table), dataset),
        caveat=authors_note(dataset),
        data={
            **{name: asdict(getattr(outcome, name)) for name in ("cells", "dates", "groups", "headings")},
            "departures": [asdict(departure) for departure in outcome.departures],
            "unexplained": [_without_reason(departure) for departure in outcome.unexplained],
            "needless": [asdict(reason) for reason in outcome.needless],
            "emendation": _emendation_data(emended) if emended else None,
        },
    )


def table_comparison(dataset: Dataset, comparison: TableComparison) -> Table:
    """Return the comparison of our values with a table in a file."""
    cells = comparison.cells
    sections = (
        facts(_changes(dataset, comparison.departures), "Departures from the published table"),
        facts(_changes(dataset, comparison.unexplained), "Differences"),
        facts(map(_not_read, comparison.not_read), "Not read"),
    )
    return _table(
        f"{flat(comparison.file)}: {cells.agree} of {cells.compared} cells agree with our values",
        sections,
        source=sourced("", dataset),
        data={
            "file": comparison.file,
            "cells": asdict(cells),
            "departures": [asdict(departure) for departure in comparison.departures],
            "unexplained": [_without_reason(departure) for departure in comparison.unexplained],
            "not_read": [_not_read_data(part) for part in comparison.not_read],
        },
    )


def _table(title: str, sections: Iterable[Section], *, source: str, data: Json, caveat: str = "") -> Table:
    shown = tuple(section for section in sections if section.rows)
    return Table(title, FACT, (), shown, source=source, caveat=caveat, wide=False, data=data)


def _reading(dataset: Dataset, emended: Emendation) -> tuple[str, str]:
    """Return which title is read over which partners of a damaged line."""
    names = {title: listed([dataset.partner(p).name for p in ids]) for title, ids in emended.read.items()}
    readings = "; ".join(f"{title} over {partners}" for title, partners in names.items())
    return f"Line {emended.line}", f"{readings}. {emended.reason}"


def _changes(dataset: Dataset, departures: Iterable[Departure]) -> Iterable[tuple[str, str]]:
    for departure in departures:
        printed, ours = (value_words(departure.field, value) for value in (departure.published, departure.ours))
        reason = f". {departure.reason}" if departure.reason else ""
        yield _field(dataset, departure), f"printed {printed}, ours {ours}{reason}"


def _field(dataset: Dataset, departure: Departure | Needless) -> str:
    return f"{dataset.partner(departure.partner).name}, {Field(departure.field).title(dataset)}"


def _not_read(part: NotRead) -> tuple[str, str]:
    first, last = part.cells[0], part.cells[-1]
    lines = f"Line {first.line}" if first.line == last.line else f"Lines {first.line}–{last.line}"
    more = f" and {len(part.cells) - 1} more cells" if len(part.cells) > 1 else ""
    return lines, f"{part.reason}: '{in_one_line(first.text)}'{more}"


def _not_read_data(part: NotRead) -> Json:
    first, last = part.cells[0], part.cells[-1]
    place: dict[str, Json] = {"line": first.line, "column": first.column, "last_line": last.line}
    return {**place, "cells": len(part.cells), "text": first.text, "reason": part.reason}


def _without_reason(departure: Departure) -> Json:
    return {key: value for key, value in asdict(departure).items() if key != "reason"}


def _emendation_data(emended: Emendation) -> Json:
    read: Json = [{"title": title, "partners": list(ids)} for title, ids in emended.read.items()]
    return {"line": emended.line, "read": read, "reason": emended.reason}
