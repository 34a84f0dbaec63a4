"""How fast a command answers, against the interpreter (I) and the libraries it stands on (F)."""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

from measure import Goal, alternate, table, versions, write

import sdp_matrix

RUNS = 20
BIN = Path(sys.executable).parent
SDP = str(BIN / "sdp")
COMPLETION = {"_SDP_COMPLETE": "complete_bash", "COMP_WORDS": "sdp show ind", "COMP_CWORD": "2"}

COMMANDS = {
    "I": [sys.executable, "-c", "pass"],
    "F": [sys.executable, "-c", "import typer, pydantic, yaml"],
    "version": [SDP, "--version"],
    "help": [SDP, "--help"],
    "complete": ["env", *(f"{name}={value}" for name, value in COMPLETION.items()), SDP],
    "diff": [SDP, "diff", "japan", "india", "-f", "json"],
    "matrix": [SDP, "matrix"],
    "validate": [SDP, "validate"],
}
COLD = {name: COMMANDS[name] for name in ("F", "diff", "matrix", "validate")}


def main() -> None:
    """Measure, print and write down every goal of start-up."""
    os.environ.pop("SDP_CACHE", None)
    # pip compiles what it installs, the libraries of F among it; an editable checkout is compiled here.
    compileall.compile_dir(Path(sdp_matrix.__file__).parent, quiet=1)
    warm = alternate(COMMANDS, runs=RUNS)
    cold = alternate(COLD, runs=RUNS // 2, environment={"SDP_CACHE": "off"})
    bare, floor = warm["I"].median, warm["F"].median
    goals = [
        Goal("`sdp --version`", warm["version"].median / bare, 7, "I"),
        Goal("`sdp --help`", warm["help"].median / bare, 7, "I"),
        Goal("completion of a partner's name", warm["complete"].median / bare, 7, "I"),
        Goal("`sdp diff japan india -f json`", warm["diff"].median / floor, 1.25, "F"),
        Goal("`sdp matrix`", warm["matrix"].median / floor, 1.6, "F"),
        Goal("`sdp validate`, all shipped files", warm["validate"].median / floor, 1.5, "F"),
    ]
    without = ", ".join(
        f"{name} {cold[name].median / cold['F'].median:.2f} F" for name in ("diff", "matrix", "validate")
    )
    text = (
        f"I is `python -c pass`: median {bare * 1000:.0f} ms ({warm['I'].spread}). "
        f'F is `python -c "import typer, pydantic, yaml"`: median {floor * 1000:.0f} ms ({warm["F"].spread}). '
        f"Medians of {RUNS} runs in turn.\n\n{table(goals)}\n\n"
        "The last three recall the shipped data from the cache, as every run but the first does. "
        f"Without it (`SDP_CACHE=off`): {without}.\n\n{versions('typer', 'pydantic', 'PyYAML', 'rich')}."
    )
    write("start-up", text)


if __name__ == "__main__":
    main()
