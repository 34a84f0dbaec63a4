"""What the shells offer: asked the way each of them asks, and at TAB in real shells."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Run, run_sdp
from sdp_matrix import Partnerships
from sdp_matrix.cli.completion import SHELLS, script
from sdp_matrix.version import VERSION

AT_TAB = {
    "sdp explain albania group:ef": "group:efta",
    "sdp matrix --area=space,Cyber-": "--area=space,Cyber-capacity-building",
    "sdp compare uk,norw": "uk,norway",
    "sdp matrix --cor": "--corrected",
    "sdp diff kor": "korea",
}
"""What is typed, and what a shell makes of its end at TAB."""

START = {
    "bash": ("bash --norc --noprofile -i", 'eval "$(sdp --show-completion bash)"'),
    "zsh": ("zsh -f -i", "fpath+=(~/functions); autoload -Uz compinit; compinit -u -D"),
    "fish": ("fish --no-config -i", "sdp --show-completion fish | source"),
}
"""How a shell is started without the files of a person, and its first line, which makes it complete."""

IN_TERMINAL = "import os, sys; os.login_tty(0); os.execvp(sys.argv[1], sys.argv[1:])"


@pytest.mark.parametrize("shell", START)
def test_tab_completes_in_a_real_shell(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell) and not os.environ.get("CI"):  # .ci/packages installs them
        pytest.skip(f"needs {shell}")
    command, first = START[shell]
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "_sdp").write_text(script("zsh"))
    program = tmp_path / "sdp"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m sdp_matrix "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}", "TERM": "dumb"}
    parent, child = pty.openpty()
    line = [sys.executable, "-c", IN_TERMINAL, *command.split()]
    with subprocess.Popen(line, stdin=child, stdout=child, stderr=child, env=environment) as process:
        os.close(child)
        try:
            os.write(parent, f"{first}; echo rea''dy\n".encode())
            _read_until(parent, "ready")
            for typed, completed in AT_TAB.items():
                os.write(parent, f"{typed}\t".encode())
                _read_until(parent, completed)
                os.write(parent, b"\x15")  # Ctrl-U: a new line
        finally:
            process.kill()
    os.close(parent)


def _read_until(terminal: int, expected: str) -> None:
    shown, end = b"", time.monotonic() + 30
    while expected.encode() not in shown:
        assert select.select([terminal], [], [], max(end - time.monotonic(), 0))[0], shown.decode()
        shown += os.read(terminal, 65536)


def offered(line: str, **environment: str) -> list[str]:
    """The words that a shell is told after a line; a blank at its end begins a new word."""
    typed = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    ran = run_sdp(_SDP_COMPLETE="complete_fish", **typed, **environment)
    assert ran.err == ""
    return [word.partition("\t")[0] for word in ran.out.splitlines() if word]


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        "sdp ma": ["matrix"],
        "sdp explain no": ["north-macedonia", "norway"],
        "sdp matrix --area cy": ["cyber", "cyber-capacity-building"],
        "sdp compare uk,nor": ["uk,north-macedonia", "uk,norway"],
        "sdp diff Jap": ["Japan"],
        "sdp diff uk,South": ["uk,South-korea"],
        "sdp show great": ["great-britain"],
        "sdp matrix --area csdp": ["csdp-missions"],
        "sdp matrix --area rapid": ["rapid-deployment-capacity"],
        "sdp ch": ["changes", "check"],
        "sdp comp": ["compare"],
        "sdp show brit": ["britain"],
        "sdp find --group nato-gl": ["nato-global-partner"],
        "sdp matrix norway -g ef": ["efta"],
        "sdp matrix --format=ht": ["html"],
        "sdp show kore": ["korea"],
        "sdp explain albania group:e": ["group:eu-candidate", "group:efta"],
        "sdp explain albania sig": ["signatories"],
        "sdp factcheck common-": ["common-to-all-nine", "common-to-all-six"],
        "sdp new prospect x --reference eprs-2026": ["eprs-2026-03"],
        "sdp validate -f ": ["text", "json", "github", "gitlab", "sarif"],
        "sdp --ver": ["--version"],
        "sdp nosuch z": [],
    }.items(),
)
def test_what_is_offered_fits_the_place(line: str, expected: list[str]) -> None:
    assert offered(line) == expected


def test_the_folder_of_data_that_is_asked_for_is_read(folder: Path) -> None:
    (folder / "partnerships" / "norway.yaml").rename(folder / "partnerships" / "nowhere.yaml")
    assert offered(f"sdp --data {folder} show now") == ["nowhere"]
    assert offered("sdp show now", SDP_DATA=str(folder)) == ["nowhere"]


def test_broken_data_complete_nothing_and_print_nothing(folder: Path) -> None:
    for content in (b"\xff", b"areas: {", b"- a", b""):
        (folder / "areas.yaml").write_bytes(content)
        assert offered(f"sdp --data {folder} matrix --area ") == []
    assert offered(f"sdp --data {folder / 'nowhere'} show ") == []


def test_everything_in_the_data_is_offered(partnerships: Partnerships) -> None:
    groups = [group.id for group in partnerships.groups]
    assert offered("sdp matrix ") == [*sorted(p.id for p in partnerships.partnerships), *groups]
    assert offered("sdp matrix --area ") == [area.id for area in partnerships.areas]
    for typed in ("gr", "group:"):
        assert offered(f"sdp explain albania {typed}") == [f"group:{group}" for group in groups]


def test_the_script_of_a_shell_is_shown_and_sets_nothing_for_other_programs(sdp: Run) -> None:
    for shell in SHELLS:
        assert sdp("--show-completion", shell).out == script(shell) + "\n"
        assert "zstyle" not in script(shell)
    assert "write one of bash, zsh, fish" in sdp("--show-completion", "tcsh").err


def test_the_version_is_that_of_the_program_and_of_the_data(sdp: Run, partnerships: Partnerships, folder: Path) -> None:
    edition = partnerships.edition
    whole = f"sdp {VERSION}; 20 files in tests/data, edition {edition.version} of {edition.date}\n"
    assert sdp("--version").out == whole
    (folder / "dataset.yaml").unlink()
    assert "of no known edition" in sdp("--data", str(folder), "--version").out
