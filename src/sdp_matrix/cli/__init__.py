"""The command `sdp`: arguments in, one call of the library, one table out."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

# A command makes many objects that live until it ends, and hardly any cycles. To look for cycles at every 700th, as
# Python does by default, takes a tenth of its time. The library leaves this to the program that uses it.
gc.set_threshold(50_000, 20, 20)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; Ctrl-C ends it without a traceback, also while it is still being loaded."""
    try:
        from sdp_matrix.cli import entry_point

        entry_point.main(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
