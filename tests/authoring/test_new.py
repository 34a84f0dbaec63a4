"""`sdp new`: what it writes is valid at once and in canonical form, or it refuses and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import DATA, Ran, Run
from sdp_matrix import load

SOURCE = ("--reference", "eprs-2026-03", "--locator", "Section 3")
CHILE = ("partner", "chile", "--name", "Chile")
REPORT = ("--title", "Report", "--publisher", "NZZ", "--standing", "press", "--kind", "news", "--date", "2026-11-20")


@pytest.fixture
def new(folder: Path, sdp: Run) -> Run:
    """Runs `sdp new` in a copy of the data."""

    def run(*arguments: str, **environment: str) -> Ran:
        return sdp("--data", str(folder), "new", *arguments, **environment)

    return run


def texts(folder: Path) -> dict[Path, str]:
    return {file: file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Chile", ()),
        ("Chile: the republic", ("--iso", "CL")),
        ("Chile", ("--date", "2026-03-20", *SOURCE)),
        ("Chile", ("--iso", "XK", "--date", "2026-03-20", "--act", "signed", *SOURCE)),
    ],
)
def test_a_new_partner_is_valid_at_once(folder: Path, sdp: Run, new: Run, name: str, options: tuple[str, ...]) -> None:
    assert new("partner", "chile", "--name", name, *options).code == 0
    assert sdp("--data", str(folder), "validate", "--strict").code == 0
    assert sdp("--data", str(folder), "format", "--check").out == ""
    begun = load(folder).partner("chile")
    assert (begun.name, {str(cell.status) for cell in begun.coverage.values()}) == (name, {"unknown"})
    assert begun.iso == (options[options.index("--iso") + 1] if "--iso" in options else None)
    assert begun.date.text == ("2026-03-20" if "--date" in options else "unknown")
    assert str(begun.act.value) == ("signed" if "--act" in options else "unknown")


@pytest.mark.parametrize(
    "question",
    [
        ("matrix", "--all", "-f", "json"),
        ("factcheck", "-f", "json"),
        ("verify", "-f", "json"),
        ("list", "partners", "-f", "json"),
        ("patterns", "--all", "-f", "json"),
        ("sql", "select * from coverage", "-f", "json"),
    ],
)
def test_a_draft_counts_for_nothing(folder: Path, sdp: Run, new: Run, question: tuple[str, ...]) -> None:
    before = sdp("--data", str(folder), *question)
    assert new(*CHILE, "--iso", "CL").code == 0
    assert sdp("--data", str(folder), *question) == before


def test_a_draft_can_be_looked_at_by_name(folder: Path, sdp: Run, new: Run) -> None:
    new(*CHILE, "--iso", "CL")
    for arguments in (("show", "chile"), ("explain", "chile", "date"), ("list", "gaps", "chile")):
        shown = sdp("--data", str(folder), *arguments)
        assert (shown.code, "9999" in shown.out) == (0, False), arguments


def test_a_prospect_that_becomes_a_partner_is_taken_out(folder: Path, sdp: Run, new: Run) -> None:
    before = (folder / "prospects.yaml").read_text("utf-8")
    done = new("partner", "switzerland", "--name", "Switzerland", "--iso", "CH")
    assert (done.code, "prospects.yaml: 'switzerland' taken out" in done.err) == (0, True), done.err
    after = (folder / "prospects.yaml").read_text("utf-8")
    assert set(before.splitlines()) - set(after.splitlines()) >= {"  - id: switzerland"}
    assert set(after.splitlines()) < set(before.splitlines())
    assert "'swissinfo-switzerland-2026' taken out, as only the prospect cited it" in done.err
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


def test_a_reference_of_a_prospect_stays_where_it_is_cited_or_has_a_comment(folder: Path, sdp: Run, new: Run) -> None:
    file = folder / "references.yaml"
    text = file.read_text("utf-8")
    cited = ("--date", "2026-03-05", "--reference", "swissinfo-switzerland-2026")
    done = new("partner", "switzerland", "--name", "Switzerland", "--iso", "CH", *cited)
    assert (done.code, "taken out, as only" in done.err) == (0, False), done.err
    assert sdp("--data", str(folder), "validate", "--strict").code == 0
    file.write_text(text.replace("  - id: swissinfo", "  # read twice\n  - id: swissinfo"), "utf-8")
    (folder / "partnerships" / "switzerland.yaml").unlink()
    shutil.copy(DATA / "prospects.yaml", folder)
    done = new("partner", "switzerland", "--name", "Switzerland", "--iso", "CH")
    assert "'swissinfo-switzerland-2026' is cited by nothing now; it has comments" in done.err


def test_a_prospect_with_comments_is_left_to_a_person(folder: Path, new: Run) -> None:
    file = folder / "prospects.yaml"
    file.write_text(file.read_text("utf-8").replace("    iso: CH", "    # talks\n    iso: CH"), "utf-8")
    before = texts(folder)
    line = before[file].splitlines().index("  - id: switzerland") + 1
    done = new("partner", "switzerland", "--name", "Switzerland", "--iso", "CH")
    assert (done.code, f"prospects.yaml, lines {line} to " in done.err) == (2, True), done.err
    assert texts(folder) == before


def test_a_new_reference_is_a_warning_until_it_is_cited(folder: Path, sdp: Run, new: Run) -> None:
    assert new("reference", "nzz-2026", *REPORT).code == 0
    assert load(folder).reference("nzz-2026").publisher == "NZZ"
    assert sdp("--data", str(folder), "validate").code == 0
    assert sdp("--data", str(folder), "validate", "--strict").code == 1
    assert new(*CHILE, "--date", "2026-11-20", "--reference", "nzz-2026").code == 0
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


def test_a_new_prospect_keeps_the_comments_of_the_others(folder: Path, new: Run) -> None:
    before = (folder / "prospects.yaml").read_text("utf-8")
    made = ("--name", "Chile", "--iso", "CL", "--stage", "proposed", "--date", "2026-05", *SOURCE)
    assert new("prospect", "chile", *made).code == 0
    assert (folder / "prospects.yaml").read_text("utf-8").startswith(before)
    assert load(folder).prospects[-1].id == "chile"


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("partner", "norway", "--name", "Norway", "--iso", "NO"), "exists already"),
        (("partner", "New Zealand", "--name", "New Zealand", "--iso", "NZ"), "did you mean new-zealand?"),
        (("partner", "../chile", "--name", "Chile", "--iso", "CL"), "invalid id"),
        ((*CHILE, "--iso", "cl"), "did you mean CL?"),
        ((*CHILE, "--iso", "CHL"), "two capital letters"),
        (("partner", "chile", "--name", "Chile ", "--iso", "CL"), "would not be valid"),
        ((*CHILE, "--date", "2026-03-20"), "name it with --reference"),
        ((*CHILE, "--date", "1 May", *SOURCE), "YYYY-MM-DD"),
        ((*CHILE, *SOURCE), "say what with --act or --date"),
        ((*CHILE, "--act", "signed", "--reference", "nothing"), "no reference 'nothing'"),
        (("reference", "eprs-2026-03", *REPORT), "has 'eprs-2026-03' already"),
        (("reference", "nzz-2026", *REPORT, "--url", "nzz"), "starts with http"),
        (("reference", "nzz-2026", *REPORT, "--note", "a\nb"), "cannot be seen"),
        (
            ("prospect", "norway", "--name", "X", "--iso", "NO", "--stage", "proposed", "--date", "2026", *SOURCE),
            "has a partnership already",
        ),
    ],
)
def test_a_refusal_says_what_to_write_and_writes_nothing(
    folder: Path, new: Run, arguments: tuple[str, ...], advice: str
) -> None:
    before = texts(folder)
    done = new(*arguments)
    assert (done.code, advice in done.err) == (2, True), done.err
    assert texts(folder) == before


def test_data_with_errors_are_mended_first(folder: Path, new: Run) -> None:
    file = folder / "partnerships" / "norway.yaml"
    file.write_text(file.read_text("utf-8").replace("iso: NO", "iso: N"), "utf-8")
    done = new(*CHILE)
    assert (done.code, "norway.yaml:4:6: error" in done.err) == (2, True), done.err
