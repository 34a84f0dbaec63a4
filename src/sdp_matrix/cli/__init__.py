"""The command `sdp`: arguments in, one call of the library, one table out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; Ctrl-C ends it without a traceback, also while it is still being loaded."""
    try:
        from sdp_matrix.cli import boundary

        boundary.main(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
