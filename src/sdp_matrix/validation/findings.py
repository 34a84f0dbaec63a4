"""What a validation found, and how it went in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sdp_matrix.problem import Problem, errors


@dataclass(frozen=True, slots=True)
class Findings:
    """What a validation found."""

    problems: tuple[Problem, ...]
    """Sorted."""
    files: int
    """How many were read."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts of the files, by the path that problems have."""
    source: str = ""
    """Where the files are: the folders with their editions."""

    @property
    def summary(self) -> str:
        """One line on how many files were read, where, and how many problems they have.

        >>> Findings((), 18, source="in data, edition 2.0.0 of 2026-11-24").summary
        '18 files in data, edition 2.0.0 of 2026-11-24: no problem'
        """
        wrong = len(errors(self.problems))
        counts = [(wrong, "problem"), (len(self.problems) - wrong, "warning")]
        count = " and ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n) or "no problem"
        within = len({problem.location.path for problem in self.problems})
        where = f" in {within} of them" if self.problems and self.files > 1 else ""
        return f"{self.files} file{'s' if self.files != 1 else ''} {self.source}: {count}{where}"
