"""The base of all answers of the library: they print in one line, and notebooks show them as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar, overload

from sdp_matrix.analysis.scope import Scope
from sdp_matrix.model.dataset import Dataset

T = TypeVar("T")

_LONGEST = 40  # characters of a field; of a longer value, `repr` shows the number of items or the type


@dataclass(frozen=True, kw_only=True)
class Result:
    """An answer with the data set that it comes from; it has no hash, as partnerships have none.

    >>> load().diff("japan", "india")
    Comparison(sides=(2 of Operand), areas=(26 of AreaComparison))
    """

    dataset: Dataset | None = field(default=None, repr=False, compare=False)
    """Draws the table for notebooks; None if somebody made the answer by hand."""
    scope: Scope | None = field(default=None, repr=False, compare=False)
    """The partnerships, areas and day that the answer is about; they frame its table."""

    def __repr__(self) -> str:
        parts = (f"{part.name}={_short(getattr(self, part.name))}" for part in fields(self) if part.repr)
        return f"{type(self).__name__}({', '.join(parts)})"

    def _repr_html_(self) -> str | None:
        """Return the table for a notebook, which shows the `repr` if it is None."""
        return self.dataset.to_html(self) if self.dataset else None

    def rows(self) -> list[dict[str, str | int | float]]:
        """Return the rows as csv has them, with plain values; none if somebody made the answer by hand.

        >>> load().matrix("japan", "india").rows()[2]
        {'number': 3, 'area_id': 'cyber', 'area': 'Cyber issues', 'japan': 'covered', 'india': 'covered'}
        """
        return self.dataset.to_rows(self) if self.dataset else []


@dataclass(frozen=True, repr=False)
class Listing(Result, Sequence[T]):
    """An answer that is a sequence of items.

    >>> events = load().timeline("albania")
    >>> events, len(events), events[0].date
    (Listing(items=(3 of TimelineEntry)), 3, '2024-11-19')
    """

    items: tuple[T, ...]
    question: str = field(default="", kw_only=True, repr=False)
    """The name of the method that answered, which decides on the table."""
    subject: object = field(default=None, kw_only=True, repr=False, compare=False)
    """The search or reference that the method was called with, for the table."""

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self.items[index]


def _short(value: object) -> str:
    shown = repr(str(value) if isinstance(value, str) else value)
    if len(shown) <= _LONGEST:
        return shown
    return f"({len(value)} of {type(value[0]).__name__})" if isinstance(value, tuple) else f"{type(value).__name__}(…)"
