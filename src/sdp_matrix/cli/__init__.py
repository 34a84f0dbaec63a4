"""The command `sdp`: arguments in, one call of the library, one table out."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # `typing` is imported inside the handler of Ctrl-C, as everything else

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; Ctrl-C ends it with 130, also while it is being imported."""
    try:
        from sdp_matrix.cli import entry_point

        entry_point.main(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
