"""The command `sdp`: arguments in, a call of the library, a table out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; Ctrl-C ends it with 130, also while it is being imported."""
    gc.disable()  # a command ends before its garbage matters: a seventh of its time went into looking for some
    try:
        from sdp_matrix.cli import entry_point  # inside, so that Ctrl-C is handled here

        entry_point.main(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # nor has Python anything to look through when it ends
