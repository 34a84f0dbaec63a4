"""The data as frames of pandas or polars, where one of them is installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from sdp_matrix.analysis import grading
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.vocabulary import UNKNOWN_DAY
from sdp_matrix.sanitize import in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd
    import polars as pl

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership

    Frame: TypeAlias = pd.DataFrame | pl.DataFrame

Kind: TypeAlias = Literal["coverage", "matrix", "evidence"]
Library: TypeAlias = Literal["pandas", "polars"]
Columns: TypeAlias = "dict[str, list[Any]]"


def to_frame(dataset: Dataset, kind: Kind, *, library: Library | None, everyone: bool) -> Frame:
    """Make a frame of the partnerships of the published table, or of everyone.

    `coverage` has one row for each partner and area, `matrix` one row an area and one column a partner, `evidence` one
    row a piece of evidence. An unknown status is the word `unknown`; an unknown day is missing. Without a library,
    pandas is taken, else polars. Raises `BadRequest` where the kind or library does not exist or is not installed.
    """
    if kind not in _COLUMNS:
        raise BadRequest(f"there is no frame '{in_one_line(kind)}'; write one of {', '.join(_COLUMNS)}")
    if library not in {None, *get_args(Library)}:
        raise BadRequest(
            f"frames are made with {' or '.join(get_args(Library))}, not with '{in_one_line(str(library))}'"
        )
    partnerships = dataset.everyone if everyone else dataset.in_table
    columns = _COLUMNS[kind](dataset, partnerships)
    module = _installed([library] if library else get_args(Library))
    return _polars(module, columns) if module.__name__ == "polars" else _pandas(module, columns)


def _installed(libraries: Iterable[str]) -> Any:
    wanted = list(libraries)
    for name in wanted:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise BadRequest(f"a frame needs {' or '.join(wanted)}; install it with: pip install {wanted[0]}")


def _pandas(pandas: Any, columns: Columns) -> Frame:
    frame: pd.DataFrame = pandas.DataFrame(columns)
    return frame.assign(date=pandas.to_datetime(frame["date"])) if "date" in columns else frame


def _polars(polars: Any, columns: Columns) -> Frame:
    types = {"number": polars.Int64, "position": polars.Int64, "date": polars.Date}
    frame: pl.DataFrame = polars.DataFrame(columns, schema={name: types.get(name, polars.String) for name in columns})
    return frame


def _coverage(dataset: Dataset, partnerships: Sequence[Partnership]) -> Columns:
    names = ("partner", "name", "iso", "date", "act", "number", "area", "title", "status", "grade")
    return _turned(
        names,
        (
            (*_named(p), a.number, a.id, a.title, str(p.status(a.id)), str(grading.grade(dataset, p, a.id)))
            for p in partnerships
            for a in dataset.areas
        ),
    )


def _matrix(dataset: Dataset, partnerships: Sequence[Partnership]) -> Columns:
    names = ("number", "area", "title", *(p.id for p in partnerships))
    rows = ((a.number, a.id, a.title, *(str(p.status(a.id)) for p in partnerships)) for a in dataset.areas)
    return _turned(names, rows)


def _evidence(dataset: Dataset, partnerships: Sequence[Partnership]) -> Columns:
    names = ("partner", "field", "position", "reference", "publisher", "locator", "supports", "note")
    return _turned(names, (row for p in partnerships for row in _pieces(dataset, p)))


def _pieces(dataset: Dataset, partnership: Partnership) -> Iterator[tuple[object, ...]]:
    for field in grading.fields(partnership):
        for position, e in enumerate(grading.support(dataset, partnership, field), 1):
            publisher = dataset.publishers[e.reference]
            yield partnership.id, field, position, e.reference, publisher, e.locator, e.supports, e.note


def _named(p: Partnership) -> tuple[str, str, str | None, date | None, str]:
    day = p.date.value
    return p.id, p.name, p.iso, None if day == UNKNOWN_DAY else day, str(p.act.value)


def _turned(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Columns:
    columns: Columns = {name: [] for name in names}
    for row in rows:
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
    return columns


_COLUMNS: Mapping[str, Callable[[Dataset, Sequence[Partnership]], Columns]] = {
    "coverage": _coverage,
    "matrix": _matrix,
    "evidence": _evidence,
}
"""Kind of frame to its columns."""
