"""The difference of two partners beside other tools: same work, same machine, in turn."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import Figure, alternate, versions, write

from sdp_matrix import load

BIN = Path(sys.executable).parent
DATA = Path(__file__).parent.parent / "data" / "partnerships"


def main() -> None:
    """Measure, print and write down differences beside other tools."""
    with tempfile.TemporaryDirectory() as room:
        files = [_csv(Path(room), partner) for partner in ("japan", "india")]
        found, figures = _differences(files)
    write("beside", f"{_differences_table(found, figures)}\n\n{_used()}")


def _used() -> str:
    return versions("csv-diff", "daff") + "."


def _csv(room: Path, partner: str) -> Path:
    """A partnership as the other tools read it: one line an area."""
    lines = [f"{area},{cell.status}" for area, cell in load().partner(partner).coverage.items()]
    file = room / f"{partner}.csv"
    file.write_text("\n".join(["area,status", *lines, ""]), "utf-8")
    return file


def _differences(files: Sequence[Path]) -> tuple[dict[str, int], dict[str, Figure]]:
    texts = [str(file) for file in files]
    commands = {
        "sdp diff": [str(BIN / "sdp"), "diff", "japan", "india", "-f", "csv"],
        "csv-diff": [str(BIN / "csv-diff"), *texts, "--key", "area"],
        "daff": [str(BIN / "daff"), *texts],
        "git diff": ["git", "diff", "--no-index", *(str(DATA / f"{file.stem}.yaml") for file in files)],
    }
    signs = {"csv-diff": "    status: ", "daff": "->,", "git diff": "+", "sdp diff": "-"}
    found = {name: _lines(command, signs[name]) for name, command in commands.items()}
    found["sdp diff"] = _lines(commands["sdp diff"], "") - 1
    return found, alternate(commands, runs=11)


def _lines(command: Sequence[str], begin: str) -> int:
    command = [shutil.which(command[0]) or command[0], *command[1:]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return sum(line.startswith(begin) for line in ran.stdout.splitlines())


def _differences_table(found: Mapping[str, int], figures: Mapping[str, Figure]) -> str:
    ours = figures["sdp diff"].median
    rows = [
        f"| {name} | {found[name]} | {figure.median * 1000:.0f} ms ({figure.spread}) | {figure.median / ours:.2f} |"
        for name, figure in figures.items()
    ]
    return "\n".join(
        [
            "Japan against India, whole processes. csv-diff and daff get the two columns ready made as csv; `git diff`",
            "gets the YAML files and counts lines added, evidence and names included; `sdp diff` relates all the data.",
            "",
            "| tool | differences shown | median (spread) | ratio to sdp |",
            "|---|---|---|---|",
            *rows,
        ]
    )


if __name__ == "__main__":
    main()
