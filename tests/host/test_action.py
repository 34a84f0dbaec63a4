"""The shell steps of action.yml, run for real on a pull request to a repository that holds only data.

The host is played by a few files, and by a `gh` that keeps comments in one of them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import DATA, ROOT, committed, edit, git
from host.steps import EXPRESSION, shell_steps

GH = """#!{python}
import json, os, sys
comments = json.load(open({store!r}))
method = sys.argv[sys.argv.index("--method") + 1] if "--method" in sys.argv else "GET"
address = next(word for word in sys.argv if word.startswith("repos/someone/data/issues/"))
if method == "GET":
    print(*(id for id, body in comments.items() if body.startswith(os.environ["MARKER"])), sep="\\n")
else:
    body = open(sys.argv[-1].removeprefix("body=@"), encoding="utf-8").read()
    comments[address.rpartition("/")[2] if method == "PATCH" else str(len(comments))] = body
    json.dump(comments, open({store!r}, "w"))
"""


class Host:
    """A runner with a checkout of a repository of data, and a pull request."""

    def __init__(self, room: Path) -> None:
        self.room, self.repository, self.comments = room, room / "repository", room / "comments.json"
        self.comments.write_text(json.dumps({"0": "a comment of a person"}))
        gh = room / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text(GH.format(python=sys.executable, store=str(self.comments)))
        gh.chmod(0o755)
        shutil.copytree(DATA, self.repository / "data")
        committed(self.repository)
        self.base = self.git("rev-parse", "HEAD")
        self.installed: dict[str, str] = {}

    def git(self, *arguments: str) -> str:
        return git(self.repository, *arguments).strip()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def edit(self, version: str, file: str, before: str, after: str) -> None:
        """Commit an edit of a file, in an edition of its own."""
        edition = self.repository / "data" / "dataset.yaml"
        edit(self.repository / "data" / file, before, after)
        edition.write_text(re.sub("(?m)^version: .*", f"version: {version}", edition.read_text("utf-8")), "utf-8")
        self.commit("Edit")

    def run(self) -> tuple[list[str], str]:
        """Run every step, but the installation only once; the names of those that failed, and what was printed."""
        known = {
            **self.installed,
            "steps.python.outputs.python-path": sys.executable,
            "github.action_path": str(ROOT),
            "github.repository": "someone/data",
            "github.event.pull_request.number": "7",
            "github.event.pull_request.base.sha": self.base,
            "inputs.data": "data",
            "inputs.strict == 'true' && '--strict' || ''": "--strict",
        }
        failed, printed = [], ""
        for step in shell_steps(ROOT / "action.yml"):
            if step.get("id") == "install" and self.installed:
                continue
            done, outputs = self.step(step["run"], {name: filled(value, known) for name, value in step["env"].items()})
            printed += done.stdout + done.stderr
            failed += [step["name"]] if done.returncode else []
            made = {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
            self.installed |= made if step.get("id") == "install" else {}
            known |= made
        return failed, printed

    def step(self, script: str, environment: dict[str, str]) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        """Run one step as a runner does; what it printed, and its outputs."""
        output = self.room / "output"
        output.write_text("")
        runner = {
            "PATH": f"{self.room / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.room),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.room / "summary.md"),
            "GITHUB_PATH": str(self.room / "path"),
            "GITHUB_ENV": str(self.room / "environment"),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607 - the one on the path
            cwd=self.repository,
            env=os.environ | environment | runner,
            capture_output=True,
            text=True,
            check=False,
        )
        return done, dict(line.split("=", 1) for line in output.read_text().splitlines())

    def comment(self) -> str:
        """The comment of the action; beside it stands that of a person, and no other."""
        said = json.loads(self.comments.read_text())
        assert said.pop("0") == "a comment of a person"
        (own,) = said.values()
        return str(own)


def filled(text: str, known: dict[str, str]) -> str:
    """A text with the values of its expressions; one that is not known is empty, as on the host."""
    return EXPRESSION.sub(lambda found: known.get(found[1], ""), text)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return Host(tmp_path_factory.mktemp("host"))


def test_a_pull_request_is_told_what_it_changes_and_how_the_table_will_look(host: Host) -> None:
    host.edit("1.0.1", "partnerships/norway.yaml", "founding member; archived", "founder; archived")
    failed, printed = host.run()
    assert failed == [], printed
    for part in ("founder; archived page of 2012", "The table as it will look", "Cyber issues"):
        assert part in host.comment()
    assert host.comment() in (host.room / "summary.md").read_text("utf-8")


def test_a_new_partnership_passes_and_the_second_run_edits_the_comment_of_the_first(host: Host) -> None:
    begin = [sys.executable, "-m", "sdp_matrix", "--data", "data", "new", "partner", "atlantis", "--name", "Atlantis"]
    subprocess.run(begin, cwd=host.repository, check=True, capture_output=True)
    host.commit("Begin a partnership")
    failed, printed = host.run()
    assert failed == [], printed
    assert "Atlantis" in host.comment()


def test_a_fault_fails_the_check_at_its_line(host: Host) -> None:
    host.edit("1.2.0", "partnerships/norway.yaml", "\nname:", "\nnam:")
    failed, printed = host.run()
    assert failed == ["Check"]
    assert "::error file=data/partnerships/norway.yaml,line=" in printed
    assert '"ruleId"' in (host.room / "sdp.sarif").read_text("utf-8")
    assert "These data make no table" in host.comment()
    assert "**The changes are not fully known: 1 file cannot be read**" in host.comment()
    assert "\n\nNot certain what has changed: HEAD has problems (1), first HEAD/partner" in host.comment()


def test_a_base_that_is_not_there_is_said_in_the_comment(host: Host) -> None:
    host.base, base = "0" * 40, host.base
    _, printed = host.run()
    host.base = base
    assert "::warning::The base of the pull request is not here" in printed
    assert "Not certain what has changed: there is no revision '000" in host.comment()


def test_the_path_and_the_environment_of_the_job_stay_as_they_are(host: Host) -> None:
    assert not (host.room / "path").exists()
    assert not (host.room / "environment").exists()
