"""`sdp format`: one order and style, by the records; values and comments as they were."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, Run
from sdp_matrix.files import comments, document, scan
from sdp_matrix.files.canonical import canonical, is_plainly_canonical
from sdp_matrix.model.registers import GroupsFile, ReferencesFile

FILES = sorted(file.relative_to(DATA).as_posix() for file in DATA.rglob("*.yaml"))
AREAS = [area.id for area in scan.scan(DATA).dataset().areas]  # type: ignore[union-attr]


def test_the_frozen_data_are_in_canonical_form(sdp: Run) -> None:
    done = sdp("--data", str(DATA), "format", "--check")
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize("file", FILES)
def test_a_shuffled_file_is_put_in_order_again(file: str) -> None:
    text = (DATA / file).read_text()
    laid = comments.read(text)
    shuffle = random.Random(file).shuffle  # noqa: S311 - the same order in every run
    for block in _mappings(laid.root):
        if block.owner is None or block.owner.name not in {"check", "days"}:  # the keys of these have no order
            shuffle(block.entries)
    shuffled = document.parse(file, comments.write(laid).encode())
    kind = scan.kind_of(file, {})
    assert kind
    assert canonical(shuffled, kind, AREAS) == text


@given(st.data())
def test_what_is_canonical_at_a_glance_is_canonical(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    lines = (DATA / file).read_text().split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.sampled_from([lines[at], f"{lines[at]} ", f"{lines[at]}  # a", f"# a\n{lines[at]}", f"\n{lines[at]}"])
    )
    other = data.draw(st.integers(0, len(lines) - 1))
    lines[at], lines[other] = lines[other], lines[at]
    read, kind = document.parse(file, "\n".join(lines).encode()), scan.kind_of(file, {})
    assert kind
    if not read.problems and is_plainly_canonical(read, kind, AREAS):
        assert canonical(read, kind, AREAS) == read.text


def test_references_are_put_in_the_order_of_their_ids() -> None:
    text = (DATA / "references.yaml").read_text("utf-8")
    head, *entries = text.split("  - id: ")
    turned = document.parse("references.yaml", "  - id: ".join([head, *reversed(entries)]).encode())
    assert canonical(turned, ReferencesFile) == text


def test_keys_of_an_item_in_another_order_are_not_canonical_at_a_glance() -> None:
    turned = document.parse("groups.yaml", b"groups:\n  - title: B\n    id: b\n")
    assert not is_plainly_canonical(turned, GroupsFile)


def test_most_files_are_canonical_at_a_glance() -> None:
    kinds = {file: scan.kind_of(file, {}) for file in FILES}
    read = {file: document.parse(file, (DATA / file).read_bytes()) for file in FILES}
    assert sum(is_plainly_canonical(read[file], kind, AREAS) for file, kind in kinds.items() if kind) > len(FILES) / 2


def test_a_file_is_formatted_in_place_and_keeps_its_comments(folder: Path, sdp: Run) -> None:
    file = folder / "partnerships" / "norway.yaml"
    before = file.read_text()
    file.write_text(before.replace("iso: NO", '# the code\niso: "NO"   # not false').replace("\n", "\r\n"))
    assert sdp("--data", str(folder), "format").code == 0
    assert file.read_bytes().decode() == before.replace("iso: NO", "# the code\niso: NO  # not false")


def test_check_and_diff_write_nothing(folder: Path, sdp: Run) -> None:
    file = folder / "partnerships" / "ghana.yaml"
    file.write_text(file.read_text().replace("name: Ghana", "name: 'Ghana'"))
    before = file.read_bytes()
    checked, shown = sdp("format", str(folder), "--check"), sdp("format", str(file), "--diff")
    assert (checked.code, checked.out) == (1, f"{file}: would change; run 'sdp format'\n")
    assert (shown.code, "-name: 'Ghana'\n+name: Ghana\n" in shown.out) == (0, True)
    assert sdp("format", str(folder), "--check", "--diff").code == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]])
def test_what_cannot_be_read_is_shown_and_left_and_the_rest_is_done(folder: Path, sdp: Run, options: list[str]) -> None:
    bad, untidy = folder / "groups.yaml", folder / "areas.yaml"
    bad.write_text("groups: [")
    untidy.write_text(untidy.read_text() + "\n\n\n")
    before = untidy.read_bytes()
    done = sdp("format", str(folder), *options)
    assert (done.code, "groups.yaml:" in done.out) == (2, True)
    assert bad.read_text() == "groups: ["
    assert (untidy.read_bytes() == before) is bool(options)


@pytest.mark.parametrize("text", ["a: &x b\nc: *x\n", "a: 1\na: 2\n", "a: !!str b\n", "a: b\n---\nc: d\n", "a: \tb\n"])
def test_what_would_lose_something_is_refused(tmp_path: Path, sdp: Run, text: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text)
    assert sdp("format", str(file)).code == 2
    assert file.read_text() == text


def test_other_files_are_refused_with_advice(tmp_path: Path, sdp: Run) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("on: push\n")
    assert "is not a data file" in sdp("format", str(file)).err
    assert "No such file" in sdp("format", str(tmp_path / "none.yaml")).err


def test_a_single_file_elsewhere_is_known_by_its_keys(tmp_path: Path, sdp: Run) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("coverage: {cyber: covered, csdp-missions: unknown}\nid: x\n")
    assert sdp("format", str(file)).code == 0
    assert file.read_text() == "id: x\ncoverage:\n  csdp-missions: unknown\n  cyber: covered\n"


def _mappings(block: comments.Block) -> list[comments.Block]:
    inner = [entry.value for entry in block.entries if isinstance(entry.value, comments.Block)]
    return [block] * block.mapping + [found for one in inner for found in _mappings(one)]
