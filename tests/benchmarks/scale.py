"""How validation, the matrix and a difference grow with the data, against PyYAML reading the same bytes (L)."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generate import generate
from measure import Figure, Goal, alternate, table, versions, write

from sdp_matrix import load
from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.formats import delimited
from sdp_matrix.model.published_table import Transcription
from sdp_matrix.views.matrix import matrix as view

BIN = Path(sys.executable).parent
SDP = str(BIN / "sdp")
SIZES = {"thousand": (1000, 26), "four": (4000, 26), "wide": (200, 1000), "sample": (20, 1000)}
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
        folders = {name: Path(room) / name for name in SIZES}
        for name, (partners, areas) in SIZES.items():
            generate(folders[name], partners=partners, areas=areas, evidence=8)
        write("scale", _text(_measured(folders), _matrix_seconds(folders["sample"])))


def _measured(folders: Mapping[str, Path]) -> dict[str, Figure]:
    def validate(name: str) -> list[str]:
        return [SDP, "validate", str(folders[name])]

    def plain(name: str) -> list[str]:
        return [sys.executable, "-c", PLAIN, str(folders[name])]

    quick = {
        "L": plain("thousand"),
        "validate": validate("thousand"),
        "L wide": plain("wide"),
        "wide": validate("wide"),
    }
    slow = {
        "one": validate("thousand"),
        "four": validate("four"),
        "check-jsonschema": _check_jsonschema(folders["thousand"]),
    }
    return {**alternate(quick, runs=5), **alternate(slow, runs=3, warm=0)}


def _check_jsonschema(folder: Path) -> list[str]:
    schema = Path(__file__).parents[1] / "data" / "schema" / "partnership.schema.json"
    files = sorted((folder / "partnerships").glob("*.yaml"))
    return [str(BIN / "check-jsonschema"), "--schemafile", str(schema), *map(str, files)]


def _matrix_seconds(folder: Path) -> float:
    """Seconds from 2,000 x 1,000 loaded cells to csv: best of three, the data made of a sample by renaming."""
    sample = load(folder)
    many = tuple(
        p.model_copy(update={"id": f"{p.id}-{n}", "name": f"{p.name} {n}"})
        for n in range(100)
        for p in sample.partnerships
    )
    nobody = sample.table.model_copy(update={"columns": ()})
    printed = Transcription(tuple(line[:2] for line in sample.transcription.lines))
    data = replace(sample, partnerships=many, table=nobody, transcription=printed)
    took = []
    for _ in range(3):
        start = time.perf_counter()
        delimited.render(view(data, matrix(data, Selection(everyone=True))))
        took.append(time.perf_counter() - start)
    return min(took)


def _text(figures: Mapping[str, Figure], matrix_seconds: float) -> str:
    def ratio(one: str, other: str) -> float:
        return figures[one].median / figures[other].median

    goals = [
        Goal("`validate`, 1,000 files x 26 areas", ratio("validate", "L"), 2, "L"),
        Goal("`validate`, 200 files x 1,000 areas", ratio("wide", "L wide"), 2, "L"),
        Goal("check-jsonschema, same 1,000 files", ratio("check-jsonschema", "one"), 8, "x validate", at_least=True),
        Goal("peak memory of `validate`, 1,000 files", figures["validate"].megabytes, 250, "MB"),
        Goal("`validate` of 4,000 files", ratio("four", "one"), 4.4, "x 1,000 files"),
        Goal("`matrix -f csv`, 2,000 x 1,000 cells, loaded", matrix_seconds, 3, "s"),
    ]
    used = versions("PyYAML", "pydantic", "check-jsonschema")
    took = figures["L"]
    return (
        f"L is PyYAML's C loader reading the same files into plain values: median {took.median * 1000:.0f} ms "
        f"({took.spread}) for 1,000 files.\n\n{table(goals)}\n\n{used}."
    )


if __name__ == "__main__":
    main()
