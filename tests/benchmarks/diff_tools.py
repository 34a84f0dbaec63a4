"""Compare Japan with India by several tools: how many differences each shows, and in what time."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import alternate, versions

BIN = Path(sys.executable).parent
DATA = Path(__file__).parents[2] / "data"
DIFFERENCE = {"sdp diff": r"\d+,", "csv-diff": " +status: ", "daff": "->,", "git diff": r"\+(?!\+\+)|-(?!--)"}
"""How a line begins that shows a difference, by tool."""
OPENING = """\
Japan against India. `sdp diff` reads and checks all data first; csv-diff and daff get the two columns ready-made as
csv; `git diff --no-index` gets the two YAML files and shows lines added and removed, names and evidence included."""


def commands(room: str) -> dict[str, list[str]]:
    """Return the command of each tool, and write the two columns as csv for those that read it."""
    columns = {partner: f"{room}/{partner}.csv" for partner in ("japan", "india")}
    for partner, file in columns.items():
        query = f"select area, status from coverage where partner = '{partner}'"
        subprocess.run([str(BIN / "sdp"), "--data", str(DATA), "sql", query, "-o", file], check=True)
    return {
        "sdp diff": [str(BIN / "sdp"), "--data", str(DATA), "diff", *columns, "-f", "csv"],
        "csv-diff": [str(BIN / "csv-diff"), *columns.values(), "--key", "area"],
        "daff": [str(BIN / "daff"), *columns.values()],
        "git diff": ["git", "diff", "--no-index", *(f"{DATA}/partnerships/{partner}.yaml" for partner in columns)],
    }


def section() -> str:
    """Count the differences that each tool shows, time it, and return the table."""
    rows = ["| tool | differences shown | processor time | times sdp |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as room:
        took = alternate(commands(room), runs=20)
        for tool, command in commands(room).items():
            shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            count = len(re.findall(f"(?m)^(?:{DIFFERENCE[tool]})", shown))
            rows.append(f"| {tool} | {count} | {took[tool]} | {took[tool].median / took['sdp diff'].median:.2f} |")
    return "\n".join([OPENING, "", *rows, "", f"{versions('csv-diff', 'daff')}."])
