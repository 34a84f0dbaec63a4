"""Change the code at one place at a time, and see whether a test notices: `python tests/mutation/run.py [PACKAGE...]`.

Tries every mutant of these packages, by default of all, which takes a day, or with `--sample N` so many of each.
`--check` tries a few of the modules that have tests beside them, and fails if fewer than FLOOR are killed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "sdp_matrix"
WORK = Path(gettempdir()) / "sdp-mutation"
MUTMUT = str(Path(sys.executable).parent / "mutmut")
FLOOR = 0.85
PACKAGES = ("model", "files", "analysis", "validation", "views", "formats", "cli")
LEFT_OUT = ("tests/files/test_robustness.py", "tests/cli/test_startup.py", "tests/cli/test_output.py")
"""Limits of time that do not hold under the tool, and processes that it does not see into."""
CHECKED = {
    "model/dataset.py": "tests/model/test_dataset.py",
    "analysis/search.py": "tests/analysis/test_search.py",
    "views/show.py": "tests/views/test_show.py",
    "formats/markdown.py": "tests/formats/test_formats.py",
    "cli/suggestions.py": "tests/cli/test_first_words.py",
}
"""Modules that CI looks at, with the tests beside them."""
COPIED = ("src", "tests", "data", "docs", ".yamllint.yaml", "README.md", "pyproject.toml")


class Mutant(NamedTuple):
    """A changed place: where it is, what is there instead, and whether a test noticed."""

    function: str
    change: str
    killed: bool


def main() -> int:
    """Try mutants; 1 if `--check` has too few killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(PACKAGES))
    parser.add_argument("--sample", type=int, metavar="N", help="so many of each package, always the same")
    parser.add_argument("--check", action="store_true", help="some of a few modules, as in CI; 1 below the floor")
    options = parser.parse_args()
    if options.check:
        mutants = tried([*CHECKED], [*CHECKED.values()], sample=5)
        sys.stdout.write(report(mutants, "sample"))
        return int(sum(mutant.killed for mutant in mutants) < FLOOR * len(mutants))
    for package in options.packages or PACKAGES:
        tests = [f"tests/{name}" for name in PACKAGES]
        sys.stdout.write(report(tried([f"{package}/**/*.py"], tests, sample=options.sample), package))
    return 0


def tried(patterns: Sequence[str], tests: Sequence[str], *, sample: int | None) -> list[Mutant]:
    """Run the tests on all mutants of the modules of each pattern, or on a sample of them."""
    modules = [sorted(SOURCE.glob(pattern)) for pattern in patterns]
    prepare([path.relative_to(ROOT).as_posix() for paths in modules for path in paths], tests)
    # By digest, so that a change of one function draws no other sample of the rest
    chosen = [
        name
        for paths in modules
        for name in sorted((name for path in paths for name in mutants_of(path)), key=digest)[:sample]
    ]
    mutmut("run", "--max-children", "1", *chosen)
    return outcomes()


def digest(name: str) -> str:
    """A number that looks random and is always the same."""
    return sha256(name.encode()).hexdigest()


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
    statuses = dict(re.findall(r"^ +(\S+): (.+)$", mutmut("results", "--all", "true"), re.MULTILINE))
    alive = {"survived", "no tests", "not checked"}
    return [
        Mutant(function_of(name), changed(name) if status in alive else "", status not in alive)
        for name, status in statuses.items()
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


def report(mutants: Sequence[Mutant], name: str) -> str:
    """Name what survives, and count."""
    lines = [f"{name}: nothing notices in {m.function}: {m.change}" for m in mutants if not m.killed]
    killed = sum(mutant.killed for mutant in mutants)
    return "\n".join([*lines, f"{name}: {killed} of {len(mutants)} changes noticed, {killed / len(mutants):.0%}", ""])


if __name__ == "__main__":
    sys.exit(main())
