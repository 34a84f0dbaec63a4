"""How validation grows with the data, against PyYAML reading the same bytes (L): `python tests/benchmarks/scale.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generate import generate
from measure import Goal, alternate, table, versions, write

SDP = str(Path(sys.executable).parent / "sdp")
PLAIN = """
import sys
from pathlib import Path
from yaml import CSafeLoader, load
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    load(file.read_bytes(), Loader=CSafeLoader)
"""


def main() -> None:
    """Measure, print and write down every goal of scale."""
    with tempfile.TemporaryDirectory() as room:
        one, four = f"{room}/one", f"{room}/four"
        for folder, partners in ((one, 1000), (four, 4000)):
            generate(Path(folder), partners=partners, areas=26, evidence=8)
        commands = {
            "L": [sys.executable, "-c", PLAIN, one],
            "one": [SDP, "validate", one],
            "four": [SDP, "validate", four],
        }
        figures = alternate(commands, runs=5)
    plain, thousand = figures["L"], figures["one"]
    goals = [
        Goal("`validate`, 1,000 files x 26 areas", thousand.median / plain.median, 2, "L"),
        Goal("`validate` of 4,000 files", figures["four"].median / thousand.median, 4.4, "x 1,000 files"),
        Goal("peak memory of `validate`, 1,000 files", thousand.megabytes, 250, "MB"),
    ]
    text = (
        f"L is PyYAML's C loader reading the same files into plain values: median {plain.median * 1000:.0f} ms "
        f"({plain.spread}) for 1,000 files.\n\n{table(goals)}\n\n{versions('PyYAML', 'pydantic')}."
    )
    write("scale", text)


if __name__ == "__main__":
    main()
