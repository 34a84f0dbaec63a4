"""Our coding against somebody else's: where two coders disagree, and how far they agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdp_matrix.analysis.result import Result
from sdp_matrix.errors import BadData, BadRequest, UnknownName
from sdp_matrix.files import grid
from sdp_matrix.files.grid import Row
from sdp_matrix.matching import fold
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.problem import Location, Problem
from sdp_matrix.sanitize import in_one_line, listed


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that both have coded: our status and the other coder's."""

    partnership: Partnership
    area: Area
    ours: Status
    theirs: Status


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells were compared, how many agree, and Krippendorff's alpha for nominal data."""

    compared: int
    agree: int
    alpha: float | None
    """1 for perfect agreement, 0 for chance; None where all values are the same, so that chance means nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Agreement(Result):
    """The outcome of comparing two codings of the same partners."""

    partnerships: tuple[Partnership, ...]
    areas: tuple[Area, ...]
    """Those that the other table has."""
    codebook: tuple[Area, ...]
    """All areas of the data set."""
    cells: tuple[Cell, ...]
    left_out: int
    """Cells that one of the two has not coded: empty, or unknown."""

    @property
    def missing(self) -> tuple[Area, ...]:
        """The areas that the other table does not have."""
        return tuple(area for area in self.codebook if area not in self.areas)

    @property
    def disagreements(self) -> tuple[Cell, ...]:
        """The cells on which the two differ."""
        return tuple(cell for cell in self.cells if cell.ours is not cell.theirs)

    @property
    def overall(self) -> Tally:
        """Over all cells."""
        return _tally(self.cells)

    @property
    def by_area(self) -> tuple[tuple[Area, Tally], ...]:
        """For each area, over the partners."""
        return tuple((area, _tally(cell for cell in self.cells if cell.area == area)) for area in self.areas)

    @property
    def by_partner(self) -> tuple[tuple[Partnership, Tally], ...]:
        """For each partner, over the areas."""
        return tuple((p, _tally(cell for cell in self.cells if cell.partnership.id == p.id)) for p in self.partnerships)


def _tally(cells: Iterable[Cell]) -> Tally:
    pairs = [(cell.ours, cell.theirs) for cell in cells]
    return Tally(len(pairs), sum(ours is theirs for ours, theirs in pairs), alpha(pairs))


def alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of two coders for nominal data without gaps; None where there is only one value.

    Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C.

    >>> alpha([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5333333333333333
    >>> alpha([("yes", "yes")]) is None
    True
    """
    values = Counter(value for pair in pairs for value in pair)
    total = values.total()
    expected = total * total - sum(count * count for count in values.values())
    if not expected:
        return None
    observed = 2 * sum(ours != theirs for ours, theirs in pairs)
    return 1 - (total - 1) * observed / expected


def compare(dataset: Dataset, file: str | Path) -> Agreement:
    r"""Compare our coding with a table of areas by partners in a csv or xlsx file, or in text with tabs.

    The table has a line of partners' names, then a line for each area. Areas are known by number, id or title, partners
    by any of their names; marks are those of the published table or the words of the data files. Raises `BadRequest`
    where no such table is found, and `BadData` with the place of every cell that says none of these.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from sdp_matrix import load
    >>> with TemporaryDirectory() as room:
    ...     sheet = Path(room, "coder.csv")
    ...     _ = sheet.write_text(",Japan,India\n6,✓,✗\n19,✗,✗\n", "utf-8")
    ...     load().agreement(sheet).overall
    Tally(compared=4, agree=3, alpha=0.5333333333333333)
    """
    path, rows = str(file), grid.read(Path(file))
    header, columns = _header(dataset, rows)
    problems: list[Problem] = []
    coded: dict[str, dict[str, Status | None]] = {}
    read = _marks(dataset)
    for row in rows[rows.index(header) + 1 :]:
        if not _is_coded(row, columns, read):
            continue
        marked = [column for column in columns if _cell(row, column)]
        problems += (_bad_mark(path, row, k, dataset) for k in marked if read(_cell(row, k)) is None)
        area = _area(dataset, row, min(columns), path, problems)
        if area and area.id in coded:
            problems.append(_problem(path, row, 0, f"area {area.number} was there before; remove one of the two lines"))
        elif area:
            coded[area.id] = {columns[k].id: read(_cell(row, k)) for k in marked}
    if problems:
        raise BadData(tuple(sorted(problems)))
    if not coded:
        raise BadRequest(f"line {header.line} names partners, but no line below is about an area; number the lines")
    return _agreement(dataset, tuple(columns.values()), coded)


