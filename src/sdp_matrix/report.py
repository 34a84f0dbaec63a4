"""Problems as text or data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sdp_matrix.errors import BadRequest
from sdp_matrix.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sdp_matrix.problems import Problem


def render(problems: Sequence[Problem], chosen: str) -> str:
    """Render sorted problems in a format; raises `BadRequest` for one that does not exist."""
    if chosen not in REPORTS:
        raise BadRequest(f"there is no format '{chosen}' for problems; write one of {', '.join(REPORTS)}")
    return REPORTS[chosen](problems)


def _text(problems: Sequence[Problem]) -> str:
    return "".join(f"{printable(str(problem))}\n" for problem in problems)


def _json(problems: Sequence[Problem]) -> str:
    listed = [
        {
            "path": p.location.path,
            "line": p.location.line,
            "column": p.location.column,
            "severity": str(p.severity),
            "rule": p.rule,
            "message": p.message,
        }
        for p in problems
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": _text, "json": _json}


def summary(problems: Sequence[Problem], files: int) -> str:
    """One line on how it went.

    >>> summary([], 18)
    '18 files, no problem'
    """
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}" if problems else "no problem"
    return f"{files} file{'s' if files != 1 else ''}, {count}"
