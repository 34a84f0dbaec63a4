"""Files of the checkout that are written from others: `python -m sdp_matrix.derived` brings them up to date.

One entry a file; `--check` writes nothing and exits 1 where one is stale. The JSON Schemas, which belong to a data
folder wherever it is, have their own command, `sdp schema`. Like every example of the documentation, the picture shows
the frozen data of the tests, so that no change of a fact makes it stale.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sdp_matrix import reference, rulebook
from sdp_matrix.api import load
from sdp_matrix.cli.write_or_check import settle
from sdp_matrix.publishing import codebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sdp_matrix.api import Partnerships

FILES: Mapping[str, tuple[str, Callable[[Partnerships], str]]] = {
    "docs/codebook.md": ("data/areas.yaml", codebook.markdown),
    "docs/commands.md": ("src/sdp_matrix/cli", reference.commands),
    "docs/rules.md": ("src/sdp_matrix/validation/rules", rulebook.markdown),
    "docs/images/matrix.svg": ("tests/data/partnerships", reference.picture),
}
"""Path inside the checkout to what it is written from, and the function that writes it."""

REMEDY = "make derived"


def text(path: str, root: Path) -> str:
    """Return the text of a derived file of a checkout, under a comment that says what it is written from."""
    source, write = FILES[path]
    data = root / ("data" if source.startswith("data/") else "tests/data")
    return f"<!-- Derived from {source} by `{REMEDY}`; change that instead. -->\n\n{write(load(data))}"


def main(arguments: Sequence[str], root: Path) -> int:
    """Write the derived files below a checkout, or check them; the exit code."""
    files = {root / path: text(path, root) for path in FILES}
    return 0 if settle(files, check="--check" in arguments, fault=f"not up to date; run '{REMEDY}'") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[2]))
