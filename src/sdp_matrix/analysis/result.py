"""What the answers of the library have in common: they print in one line, and are a table in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar, overload

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.model.dataset import Dataset

T = TypeVar("T")

_LONGEST = 40
"""Characters of one part of an answer; of a longer one, the number and kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An answer, with the data set that it comes from. It holds partnerships, and so has no hash.

    >>> from sdp_matrix import load
    >>> load().diff("japan", "india")
    Comparison(sides=(2 of Operand), areas=(26 of AreaComparison))
    """

    dataset: Dataset | None = field(default=None, repr=False, compare=False)
    """Makes the table that a notebook shows; None for an answer that was put together by hand."""
    scope: Scope | None = field(default=None, repr=False, compare=False)
    """The partnerships, areas and day that the answer speaks of; its table is framed by them."""

    def __repr__(self) -> str:
        parts = (f"{part.name}={_short(getattr(self, part.name))}" for part in fields(self) if part.repr)
        return f"{type(self).__name__}({', '.join(parts)})"

    def _repr_html_(self) -> str | None:
        """Return the table that a notebook shows; None leaves it to the words above."""
        return self.dataset.to_html(self) if self.dataset else None

    def rows(self) -> list[dict[str, str | int | float]]:
        """Return the rows that csv has of it, with plain values; none for an answer that was put together by hand.

        >>> from sdp_matrix import load
        >>> load().matrix("japan", "india").rows()[2]
        {'number': 3, 'area_id': 'cyber', 'area': 'Cyber issues', 'japan': 'covered', 'india': 'covered'}
        """
        return self.dataset.to_rows(self) if self.dataset else []


@dataclass(frozen=True, slots=True, repr=False)
class Listing(Result, Sequence[T]):
    """An answer that lists: a sequence of its items.

    >>> from sdp_matrix import load
    >>> events = load().timeline("albania")
    >>> events, len(events), events[0].date
    (Listing(items=(3 of TimelineEntry)), 3, '2024-11-19')
    """

    items: tuple[T, ...]
    question: str = field(default="", kw_only=True, repr=False)
    """The method that answered; its table is the one of that method."""
    subject: object = field(default=None, kw_only=True, repr=False, compare=False)
    """The search or the reference that the method was asked about, for its table."""

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
