"""What other repositories call: the hooks and the action name commands and options that exist."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from conftest import DATA, ROOT, Run, needs

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION = (ROOT / "action.yml").read_text()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_on_a_data_folder(hook: dict[str, object], sdp: Run) -> None:
    assert sdp(*str(hook["entry"]).split()[1:], str(DATA)).code == 0


@needs("check_jsonschema")
def test_the_action_is_one_and_passes_inputs_by_the_environment_alone() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    scripts = [step["run"] for step in yaml.safe_load(ACTION)["runs"]["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)


def test_the_page_describes_every_hook_and_input() -> None:
    page = (ROOT / "docs" / "data-files.md").read_text()
    for name in [*(hook["id"] for hook in HOOKS), *yaml.safe_load(ACTION)["inputs"]]:
        assert f"`{name}`" in page or f"id: {name}" in page
