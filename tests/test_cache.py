"""The cache gives what reading gives, is never stale, never needed, and never runs anything."""

from __future__ import annotations

import hashlib
import os
import pickle
from typing import TYPE_CHECKING

import pytest

from sdp_matrix import BadData, Status, cache, load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder that is in use."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SDP_CACHE", str(folder))
    return folder


def only_file(folder: Path) -> Path:
    [file] = folder.iterdir()
    return file


def test_what_is_recalled_is_what_was_read(kept: Path, folder: Path) -> None:
    read = load(folder)
    file = only_file(kept)
    assert load(folder) == read
    assert only_file(kept) == file


def test_every_change_of_a_file_is_seen(kept: Path, folder: Path) -> None:
    load(folder)
    file = folder / "partnerships" / "japan.yaml"
    before = file.stat()
    text = file.read_text("utf-8")
    file.write_text(text.replace("border-management: not-covered", "border-management: already-exists"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load(folder).partner("japan").status("border-management") is Status.ALREADY_EXISTS
    file.rename(file.with_name("nippon.yaml"))
    with pytest.raises(BadData):
        load(folder)
    assert len(list(kept.iterdir())) == 2


def test_faulty_data_are_not_kept(kept: Path, folder: Path) -> None:
    (folder / "groups.yaml").write_text("", "utf-8")
    for _ in range(2):
        with pytest.raises(BadData):
            load(folder)
    assert not kept.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\x00" * 100])
def test_a_damaged_file_is_not_used(kept: Path, folder: Path, damage: bytes) -> None:
    read = load(folder)
    only_file(kept).write_bytes(damage)
    assert load(folder) == read


def test_one_flipped_bit_is_noticed(kept: Path, folder: Path) -> None:
    read = load(folder)
    file = only_file(kept)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    assert load(folder) == read


def test_nothing_but_a_data_set_is_ever_built(kept: Path, folder: Path, tmp_path: Path) -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "run"),)

    read = load(folder)
    content = pickle.dumps({"areas": Hostile()})
    only_file(kept).write_bytes(hashlib.sha256(content).digest() + content)
    assert load(folder) == read
    assert not (tmp_path / "run").exists()


def test_without_a_place_to_keep_it_data_load_all_the_same(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("SDP_CACHE", str(file))
    assert load(folder).partner("japan").iso == "JP"
    monkeypatch.setenv("SDP_CACHE", "off")
    assert load(folder).partner("japan").iso == "JP"


def test_old_files_go(kept: Path) -> None:
    for number in range(30):
        cache.keep(f"{number:02}", {"number": number})
        os.utime(kept / f"{number:02}.pickle", (number, number))
    assert len(list(kept.glob("*.pickle"))) <= 21
    [packed] = (cache.recall("29") or {}).values()
    assert cache.unpacked(packed) == 29
    assert cache.recall("00") is None


@pytest.mark.usefixtures("kept")
def test_one_partnership_is_found_without_the_others(folder: Path) -> None:
    read = load(folder)
    recalled = load(folder)
    assert recalled.partner("japan") == read.partner("japan")
    assert "partnerships" not in vars(recalled)
    assert recalled.partner("rok") is recalled.partner("republic-of-korea")
    assert recalled.partnerships == read.partnerships
    assert recalled.partner("japan") is next(p for p in recalled.partnerships if p.id == "japan")
