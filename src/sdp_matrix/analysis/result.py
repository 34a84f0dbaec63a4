"""What the answers of the library have in common: they print in one line, and are a table in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.model.dataset import Dataset

_LONGEST = 60
"""Characters of one part of an answer; of a longer one, the number and kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An answer, with the data set that it was found in.

    >>> from sdp_matrix import load
    >>> load().diff("japan", "india")
    Comparison(sides=(2 of Operand), areas=(26 of AreaComparison))
    """

    dataset: Dataset | None = field(default=None, repr=False, compare=False)
    """Draws the table that a notebook shows; None for an answer that was put together by hand."""
    scope: Scope | None = field(default=None, repr=False, compare=False)
    """The partnerships, areas and day that the answer speaks of; its table is framed by them."""

    def __repr__(self) -> str:
        """Name every part."""
        parts = (f"{part.name}={_short(getattr(self, part.name))}" for part in fields(self) if part.repr)
        return f"{type(self).__name__}({', '.join(parts)})"

    def _repr_html_(self) -> str | None:
        """The table that a notebook shows; None leaves it to the words above."""
        return self.dataset.drawn(self) if self.dataset else None


def _short(value: object) -> str:
    shown = repr(value)
    if len(shown) <= _LONGEST:
        return shown
    return f"({len(value)} of {type(value[0]).__name__})" if isinstance(value, tuple) else f"{type(value).__name__}(…)"
