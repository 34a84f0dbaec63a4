"""The command `sdp`: arguments in, one call of the library, one table out."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # so that Ctrl-C hardly ever comes before `main`

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]

# A command makes many objects that live until it ends, and hardly any cycles. To look for cycles at every 700th, as
# Python does by default, takes a tenth of its time; one look while the models are made takes a twentieth. The library
# leaves this to the program that uses it.
gc.set_threshold(1_000_000, 20, 20)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; Ctrl-C ends the process at once, also while it is loaded or ends."""
    try:
        import atexit
        import signal

        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_DFL)
        atexit.register(gc.freeze)  # the last look for cycles, which ends every process, then has nothing to look at
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        from sdp_matrix.cli import entry_point

        entry_point.main(arguments)
    finally:
        signal.signal(signal.SIGINT, before)
