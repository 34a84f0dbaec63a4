"""Time whole processes in turn, so that what slows the machine slows all of them."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version


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

    def __str__(self) -> str:
        """Median, fastest and slowest run."""
        times = self.median, min(self.seconds), max(self.seconds)
        return "median {:.0f} ms ({:.0f} to {:.0f} ms)".format(*(seconds * 1000 for seconds in times))


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


def alternate(commands: Mapping[str, Sequence[str]], *, runs: int) -> dict[str, Figure]:
    """Run every command in turn; a first run of each, which compiles its bytecode, is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory, codes = dict.fromkeys(commands, 0.0), dict.fromkeys(commands, 0)
    for number in range(1 + runs):
        for name, command in commands.items():
            took, peak, codes[name] = once(command)
            memory[name] = max(memory[name], peak)
            if number:
                seconds[name].append(took)
    return {name: Figure(tuple(seconds[name]), memory[name], codes[name]) for name in commands}


def once(command: Sequence[str]) -> tuple[float, float, int]:
    """Processor seconds, peak memory in MB and exit code of one run; what it prints is thrown away.

    What a busy machine makes a process wait does not count.
    """
    nowhere, environment = subprocess.DEVNULL, os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environment)
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
