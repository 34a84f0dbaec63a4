"""`sdp new`: a file that is valid at once and in canonical form, or a refusal that says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sdp_matrix import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Ran, Run

SOURCE = ("--reference", "eprs-2026-03", "--locator", "Section 3")


@pytest.fixture
def new(folder: Path, sdp: Run) -> Run:
    """Runs `sdp new` in a copy of the data."""

    def run(*arguments: str, **environment: str) -> Ran:
        return sdp("--data", str(folder), "new", *arguments, **environment)

    return run


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Chile", ()),
        ("Chile: the republic", ()),
        ("Chile", ("--date", "2026-03-20", *SOURCE)),
        ("Chile", ("--date", "2026-03-20", "--act", "signed", *SOURCE)),
    ],
)
def test_a_new_file_is_valid_at_once(folder: Path, sdp: Run, new: Run, name: str, options: tuple[str, ...]) -> None:
    assert new("chile", "--name", name, "--iso", "CL", *options).code == 0
    assert sdp("--data", str(folder), "validate").code == 0
    assert sdp("--data", str(folder), "format", "--check").out == ""
    begun = load(folder).partner("chile")
    assert (begun.name, begun.iso, {str(cell.status) for cell in begun.coverage.values()}) == (name, "CL", {"unknown"})
    assert begun.date.text == ("2026-03-20" if "--date" in options else "unknown")
    assert str(begun.act.value) == ("signed" if "--act" in options else "unknown")


def test_what_is_unknown_is_shown_as_unknown_everywhere(folder: Path, sdp: Run, new: Run) -> None:
    new("chile", "--name", "Chile", "--iso", "CL")
    for arguments in (("show", "chile"), ("matrix", "chile"), ("list", "partners"), ("explain", "chile", "date")):
        shown = sdp("--data", str(folder), *arguments)
        assert (shown.code, "unknown" in shown.out, "9999" in shown.out) == (0, True, False), arguments
    assert "chile" not in sdp("--data", str(folder), "matrix", "--all", "--as-of", "2030-01-01", "-f", "json").out


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("norway", "--name", "Norway", "--iso", "NO"), "exists already"),
        (("New Zealand", "--name", "New Zealand", "--iso", "NZ"), "did you mean new-zealand?"),
        (("../chile", "--name", "Chile", "--iso", "CL"), "invalid id"),
        (("chile", "--name", "Chile", "--iso", "cl"), "did you mean CL?"),
        (("chile", "--name", "Chile", "--iso", "CHL"), "two capital letters"),
        (("chile", "--name", "Chile ", "--iso", "CL"), "would not be valid"),
        (("chile", "--name", "Chile", "--iso", "CL", "--date", "2026-03-20"), "name it with --reference"),
        (("chile", "--name", "Chile", "--iso", "CL", "--date", "1 May", *SOURCE), "YYYY-MM-DD"),
        (("chile", "--name", "Chile", "--iso", "CL", *SOURCE), "say what with --act or --date"),
        (
            ("chile", "--name", "C", "--iso", "CL", "--act", "signed", "--reference", "nothing"),
            "no reference 'nothing'",
        ),
    ],
)
def test_a_refusal_says_what_to_write_and_writes_nothing(
    folder: Path, new: Run, arguments: tuple[str, ...], advice: str
) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*.yaml")}
    done = new(*arguments)
    assert (done.code, advice in done.err) == (2, True), done.err
    assert {file: file.read_bytes() for file in folder.rglob("*.yaml")} == before
