"""The shell steps of workflows and actions: usage: steps.py FOLDER FILE... writes each into a file of its own."""

import re
import sys
from pathlib import Path
from typing import Any

import yaml

EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


def shell_steps(file: Path) -> list[dict[str, Any]]:
    """Return the steps of a workflow or a composite action that are shell, in order."""
    definition = yaml.safe_load(file.read_text("utf-8"))
    jobs = [definition["runs"]] if "runs" in definition else definition["jobs"].values()
    return [step for job in jobs for step in job["steps"] if "run" in step]


def main(folder: Path, files: list[Path]) -> None:
    """Write the steps for a linter; an expression of the host becomes a word."""
    folder.mkdir(parents=True)
    for file in files:
        for number, step in enumerate(shell_steps(file)):
            script = f"#!/usr/bin/env bash\nset -eo pipefail\n{EXPRESSION.sub('expression', step['run'])}"
            (folder / f"{file.stem}-{number}.sh").write_text(script, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
