"""A new partnership from nothing, in a repository that holds data alone: green, with nothing edited by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run, committed, git
from sdp_matrix import load

REFERENCE = (
    *("new", "reference", "fdfa-2026", "--title", "Statement on the partnership", "--standing", "official"),
    *("--publisher", "Federal Department of Foreign Affairs", "--kind", "press-release", "--date", "2026-11-20"),
)
PARTNER = ("new", "partner", "switzerland", "--name", "Switzerland", "--iso", "CH")
VALUES = {
    "act": "signed",
    "date": "2026-11-20",
    "cyber": "covered",
    "space": "covered",
    "maritime-security": "not-covered",
    "hybrid-threats": "covered",
    "consular-matters": "not-covered",
}


@pytest.mark.parametrize("place", ["data", "."])
def test_a_new_partnership_is_green(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sdp: Run) -> None:
    shutil.copytree(DATA, tmp_path / place, dirs_exist_ok=True)
    committed(tmp_path)
    monkeypatch.delenv("SDP_DATA")
    monkeypatch.chdir(tmp_path)
    commands = [REFERENCE, PARTNER]
    commands += [("set", "switzerland", field, value, "--reference", "fdfa-2026") for field, value in VALUES.items()]
    for command in commands:
        done = sdp(*command)
        assert done.code == 0, done.err
    for check in (("validate", "--strict"), ("format", "--check"), ("verify",), ("factcheck", "--check")):
        done = sdp(*check)
        assert done.code == 0, done.out + done.err
    made = load().partner("switzerland")
    assert {field: str(made.coverage[field].status) for field in VALUES if field in made.coverage} == {
        field: value for field, value in VALUES.items() if field not in {"act", "date"}
    }
    assert "partnerships/switzerland.yaml" in git(tmp_path, "status", "--short", "--untracked-files=all")
    assert "Switzerland" in sdp("changes").out
