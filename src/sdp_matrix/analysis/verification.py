"""Compare our values with the published table, and with any other table of areas by partners."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sdp_matrix.analysis.field import Departure, Field, departures, needless_departures
from sdp_matrix.analysis.result import Result
from sdp_matrix.errors import RequestError
from sdp_matrix.files import area_table
from sdp_matrix.matching import fold
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import DATE_FIELD, Status


@dataclass(frozen=True)
class Count:
    """How many values were compared, and how many agree; a departure does not agree, even if explained."""

    compared: int
    agree: int


@dataclass(frozen=True, repr=False)
class Verification(Result):
    """Our values compared with the published table."""

    cells: Count
    dates: Count
    groups: Count
    headings: Count
    departures: tuple[Departure, ...]
    """Departures with a reason."""
    unexplained: tuple[Departure, ...]
    needless: tuple[Departure, ...]
    """Reasons to depart though the table prints the same value, or none."""

    @property
    def holds(self) -> bool:
        """Return whether every difference has its reason, and no reason is needless."""
        return not self.unexplained and not self.needless


def verify(dataset: Dataset) -> Verification:
    """Compare our values with the transcription of the published table.

    >>> load().verify().cells
    Count(compared=234, agree=234)
    """
    if not dataset.printed:
        raise RequestError(f"{dataset.table.locator} prints nothing to compare; transcribe it into the folder 'tables'")
    differing = tuple(departures(dataset.in_table, dataset.printed))
    compared = Counter(_kind(field) for _, field in dataset.printed)
    # the difference drops the kinds of which none agree; a Counter gives 0 for them
    agree = compared - Counter(_kind(departure.field) for departure in differing)
    return Verification(
        cells=Count(compared["cells"], agree["cells"]),
        dates=Count(compared["dates"], agree["dates"]),
        groups=Count(compared["groups"], agree["groups"]),
        headings=_headings(dataset),
        departures=tuple(d for d in differing if d.reason),
        unexplained=tuple(d for d in differing if not d.reason),
        needless=tuple(needless_departures(dataset.partnerships, dataset.printed)),
        dataset=dataset,
    )


def _kind(field: str) -> str:
    if field == DATE_FIELD:
        return "dates"
    return "groups" if Field(field).group else "cells"


@dataclass(frozen=True, repr=False)
class TableComparison(Result):
    """Our values compared with a table in a file."""

    file: str
    cells: Count
    departures: tuple[Departure, ...]
    """Differences explained by a departure: the published table prints what the file has."""
    unexplained: tuple[Departure, ...]
    not_read: tuple[area_table.NotRead, ...]
    """The rest of the file, with the reason why it is not read."""
    absent: tuple[str, ...]
    """The ids of the partners and areas of the published table for which the file has no mark."""

    @property
    def holds(self) -> bool:
        """Return whether every difference is explained."""
        return not self.unexplained


def compare_table(dataset: Dataset, file: str | Path) -> TableComparison:
    """Compare our values with a table of areas by partners in a file: csv, text with tabs or pipes, or JSON.

    Areas are known by number, id, title, label or alias, partners by any of their names, all in full; marks are those
    of the published table or status words. Raises `DataError` with the place of each mark, row or column of marks that
    is not understood. What our own tables have beside the marks is not compared.

    >>> from sdp_matrix.files.disk import data_folder
    >>> load().compare_table(data_folder() / "tables" / "table-1.csv").cells
    Count(compared=234, agree=234)
    """
    table = area_table.read(Path(file), names_in_tables(dataset))
    printed = {(mark.partner, mark.area): str(mark.status) for mark in table.marks}
    differing = tuple(departures(dataset.everyone, printed))
    present = {name for place in printed for name in place}
    asked = dict.fromkeys(name for place in dataset.printed if _kind(place[1]) == "cells" for name in place)
    explained = tuple(d for d in differing if d.reason and dataset.printed.get((d.partner, d.field)) == d.published)
    return TableComparison(
        file=Path(file).name,
        cells=Count(len(printed), len(printed) - len(differing)),
        departures=explained,
        unexplained=tuple(d for d in differing if d not in explained),
        not_read=table.not_read,
        absent=tuple(name for name in asked if name not in present),
        dataset=dataset,
    )


def names_in_tables(dataset: Dataset) -> area_table.Names:
    """Return the names of partners, areas and marks in the data."""
    marks = {str(status): status for status in Status} | {"?": Status.UNKNOWN}  # our own tables print ? for unknown
    marks |= {mark: status for status, mark in dataset.table.marks.items()}
    return area_table.Names(
        partners={fold(name): partner.id for partner in dataset.everyone for name in partner.names},
        areas={fold(name): area.id for area in dataset.areas for name in area.names},
        marks={fold(mark): status for mark, status in marks.items()},
    )


def _headings(dataset: Dataset) -> Count:
    """Count the titles and names that the table prints, and those that agree; any name of the partner will do."""
    page = dataset.transcription
    titles = [row[1] == area.title for row, area in zip(page.rows, dataset.areas, strict=False)]
    names = [fold(name) in map(fold, p.names) for p, name in zip(dataset.in_table, page.names, strict=False)]
    return Count(len(page.rows) + len(page.names), sum(titles) + sum(names))
