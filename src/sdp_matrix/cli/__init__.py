"""The command `sdp`: arguments in, a call of the library, a table out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; Ctrl-C ends it with 130, also while it is being imported."""
    try:
        from sdp_matrix.cli import entry_point  # inside, so that Ctrl-C is handled here

        entry_point.main(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