def _agreement(
    dataset: Dataset, partnerships: tuple[Partnership, ...], coded: Mapping[str, Mapping[str, Status | None]]
) -> Agreement:
    areas = tuple(area for area in dataset.areas if area.id in coded)
    cells = tuple(
        Cell(partnership, area, partnership.status(area.id), theirs)
        for area in areas
        for partnership in partnerships
        if (theirs := coded[area.id].get(partnership.id)) not in {None, Status.UNKNOWN}
        and partnership.status(area.id) is not Status.UNKNOWN
        if theirs
    )
    return Agreement(
        partnerships, areas, dataset.areas, cells, len(areas) * len(partnerships) - len(cells), dataset=dataset
    )


def _header(dataset: Dataset, rows: Sequence[Row]) -> tuple[Row, dict[int, Partnership]]:
    """The first line that names at least one partner in its own cell, and the columns of the partners."""
    for row in rows:
        named = {column: partner for column, cell in enumerate(row.cells) if (partner := _partner(dataset, cell))}
        if named:
            ids = [partner.id for partner in named.values()]
            if len(set(ids)) < len(ids):
                twice = listed(sorted({partner for partner in ids if ids.count(partner) > 1}))
                raise BadRequest(f"line {row.line} names {twice} more than once; leave one column of each")
            return row, named
    known = ", ".join(partnership.id for partnership in dataset.everyone)
    raise BadRequest(f"no line names the partners; write one above the areas, with a cell for each, of: {known}")


def _partner(dataset: Dataset, text: str) -> Partnership | None:
    """The partner that a cell names in full; a beginning of a name is no name here."""
    wanted = fold(text)
    return next((p for p in dataset.everyone if wanted in map(fold, p.names)), None)


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _is_coded(row: Row, columns: Mapping[int, Partnership], read: Callable[[str], Status | None]) -> bool:
    """Whether a line is about an area: it begins with a number, or has a mark; lines of dates or sources are not."""
    return row.cells[0].removesuffix(".0").isdigit() or any(read(_cell(row, column)) is not None for column in columns)


def _area(dataset: Dataset, row: Row, first: int, path: str, problems: list[Problem]) -> Area | None:
    """The area of a line, by the first two texts: its number and its title have to mean the same one."""
    labels = [cell for cell in row.cells[:first] if cell][:2]
    found: dict[str, Area] = {}
    for label in labels:
        try:
            area = dataset.area(label.removesuffix(".0"))  # Excel makes 3.0 of 3
        except UnknownName as error:
            problems.append(_problem(path, row, 0, str(error)))
            return None
        found[area.id] = area
    if len(found) == 1:
        return next(iter(found.values()))
    said = f"is both area {listed(str(a.number) for a in found.values())}; correct one" if found else "names no area"
    problems.append(_problem(path, row, 0, f"the line {said}"))
    return None


def _marks(dataset: Dataset) -> Callable[[str], Status | None]:
    """What a cell says: a mark of the published table or a word of the data files, in any case."""
    words = {fold(status): status for status in Status} | {fold(m): s for s, m in dataset.table.marks.items()}
    return lambda text: words.get(fold(text))


def _bad_mark(path: str, row: Row, column: int, dataset: Dataset) -> Problem:
    allowed = [*dict.fromkeys([*dataset.table.marks.values(), *map(str, Status)])]
    said = f"'{in_one_line(row.cells[column])}' is no mark; write {listed(allowed, 'or')}, or leave it empty"
    return _problem(path, row, column, said)


def _problem(path: str, row: Row, column: int, message: str) -> Problem:
    """A fault at a cell; the column counts cells, as a spreadsheet does."""
    return Problem(Location(path, row.line, column + 1), "coded-table", message)
