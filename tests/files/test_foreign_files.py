"""Files as other programs, broken transfers and hostile people leave them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import DATA, Run, edit, with_needs
from sdp_matrix import load
from sdp_matrix.formats import RENDERERS

STYLES: dict[str, dict[str, Any]] = {
    "block": {},
    "flow": {"default_flow_style": True},
    "literal blocks": {"default_style": "|", "indent": 6},
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_pyyaml_writes_is_read_alike(folder: Path, sdp: Run, style: dict[str, Any]) -> None:
    for file in folder.rglob("*.yaml"):
        values = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
        file.write_text(yaml.dump(values, allow_unicode=True, **style), "utf-8")
    assert load(folder) == load(DATA)
    done = sdp("--data", str(folder), "validate", "--strict")
    assert (done.code, done.err.endswith(", edition 1.0.0 of 2026-11-23: no problem\n")) == (0, True), done.err


@pytest.mark.parametrize(
    ("path", "end", "message"),
    [
        ("partnerships/japan.yaml", "reference: kyodo-japa", "the file ends early here"),
        ("partnerships/norway.yaml", "\n  csdp-missions:\n    status: cov", "the file ends early here"),
        ("areas.yaml", "covered: Moldova, wh", "the file ends early here"),
        ("tables/table-1.csv", "\n12,Integrated border", "restore the end of the file"),
    ],
)
def test_a_file_that_ends_early_is_one_problem(folder: Path, sdp: Run, path: str, end: str, message: str) -> None:
    before, end, _ = (folder / path).read_text("utf-8").partition(end)
    assert end
    (folder / path).write_text(before + end, "utf-8")
    problems = [line for line in sdp("--data", str(folder), "validate").out.splitlines() if path in line]
    assert [message in problem for problem in problems] == [True], problems


HOSTILE = "<script>alert(1)</script> ::error::x [y](javascript:z) =1+1 \\"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|^::error::", re.MULTILINE)
"""What a terminal, or the log of a job, would obey."""


@pytest.mark.parametrize("format_name", with_needs(RENDERERS))
@pytest.mark.parametrize("command", ["matrix", "explain japan", "show japan"])
def test_hostile_values_are_inert_in_every_format(
    folder: Path, sdp: Run, tmp_path: Path, command: str, format_name: str
) -> None:
    file = folder / "partnerships" / "japan.yaml"
    changed = re.compile("((name|party): Japan|note: .*)$", re.MULTILINE)
    text = changed.sub(lambda match: f"{match[0].partition(':')[0]}: '{HOSTILE}'", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    output = tmp_path / f"x.{format_name}"
    done = sdp("--data", str(folder), *command.split(), "-f", format_name, "-o", str(output))
    assert done.code == 0, done.err
    content = output.read_bytes()
    if zipfile.is_zipfile(output):
        parts = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(("xml", "rels")))
    text = content.decode("utf-8", "replace")
    assert not RAW.search(text.replace("\r\n", "\n"))
    assert format_name in {"text", "csv", "json"} or "<script" not in text
    assert not re.search(r"javascript:z\)?\"|<f>|^=|[;,]=1", text, re.MULTILINE)


@pytest.mark.parametrize("format_name", ["text", "github", "gitlab", "sarif", "json"])
def test_hostile_values_are_inert_in_every_report(folder: Path, sdp: Run, format_name: str) -> None:
    odd = '"cy\\x1b[31m\\u202e\\n::error::x<script>"'
    edit(folder / "partnerships" / "japan.yaml", "\n  space:", f"\n  {odd}: {odd}\n  space:")
    done = sdp("--data", str(folder), "validate", "-f", format_name)
    assert (done.code, RAW.search(done.out + done.err)) == (1, None)
