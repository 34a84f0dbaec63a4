"""Files of the checkout that are written from others: `python -m sdp_matrix.derived` brings them up to date.

One entry a file; `--check` writes nothing and exits 1 where one is stale. The JSON Schemas, which belong to a data
folder wherever it is, have their own command, `sdp schema`.
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
    "docs/images/matrix.svg": ("data/partnerships", reference.picture),
}
"""Path inside the checkout to what it is written from, and the function that writes it."""

REMEDY = "make derived"


def texts(partnerships: Partnerships) -> dict[str, str]:
    """The text of every derived file, under a comment that says what it is written from."""
    return {
        path: f"<!-- Derived from {source} by `{REMEDY}`; change that instead. -->\n\n{write(partnerships)}"
        for path, (source, write) in FILES.items()
    }


def main(arguments: Sequence[str], root: Path) -> int:
    """Write the derived files below a checkout, or check them; the exit code."""
    files = {root / path: text for path, text in texts(load(root / "data")).items()}
    return 0 if settle(files, check="--check" in arguments, fault=f"not up to date; run '{REMEDY}'") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[2]))
