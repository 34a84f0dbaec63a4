"""Repositories made by somebody hostile: no command reads a folder in a way that runs what it holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import DATA, ROOT, Run, committed, edit, git
from host.steps import EXPRESSION, shell_steps
from sdp_matrix.files import git_history

SCRIPT = """#!/bin/sh
echo "$0 $*" >> {marker}
[ "$1" = --status-fd=2 ] && cat > /dev/null
cat "$1" 2>/dev/null
echo "[GNUPG:] SIG_CREATED " >&2
echo "-----BEGIN PGP SIGNATURE-----"
"""
NEW = "new partner atlantis --name Atlantis"
HOOKS = ("pre-commit", "post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman")


PROGRAMS = (
    *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "core.alternateRefsCommand"),
    *("diff.evil.textconv", "diff.evil.command", "diff.external", "gpg.program", "credential.helper"),
    *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "pager.log", "pager.ls-tree", "pager.rev-list"),
)
ALIASES = ("log", "rev-parse", "ls-tree", "cat-file", "rev-list")


class Trap:
    """A program that leaves a marker when it runs, for a hostile configuration to name."""

    def __init__(self, room: Path) -> None:
        self.marker, self.program = room / "marker", room / "program"
        self.program.write_text(SCRIPT.format(marker=self.marker))
        self.program.chmod(0o755)
        (room / "hooks").mkdir()
        for hook in HOOKS:
            shutil.copy(self.program, room / "hooks" / hook)

    def set_in(self, config: Path) -> None:
        """Set everything that makes some command of git run the program."""
        settings = {
            **dict.fromkeys(PROGRAMS, str(self.program)),
            **{f"alias.{name}": f"!{self.program}" for name in ALIASES},
            "core.hooksPath": str(self.program.parent / "hooks"),
            "log.showSignature": "true",
            "remote.evil.url": f"ext::{self.program}",
            "remote.evil.promisor": "true",
            "protocol.ext.allow": "always",
            "extensions.partialClone": "evil",
            "core.repositoryFormatVersion": "1",
        }
        with config.open("a") as file:
            for name, value in settings.items():
                section, subsection, key = name.partition(".")[0], name.split(".")[1:-1], name.rpartition(".")[2]
                file.write(f"[{' '.join([section, *map(json.dumps, subsection)])}]\n{key} = {json.dumps(value)}\n")


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    (tmp_path / "trap").mkdir()
    return Trap(tmp_path / "trap")


def hidden(room: Path, trap: Trap) -> Path:
    """A clone whose data folder is itself laid out as a bare repository, with a configuration of its own."""
    data = Path(shutil.copytree(DATA, room / "outer" / "data"))
    committed(data)
    (data / ".git").rename(room / "bare")
    schema = data / "schema"
    for part in ("objects", "refs"):
        shutil.copytree(room / "bare" / part, schema / part)
    (data / "HEAD").write_text("ref: refs/heads/main\n")
    (data / "commondir").write_text("schema\n")
    (schema / "info").mkdir()
    (schema / "info" / "attributes").write_text("*.yaml diff=evil\n")
    shutil.copy(room / "bare" / "config", schema / "config")
    trap.set_in(schema / "config")
    git(data, "config", "--file", str(schema / "config"), "core.bare", "true")
    committed(data.parent)
    git(room, "clone", "-q", str(data.parent), "clone")
    return room / "clone"


def configured(room: Path, trap: Trap) -> Path:
    """A repository from an archive, whose configuration names programs, and whose last commit is signed."""
    data = Path(shutil.copytree(DATA, room / "archive" / "data"))
    committed(data.parent)
    signed = ("-c", f"gpg.program={trap.program}", "commit", "-q", "--allow-empty", "-S", "-m", "Sign")
    git(data, *signed)
    (data.parent / ".git" / "info" / "attributes").write_text("*.yaml diff=evil filter=evil\n")
    trap.set_in(data.parent / ".git" / "config")
    trap.marker.unlink()
    return data.parent


def lacking(room: Path, trap: Trap) -> Path:
    """A repository that lacks an object, and names a program that would fetch it."""
    repository = configured(room, trap)
    missing = git(repository, "--no-pager", "rev-parse", "HEAD:data/areas.yaml").strip()
    (repository / ".git" / "objects" / missing[:2] / missing[2:]).unlink()
    trap.marker.unlink(missing_ok=True)
    return repository


@pytest.mark.parametrize("make", [hidden, configured, lacking])
def test_no_command_runs_what_a_repository_names(
    make: Callable[[Path, Trap], Path], tmp_path: Path, trap: Trap, sdp: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make(tmp_path, trap))
    subprocess.run(["git", "-C", "data", "log", "-p"], capture_output=True, check=False)  # noqa: S607
    assert trap.marker.exists(), "the trap works: this is what must not be called"
    trap.marker.unlink()
    for command in ("validate --strict", "list editions", "changes 1.0.0", "changes HEAD HEAD", NEW):
        done = sdp("--data", "data", *command.split())
        assert make is not hidden or "no history to read" in done.err or "changes" not in command
        assert not trap.marker.exists(), (command, trap.marker.read_text())


def test_no_step_of_the_action_runs_what_a_pull_request_brings(
    tmp_path: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hidden(tmp_path, trap))
    known = {"SDP": f"{sys.executable} -m sdp_matrix", "BASE": "HEAD", "SDP_DATA": "data"}
    known |= {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": os.devnull, "GITHUB_STEP_SUMMARY": os.devnull}
    for step in shell_steps(ROOT / "action.yml"):
        if "$SDP" in step["run"]:
            script = EXPRESSION.sub("", step["run"]).replace('"$SDP"', "$SDP")
            subprocess.run(["bash", "-c", script], env={**os.environ, **known}, capture_output=True, check=False)  # noqa: S607
            assert not trap.marker.exists(), (step["name"], trap.marker.read_text())


def begin_git(room: Path, script: str) -> None:
    """Put a program named git into a folder of programs."""
    program = room / "bin" / "git"
    program.parent.mkdir()
    program.write_text(script)
    program.chmod(0o755)


def test_no_other_command_starts_git(folder: Path, sdp: Run, tmp_path: Path) -> None:
    committed(folder)
    begin_git(tmp_path, f"#!/bin/sh\necho >> {tmp_path / 'started'}\n")
    for other in ("validate --strict", NEW, "matrix"):
        assert sdp("--data", str(folder), *other.split(), PATH=str(tmp_path / "bin")).code < 2
    assert not (tmp_path / "started").exists()


def test_the_variables_of_a_hook_name_another_repository_in_vain(folder: Path, sdp: Run, tmp_path: Path) -> None:
    committed(folder)
    other = Path(shutil.copytree(DATA, tmp_path / "other"))
    committed(other)
    hook = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": str(other / "areas.yaml")}
    done = sdp("--data", str(folder), "changes", **hook)
    assert (done.code, done.out) == (0, "Nothing has changed from HEAD to the working tree.\n")


def test_a_hook_of_a_linked_worktree_sees_its_own_folder(folder: Path, sdp: Run) -> None:
    committed(folder.parent)
    git(folder.parent, "worktree", "add", "-q", "linked")
    edit(folder.parent / "linked" / "data" / "partnerships" / "japan.yaml", "iso: JP", "iso: JP  # of Japan")
    of_git = folder.parent / ".git" / "worktrees" / "linked"
    hook = {"GIT_DIR": str(of_git), "GIT_INDEX_FILE": str(of_git / "index"), "GIT_PREFIX": ""}
    done = sdp("--data", str(folder.parent / "linked" / "data"), "changes", **hook)
    assert (done.code, done.out) == (0, "Nothing has changed from HEAD to the working tree.\n")


def test_a_folder_that_git_had_elsewhere_is_refused(folder: Path, sdp: Run) -> None:
    committed(folder.parent)
    git(folder.parent, "mv", "data", "daten")
    git(folder.parent, "commit", "-qm", "Move the data")
    daten, then = folder.parent / "daten", folder.parent / "then"
    done = sdp("--data", str(daten), "changes", "HEAD~1")
    assert (done.code, done.out) == (2, "")
    assert f"git has no data file of {daten} at 'HEAD~1'; commit it" in done.err
    git(folder.parent, "worktree", "add", "-q", str(then), "HEAD~1")  # as the message advises
    assert sdp("--data", str(daten), "changes", str(then / "data")).out.startswith("Nothing has changed from")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("#!/bin/sh\nwhile :; do :; done\n", "git did not answer within 0.3 seconds"),
        ("#!/nowhere\n", "git is not installed here"),
        ("", "git cannot be started"),
        ("#!/bin/sh\necho 'fatal: dubious ownership' >&2\nexit 128\n", "(git: dubious ownership)"),
    ],
)
def test_a_git_that_does_not_work_is_a_message(
    folder: Path, sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    begin_git(tmp_path, script)
    monkeypatch.setattr(git_history, "TIMEOUT", 0.3)
    for command in (("changes",), ("list", "editions")):
        done = sdp("--data", str(folder), *command, PATH=f"{tmp_path / 'bin'}{os.pathsep}/nowhere")
        assert (done.code, done.out) == (2, "")
        assert message in done.err


def test_editions_are_found_in_the_history(folder: Path, sdp: Run) -> None:
    edition, norway = folder / "dataset.yaml", folder / "partnerships" / "norway.yaml"
    committed(folder)
    edit(norway, "  non-proliferation: covered", "  non-proliferation: unknown")
    git(folder, "commit", "-qam", "Change the data and not the edition")
    last = git(folder, "rev-parse", "HEAD").strip()
    for old, new in (("1.0.0", "'1.10.0' # raised"), ("'1.10.0' # raised", "1.9.0")):
        edit(edition, f"version: {old}", f"version: {new}")
        git(folder, "commit", "-qam", "Raise the edition")
    listed = json.loads(sdp("--data", str(folder), "list", "editions", "-f", "json").out)
    assert [edition["version"] for edition in listed] == ["1.10.0", "1.9.0", "1.0.0"]
    assert listed[2] == {"version": "1.0.0", "date": "2026-11-23", "revision": last}


def test_a_shallow_history_is_reported(folder: Path, sdp: Run, tmp_path: Path) -> None:
    committed(folder)
    git(folder, "commit", "-q", "--allow-empty", "-m", "Second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "shallow")
    done = sdp("--data", str(tmp_path / "shallow"), "list", "editions")
    assert (done.code, done.out) == (2, "")
    assert "git fetch --unshallow" in done.err
