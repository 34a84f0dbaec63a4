"""Check that the answers in the README are those of the shipped data; `--write` puts today's in.

Run as `make readme`, beside the tests of code: a new fact that no answer shows leaves it green.
"""

from __future__ import annotations

import sys

from hooks import ROOT, answered

README = ROOT / "README.md"


def main(arguments: list[str]) -> int:
    """Return 1 if an answer is not today's."""
    text = README.read_text("utf-8")
    fresh = answered(text)
    if "--write" in arguments:
        README.write_text(fresh, "utf-8")
    elif fresh != text:
        sys.stderr.write("README.md shows other answers than the shipped data; run 'make readme-write'\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
