"""Check that the answers in the README are those of the shipped data; `--write` puts today's in.

Run as `make readme`, beside the tests of code: a new fact that no answer shows, or a new partner, leaves it green.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COUNTS = re.compile(r"All \d+ partnerships|\d+ newer ones? (?:is|are) left out|of \d+ by date")
"""How many partnerships there are in all, which each new partner changes and no question is about."""
EXAMPLE = re.compile(r"```console\n\$ (sdp[^\n]*)\n(.*?)```\n", re.DOTALL)


def answered(markdown: str) -> str:
    """Return a page with what each of its example commands prints."""
    return EXAMPLE.sub(lambda example: f"```console\n$ {example[1]}\n{output(example[1])}```\n", markdown)


def output(line: str) -> str:
    """Return what a command prints with the data of this checkout; raises if it fails."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    environment.pop("SDP_DATA", None)
    command = [sys.executable, "-m", "sdp_matrix", *shlex.split(line)[1:]]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - this project's own command
    return ran.stdout + ran.stderr


def main(arguments: list[str]) -> int:
    """Return 1 if an answer is not today's, 2 if a command fails."""
    text = README.read_text("utf-8")
    try:
        fresh = answered(text)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{error.stderr}README.md: '{shlex.join(['sdp', *error.cmd[3:]])}' fails; see above\n")
        return 2
    if "--write" in arguments:
        README.write_text(fresh, "utf-8")
    elif COUNTS.sub("", fresh) != COUNTS.sub("", text):
        sys.stderr.write("README.md shows other answers than the shipped data; run 'make readme-write'\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
