"""How fast a command answers, against the interpreter (I) and the least that its libraries cost anyone (B)."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

from measure import Goal, alternate, table, versions, write

import sdp_matrix

RUNS = 20
BIN = Path(sys.executable).parent
SDP = str(BIN / "sdp")
COMPLETION = {"_SDP_COMPLETE": "complete_bash", "COMP_WORDS": "sdp explain ind", "COMP_CWORD": "2"}

LIBRARIES = """
import typer, yaml
from pydantic import BaseModel
class One(BaseModel):
    field: int
One(field=1)
"""

COMMANDS = {
    "I": [sys.executable, "-c", "pass"],
    "B": [sys.executable, "-c", LIBRARIES],
    "version": [SDP, "--version"],
    "help": [SDP, "--help"],
    "complete": ["env", *(f"{name}={value}" for name, value in COMPLETION.items()), SDP],
    "diff": [SDP, "diff", "japan", "india", "-f", "json"],
    "matrix": [SDP, "matrix"],
    "validate": [SDP, "validate"],
}


def main() -> None:
    """Measure, print and write down every goal of start-up."""
    # pip compiles what it installs, the libraries among it; an editable checkout is compiled here.
    compileall.compile_dir(Path(sdp_matrix.__file__).parent, quiet=1)
    took = alternate(COMMANDS, runs=RUNS)
    bare, floor = took["I"].median, took["B"].median
    goals = [
        Goal("`sdp --version`", took["version"].median / bare, 8, "I"),
        Goal("`sdp --help`", took["help"].median / bare, 8, "I"),
        Goal("completion of a partner's name", took["complete"].median / bare, 8, "I"),
        Goal("`sdp diff japan india -f json`", took["diff"].median / floor, 1.5, "B"),
        Goal("`sdp matrix`", took["matrix"].median / floor, 1.6, "B"),
        Goal("`sdp validate`, all shipped files", took["validate"].median / floor, 1.6, "B"),
    ]
    text = (
        f"I is `python -c pass`: median {bare * 1000:.0f} ms ({took['I'].spread}). "
        "B is a process that imports typer and yaml, and defines and uses one pydantic model with one field: "
        f"median {floor * 1000:.0f} ms ({took['B'].spread}). Medians of {RUNS} runs in turn. "
        f"Every run reads and checks all files anew.\n\n"
        f"{table(goals)}\n\n{versions('typer', 'pydantic', 'PyYAML', 'rich')}."
    )
    write("start-up", text)


if __name__ == "__main__":
    main()
