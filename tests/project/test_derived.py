"""Derived files are fresh, and stale ones are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import derive
from conftest import DATA, ROOT, needs, with_needs
from sdp_matrix import Partnerships
from sdp_matrix.publishing import codebook


@pytest.mark.parametrize("path", with_needs(derive.FILES))
def test_a_derived_file_is_fresh(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == derive.derived(path, ROOT), f"run '{derive.REMEDY}'"


@pytest.mark.parametrize("path", derive.FILES)
def test_a_derived_file_says_what_it_is_derived_from(path: str) -> None:
    source, _ = derive.FILES[path]
    assert source in (ROOT / path).read_text("utf-8").splitlines()[0]
    assert (ROOT / source).exists()


@needs("matplotlib")
def test_a_stale_file_is_named_then_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in ("data", "tests/data"):
        shutil.copytree(DATA, tmp_path / data)
    assert derive.main(["--check"], tmp_path) == 1
    assert f"run '{derive.REMEDY}'" in capsys.readouterr().out
    assert not (tmp_path / "docs").exists()
    assert derive.main([], tmp_path) == 0
    assert derive.main(["--check"], tmp_path) == 0


def test_the_codebook_has_every_area_with_its_parts(partnerships: Partnerships) -> None:
    entries = codebook.page(partnerships).split("<a id=")[1:]
    assert len(entries) == len(partnerships.areas)
    for entry, area in zip(entries, partnerships.areas, strict=True):
        assert f"## {area.number} " in entry
        for part in ("**Includes**", "**Excludes**", "**Examples**"):
            assert part in entry, (area.id, part)
        assert ("**Cases that decided a rule**" in entry) is bool(area.borderline)
