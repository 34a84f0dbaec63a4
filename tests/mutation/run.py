"""Change the code at one place at a time, and see whether a test notices: `python tests/mutation/run.py [PACKAGE...]`.

Tries every mutant of these packages, by default of all, which takes a day, or with `--sample N` so many of each, and
writes what survived into docs/mutation.md. `--check` tries a few of the modules that have tests beside them, names the
survivors that the page does not know, and fails where fewer than FLOOR are killed: which few they are changes with
every change of these modules, so that one survivor alone says nothing of the change.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name

ROOT = Path(__file__).parents[2]
WORK = Path(gettempdir()) / "sdp-mutation"
PAGE = ROOT / "docs" / "mutation.md"
MUTMUT = str(Path(sys.executable).parent / "mutmut")
SEED = 18
FLOOR = 0.85
PACKAGES = ("model", "files", "analysis", "validation")
TESTS = [
    *(f"tests/{package}" for package in (*PACKAGES, "views")),
    *("tests/cli/test_recorded.py", "tests/cli/test_json.py"),
]
LEFT_OUT = ("tests/files/test_robustness.py",)
"""Limits of time that do not hold under the tool, and processes that it does not see into."""
CHECKED = {
    "model/dataset.py": "tests/model/test_dataset.py",
    "files/document.py": "tests/files/test_document.py",
    "analysis/search.py": "tests/analysis/test_search.py",
    "validation/report.py": "tests/validation/test_report.py",
}
"""Modules that CI looks at, with the tests beside them."""
COPIED = ("src", "tests", "data", "docs", ".yamllint.yaml", "README.md", "hatch_build.py", "pyproject.toml")
UNTOLD = "not explained yet"


class Mutant(NamedTuple):
    """A changed place: where it is, what is there instead, and whether a test noticed."""

    function: str
    change: str
    killed: bool


def main() -> int:
    """Try mutants; 1 where `--check` finds too few killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(PACKAGES))
    parser.add_argument("--sample", type=int, metavar="N", help="so many of each package, at random")
    parser.add_argument("--check", action="store_true", help="a few, as in CI; write nothing")
    parser.add_argument("--accept", action="store_true", help="with --check: write what survives into the page")
    asked = parser.parse_args()
    if asked.check:
        found = tried([*CHECKED], [*CHECKED.values()], sample=60)
        if asked.accept:
            write("checked", found, sampled=True)
        return check(found)
    for package in asked.packages or PACKAGES:
        write(package, tried([f"{package}/**/*.py"], TESTS, sample=asked.sample), sampled=bool(asked.sample))
    return 0


def tried(modules: Sequence[str], tests: Sequence[str], *, sample: int | None) -> list[Mutant]:
    """Run the tests on all mutants of some modules, or on a sample of them."""
    paths = sorted({path for module in modules for path in (ROOT / "src" / "sdp_matrix").glob(module)})
    prepare([path.relative_to(ROOT).as_posix() for path in paths], tests)
    names = [name for path in paths for name in mutants_of(path)]
    chosen = names if sample is None else random.Random(SEED).sample(names, min(sample, len(names)))  # noqa: S311
    mutmut("run", "--max-children", "1", *(chosen if sample else ()))
    return outcomes()


def mutants_of(path: Path) -> list[str]:
    """The names that mutmut gives the mutants of a module."""
    made = mutate_file_contents(str(path), path.read_text("utf-8"))
    return [get_mutant_name(path.relative_to(ROOT), name) for name in made.mutant_names]


def prepare(modules: Sequence[str], tests: Sequence[str]) -> None:
    """Copy what the tests need to a folder of its own, and tell mutmut there what to change."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, WORK / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, WORK / name)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [*modules],
        "also_copy": [name for name in COPIED if name not in {"src", "tests"}],
        "pytest_add_cli_args_test_selection": [*tests],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", *(f"--ignore={test}" for test in LEFT_OUT)],
    }
    with (WORK / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n")
        file.writelines(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())


def mutmut(*arguments: str) -> str:
    """What mutmut prints in that folder."""
    ran = subprocess.run([MUTMUT, *arguments], cwd=WORK, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}")
    return ran.stdout


def outcomes() -> list[Mutant]:
    """Every mutant that was tried."""
    found = dict(re.findall(r"^ +(\S+): (.+)$", mutmut("results", "--all", "true"), re.MULTILINE))
    alive = {"survived", "no tests", "not checked"}
    return [
        Mutant(function_of(name), changed(name) if status in alive else "", status not in alive)
        for name, status in found.items()
        if status != "not checked"
    ]


def function_of(name: str) -> str:
    """`files.document.parse` of `sdp_matrix.files.document.x_parse__mutmut_3`; `ǁ` stands around a class."""
    module, _, mangled = name.partition("__mutmut_")[0].removeprefix("sdp_matrix.").rpartition(".")
    return f"{module}.{mangled.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def changed(name: str) -> str:
    """What stands in place of what, in one line."""
    lines = mutmut("show", name).splitlines()
    before, after = (
        " ".join(line[1:].strip() for line in lines if re.match(rf"{re.escape(sign)}(?!{re.escape(sign)})", line))
        for sign in "-+"
    )
    return f"`{before}` → `{after}`".replace("|", "\\|")


def between(killed: int, total: int) -> tuple[float, float]:
    """The interval in which the whole lies with a probability of 95 %, by Wilson's formula."""
    z, rate = 1.96, killed / total
    middle, half = rate + z * z / (2 * total), z * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


def check(found: Sequence[Mutant]) -> int:
    """Say what is new among the survivors, and whether enough were killed."""
    page, rate = PAGE.read_text("utf-8"), sum(mutant.killed for mutant in found) / len(found)
    new = [mutant for mutant in found if not mutant.killed and row(mutant) not in page]
    said = [f"nothing notices in {mutant.function}: {mutant.change}" for mutant in new]
    said += [f"{len(found)} mutants tried: {rate:.0%} killed, {FLOOR:.0%} needed; {len(new)} new that survive", ""]
    sys.stdout.write("\n".join(said))
    return int(rate < FLOOR)


def row(mutant: Mutant) -> str:
    """The beginning of the row of a survivor."""
    return f"| `{mutant.function}` | {mutant.change} | "


def write(package: str, found: Sequence[Mutant], *, sampled: bool) -> None:
    """Put the section of a package into the page; the last column is written by people, and kept."""
    page, killed = PAGE.read_text("utf-8"), sum(mutant.killed for mutant in found)
    low, high = between(killed, len(found))
    drawn = ", drawn at random" if sampled else ""
    whole = f" ({low:.0%} to {high:.0%} of all, with 95 % confidence)" if sampled else ""
    lines = [f"{len(found)} mutants{drawn}: {killed} killed, {killed / len(found):.0%}{whole}."]
    rows = sorted({row(mutant) for mutant in found if not mutant.killed})
    if rows:
        lines += ["", "| function | change | why nothing notices |", "|---|---|---|"]
        lines += [
            start + (re.findall(re.escape(start) + r"(.*) \|$", page, re.MULTILINE) or [UNTOLD])[0] + " |"
            for start in rows
        ]
    begin, end = f"<!-- begin {package} -->", f"<!-- end {package} -->"
    before, _, rest = page.partition(begin)
    PAGE.write_text("\n".join([f"{before}{begin}", "", *lines, "", f"{end}{rest.partition(end)[2]}"]), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
