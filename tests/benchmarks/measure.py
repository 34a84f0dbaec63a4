"""Time whole processes in turn, so that what slows the machine slows all of them, and write the figures down."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds and peak memory of the runs of one command."""

    seconds: tuple[float, ...]
    megabytes: float
    code: int

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> str:
        """Fastest and slowest run."""
        return f"{min(self.seconds) * 1000:.0f} to {max(self.seconds) * 1000:.0f} ms"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the limit it has to keep."""

    name: str
    figure: float
    limit: float
    unit: str

    @property
    def line(self) -> str:
        """The goal as a row of a table."""
        holds = "yes" if self.figure <= self.limit else "**no**"
        return f"| {self.name} | {self.figure:.2f} {self.unit} | <= {self.limit:g} {self.unit} | {holds} |"


def alternate(commands: Mapping[str, Sequence[str]], *, runs: int, warm: int = 1) -> dict[str, Figure]:
    """Run every command in turn, `warm` times uncounted and `runs` times counted."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory, codes = dict.fromkeys(commands, 0.0), dict.fromkeys(commands, 0)
    for number in range(warm + runs):
        for name, command in commands.items():
            took, peak, codes[name] = once(command)
            memory[name] = max(memory[name], peak)
            if number >= warm:
                seconds[name].append(took)
    return {name: Figure(tuple(seconds[name]), memory[name], codes[name]) for name in commands}


def once(command: Sequence[str]) -> tuple[float, float, int]:
    """Processor seconds, peak memory in MB and exit code of one run; what it prints is thrown away.

    What a busy machine makes a process wait does not count.
    """
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def table(goals: Sequence[Goal]) -> str:
    """Goals as a Markdown table."""
    return "\n".join(["| goal | figure | limit | holds |", "|---|---|---|---|", *(goal.line for goal in goals)])


def versions(*packages: str) -> str:
    """What was measured with: the interpreter, the system and the packages."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return ", ".join([python, platform.system(), *(f"{name} {version(name)}" for name in packages)])


def write(section: str, text: str) -> None:
    """Put a section into docs/benchmarks.md in place of the one that stands there, and print it."""
    print(text)  # noqa: T201 - a script
    page = PAGE.read_text("utf-8")
    begin, end = f"<!-- begin {section} -->", f"<!-- end {section} -->"
    replaced, count = re.subn(
        re.escape(begin) + ".*?" + re.escape(end), lambda _: f"{begin}\n\n{text}\n\n{end}", page, flags=re.DOTALL
    )
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no place for the section '{section}': {begin} … {end}")
    PAGE.write_text(replaced, "utf-8")
