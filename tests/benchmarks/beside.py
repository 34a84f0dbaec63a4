"""The difference of two partners, and patterns, beside other tools: same work, same machine, in turn."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import concepts  # type: ignore[import-untyped]
from measure import Figure, alternate, versions, write

from sdp_matrix import load
from sdp_matrix.analysis.implications import basis

T = TypeVar("T")

BIN = Path(sys.executable).parent
DATA = Path(__file__).parent.parent / "data" / "partnerships"
SIZES = ((9, 26), (20, 15), (30, 20))


def main() -> None:
    """Measure, print and write down differences and patterns beside other tools."""
    with tempfile.TemporaryDirectory() as room:
        files = [_csv(Path(room), partner) for partner in ("japan", "india")]
        found, figures = _differences(files)
    write("beside", f"{_differences_table(found, figures)}\n\n{_patterns_table()}\n\n{_used()}")


def _used() -> str:
    return versions("csv-diff", "daff", "concepts") + "."


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


def _patterns_table() -> str:
    rows = []
    for partners, areas in SIZES:
        columns = _columns(partners, areas)
        ours, rules = _timed(partial(_rules, columns))
        theirs, lattice = _timed(partial(_lattice, columns, partners))
        rows.append(
            f"| {partners} x {areas} | {len(rules)} rules, {ours * 1000:.1f} ms | "
            f"{len(lattice)} concepts, {theirs * 1000:.1f} ms | {theirs / ours:.2f} |"
        )
    return "\n".join(
        [
            "Rules of random contexts, nothing unknown, in one process: our basis of implications beside the lattice",
            "that `concepts` builds. Not the same answer: `concepts` lists all concepts and knows no implications.",
            "",
            "| partners x areas | sdp: basis | concepts: lattice | ratio to sdp |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def _columns(partners: int, areas: int) -> list[tuple[int, int]]:
    chance = random.Random(partners)  # noqa: S311 - not for secrets
    everyone = (1 << partners) - 1
    present = [chance.getrandbits(partners) | chance.getrandbits(partners) for _ in range(areas)]
    return [(having, everyone & ~having) for having in present]


def _rules(columns: Sequence[tuple[int, int]]) -> Sequence[object]:
    return basis(columns, min_support=1).rules


def _lattice(columns: Sequence[tuple[int, int]], partners: int) -> Sequence[object]:
    rows = [tuple(bool(present >> n & 1) for present, _ in columns) for n in range(partners)]
    names = [f"a{n}" for n in range(len(columns))]
    return list(concepts.Context([f"p{n}" for n in range(partners)], names, rows).lattice)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Median seconds of three runs, and the result."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    return median(took), result


if __name__ == "__main__":
    main()
