"""What a table and its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.values import Values

Value: TypeAlias = "str | int | None"
Type: TypeAlias = Literal["string", "integer", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and which values it can take."""

    name: str
    meaning: str
    type: Type = "string"
    nullable: bool = False
    values: tuple[str, ...] = ()
    """The closed list of values, where there is one."""
    refers_to: str | None = None
    """The table whose `id` it holds."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row stands for, its columns and where its rows come from."""

    name: str
    meaning: str
    key: tuple[str, ...]
    """The columns that no two rows have alike."""
    values: Callable[[Dataset], Iterator[Values]]
    """The rows of a data set, each with at least the values of the columns."""
    columns: tuple[Column, ...]
    of_publisher: bool = False
    """Whether it holds what the publisher of Table 1 prints, which our licence does not cover."""


def rows_of(table: Table, dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a table in their order, with the values in the order of the columns."""
    names = [column.name for column in table.columns]
    return (tuple(_plain(row[name]) for name in names) for row in table.values(dataset))


def _plain(value: object) -> Value:
    """Return a value without the type that the model gives it; a word of a closed list and a day are text."""
    return value if value is None or isinstance(value, int) else str(value)
