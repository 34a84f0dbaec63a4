"""Measure every goal of speed and size, and write docs/benchmarks.md: `make bench`, on a quiet machine.

`python tests/benchmarks/bench.py scale` measures one section, and leaves the others as they are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import diff_tools
import validators
from generate import generate
from measure import Goal, alternate, table, versions

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
RUNS = 20
SDP = str(Path(sys.executable).parent / "sdp")
LIBRARIES = """
import typer, yaml
from pydantic import BaseModel
class One(BaseModel):
    field: int
One(field=1)
"""
COMPLETION = ["env", "_SDP_COMPLETE=complete_bash", "COMP_WORDS=sdp explain ind", "COMP_CWORD=2", SDP]
GOALS = [
    ("`sdp --version`", [SDP, "--version"], 8, "I"),
    ("`sdp --help`", [SDP, "--help"], 8, "I"),
    ("completion of a partner's name", COMPLETION, 8, "I"),
    ("`sdp diff japan india -f json`", [SDP, "diff", "japan", "india", "-f", "json"], 1.5, "B"),
    ("`sdp matrix`", [SDP, "matrix"], 1.6, "B"),
    ("`sdp validate`, all shipped files", [SDP, "validate"], 1.6, "B"),
]
"""Commands, each with the limit of its time in I or B."""
LOADER = """
import sys
from pathlib import Path
from yaml import CSafeLoader, load
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    load(file.read_bytes(), Loader=CSafeLoader)
"""
OPENING = """\
# Benchmarks

`make bench` wrote this page; nothing is typed by hand. Times are processor time of whole processes, which a busy
machine changes little. They differ from machine to machine, so what counts are the ratios, each from one run on one
machine. A first run of every command, which compiles its bytecode, is not counted. If a goal does not hold, or another
tool is faster, the table says so.
"""


def start_up() -> str:
    """Compare commands with the interpreter (I) and the least that their libraries cost anyone (B)."""
    floors = {"I": [sys.executable, "-c", "pass"], "B": [sys.executable, "-c", LIBRARIES]}
    took = alternate(floors | {name: command for name, command, *_ in GOALS}, runs=RUNS)
    goals = [Goal(name, took[name].median / took[unit].median, limit, unit) for name, _, limit, unit in GOALS]
    return (
        f"I is `python -c pass`: {took['I']}. B is a process that imports typer and yaml, and defines and uses one "
        f"pydantic model with one field: {took['B']}. Medians of {RUNS} runs in turn. Every run reads and checks all "
        f"files anew.\n\n"
        f"{table(goals)}\n\n{versions('typer', 'pydantic', 'PyYAML', 'rich')}."
    )


def scale() -> str:
    """Compare validation, as the data grow, with PyYAML reading the same bytes (L)."""
    with tempfile.TemporaryDirectory() as room:
        one, three = f"{room}/one", f"{room}/three"
        for folder, partners in ((one, 1000), (three, 3000)):
            generate(Path(folder), partners)
        loader = [sys.executable, "-c", LOADER, one]
        took = alternate({"L": loader, "one": [SDP, "validate", one], "three": [SDP, "validate", three]}, runs=3)
    plain, thousand = took["L"], took["one"]
    goals = [
        Goal("`validate`, 1,000 files x 26 areas", thousand.median / plain.median, 2, "L"),
        Goal("`validate` of 3,000 files", took["three"].median / thousand.median, 3.3, "x 1,000 files"),
        Goal("peak memory of `validate`, 1,000 files", thousand.megabytes, 250, "MB"),
    ]
    return (
        f"L is PyYAML's C loader reading the same 1,000 files into plain values: {plain}.\n\n{table(goals)}\n\n"
        f"{versions('PyYAML', 'pydantic')}."
    )


SECTIONS = {
    "Start-up": start_up,
    "Scale": scale,
    "Validation beside other tools": validators.section,
    "Differences beside other tools": diff_tools.section,
}


def main(wanted: list[str]) -> None:
    """Measure the sections that begin with these words, else all; write each as soon as it is measured."""
    for title, measured in SECTIONS.items():
        if not wanted or title.lower().startswith(tuple(wanted)):
            began = time.monotonic()
            figures = measured()
            _write(title, f"{figures}\n\nThis section took {time.monotonic() - began:.0f} seconds.")


def _write(title: str, text: str) -> None:
    """Put a section in the place of the one of that title on the page."""
    written = dict(part.split("\n", 1) for part in PAGE.read_text("utf-8").split("\n## ")[1:]) | {title: text}
    parts = [f"## {name}\n\n{written[name].strip()}\n" for name in SECTIONS if name in written]
    PAGE.write_text("\n".join([OPENING, *parts]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
