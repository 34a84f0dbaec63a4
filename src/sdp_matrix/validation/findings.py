"""What a validation found, and how it went in one line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdp_matrix.problem import tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdp_matrix.problem import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """What a validation found."""

    problems: tuple[Problem, ...]
    """Sorted."""
    files: int
    """How many were read."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts of the files, by the path that problems have."""

    @property
    def summary(self) -> str:
        """One line on how it went; see `sdp_matrix.problem.tally`."""
        return tally(self.problems, self.files)
