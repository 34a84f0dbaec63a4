"""`sdp set`: one value with its evidence, comments kept; what would not be valid is refused, what follows is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Ran, Run
from sdp_matrix import load

CITED = ("--reference", "eprs-2026-03", "--locator", "Section 3")


@pytest.fixture
def give(folder: Path, sdp: Run) -> Run:
    """Runs `sdp set` in a copy of the data."""

    def run(*arguments: str, **environment: str) -> Ran:
        return sdp("--data", str(folder), "set", *arguments, **environment)

    return run


def test_a_value_is_set_with_its_evidence_and_keeps_every_comment(folder: Path, sdp: Run, give: Run) -> None:
    file = folder / "partnerships" / "iceland.yaml"
    before = file.read_text("utf-8").replace("  space: unknown", "  # not in the text seen\n  space: unknown  # so far")
    assert "# so far" in before
    file.write_text(before, "utf-8")
    done = give("iceland", "space", "covered", *CITED)
    assert (done.code, "grade: single source, was unknown" in done.err) == (0, True), done.err
    after = file.read_text("utf-8")
    assert "  # not in the text seen\n  space:  # so far\n    status: covered\n    evidence:\n" in after
    assert set(before.splitlines()) - set(after.splitlines()) == {"  space: unknown  # so far"}
    assert sdp("--data", str(folder), "validate", "--strict").code == 0
    assert sdp("--data", str(folder), "format", "--check").out == ""
    [piece] = load(folder).explain("iceland", "space").evidence
    assert (piece.reference, piece.locator, piece.supports) == ("eprs-2026-03", "Section 3", "covered")


def test_a_date_makes_a_draft_count(folder: Path, sdp: Run, give: Run) -> None:
    sdp("--data", str(folder), "new", "partner", "chile", "--name", "Chile", "--iso", "CL")
    done = give("chile", "date", "2026-03-20", *CITED)
    assert (done.code, "count it from now on" in done.err) == (0, True), done.err
    assert "chile" in sdp("--data", str(folder), "matrix", "--all", "-f", "json").out
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


def test_the_same_evidence_is_not_written_twice(folder: Path, give: Run) -> None:
    give("iceland", "space", "covered", *CITED)
    before = (folder / "partnerships" / "iceland.yaml").read_text("utf-8")
    done = give("iceland", "space", "covered", *CITED)
    assert (done.code, "nothing had to be written" in done.err) == (0, True), done.err
    assert (folder / "partnerships" / "iceland.yaml").read_text("utf-8") == before


def test_statements_with_another_verdict_are_told(give: Run) -> None:
    done = give("uk", "consular", "not-covered", *CITED, "--departure", "The text has none.")
    assert "statement consular-matters-two: true, was false; look at it" in done.err
    assert "note: it was written for covered" in done.err


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("iceland", "space", "maybe", *CITED), "invalid status 'maybe'"),
        (("iceland", "space", "covered"), "name it with --reference"),
        (("iceland", "space", "covered", "--reference", "eprs-2026-03"), "so readers need the place in it"),
        (("iceland", "space", "covered", "--reference", "nowhere"), "no reference 'nowhere'"),
        (("iceland", "spaace", "covered", *CITED), "no area 'spaace'"),
        (("icland", "space", "covered", *CITED), "did you mean iceland?"),
        (("iceland", "date", "2026-02-30", *CITED), "the calendar has no day"),
        (("iceland", "space", "covered", *CITED, "--note", "a\tb"), "cannot be seen"),
    ],
)
def test_a_refusal_writes_nothing(folder: Path, give: Run, arguments: tuple[str, ...], advice: str) -> None:
    file = folder / "partnerships" / "iceland.yaml"
    before = file.read_bytes()
    done = give(*arguments)
    assert (done.code, advice in done.err) == (2, True), done.err
    assert file.read_bytes() == before


def test_what_gives_way_is_told(give: Run) -> None:
    give("iceland", "space", "covered", *CITED, "--note", "First reading.")
    done = give("iceland", "space", "not-covered", *CITED, "--note", "Second reading.")
    assert "space is not-covered, where it was covered" in done.err
    assert "evidence: eprs-2026-03 supports not-covered, where it supported covered" in done.err
    assert "note: replaced, was 'First reading.'" in done.err
    gone = give("albania", "date", "2024-11-19", *CITED, "--note", "As printed.")
    assert "departure: taken out with its value, was 'The table prints the day" in gone.err, gone.err
    assert "Table 1: prints the same; the departure is gone" in gone.err


@pytest.mark.parametrize(("field", "value"), [("space", "coverd"), ("date", "28.5.2026"), ("act", "singed")])
def test_a_bad_value_is_one_message(give: Run, field: str, value: str) -> None:
    done = give("iceland", field, value, *CITED)
    assert done.err.count(f"'{value}'") == 1, done.err
