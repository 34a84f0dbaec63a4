"""What other repositories call: the hooks and the action name commands and options that exist."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
import yaml

from conftest import DATA, OPTIONAL, ROOT, Run

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION = (ROOT / "action.yml").read_text()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_on_a_data_folder(hook: dict[str, object], sdp: Run) -> None:
    assert sdp(*str(hook["entry"]).split()[1:], str(DATA)).code == 0


def test_the_action_is_one_and_passes_inputs_by_the_environment_alone() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    scripts = [step["run"] for step in yaml.safe_load(ACTION)["runs"]["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)


def test_ci_has_every_optional_library() -> None:
    missing = [library for library in [*OPTIONAL, "mypy", "pyright"] if find_spec(library) is None]
    assert not (missing and os.environ.get("CI")), "install them: pip install --group dev"


def test_the_page_describes_every_hook_and_input() -> None:
    page = (ROOT / "docs" / "data-files.md").read_text()
    for name in [*(hook["id"] for hook in HOOKS), *yaml.safe_load(ACTION)["inputs"]]:
        assert f"`{name}`" in page or f"id: {name}" in page
