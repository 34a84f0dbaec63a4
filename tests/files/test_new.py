"""`sdp new`: what it writes is valid at once and nothing else is touched, or it refuses and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import DATA, Ran, Run, edit
from sdp_matrix import load

CHILE = ("partner", "chile", "--name", "Chile")
REPORT = ("--title", "Report", "--publisher", "NZZ", "--standing", "press", "--kind", "news", "--date", "2026-11-20")
PERU = "{id: peru, name: Peru, iso: PE, steps: [{date: 2026-03, stage: proposed, reference: eprs-2026-03, locator: x}]}"
TALKS = ("--stage", "proposed", "--date", "2026-03", "--reference", "eprs-2026-03", "--locator", "Section 3")


@pytest.fixture
def new(folder: Path, sdp: Run) -> Run:
    """Runs `sdp new` in a copy of the data."""

    def run(*arguments: str, **environment: str) -> Ran:
        return sdp("--data", str(folder), "new", *arguments, **environment)

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("name", "iso"), [("Chile", None), ("Chile: the republic # 1", "CL"), ("Off", "XK"), ('The "South"', "CL")]
)
def test_a_new_partner_is_one_valid_file(folder: Path, sdp: Run, new: Run, name: str, iso: str | None) -> None:
    before = contents(folder)
    assert new("partner", "chile", "--name", name, *(("--iso", iso) if iso else ())).code == 0
    assert {**before, "partnerships/chile.yaml": b""} == {**contents(folder), "partnerships/chile.yaml": b""}
    assert sdp("--data", str(folder), "validate", "--strict").code == 0
    begun = load(folder).partner("chile")
    assert (begun.name, begun.iso, {str(cell.status) for cell in begun.coverage.values()}) == (name, iso, {"unknown"})
    assert (begun.date.text, str(begun.act.value)) == ("unknown", "unknown")


def test_a_draft_counts_for_nothing(folder: Path, sdp: Run, new: Run) -> None:
    questions = (["matrix", "--all"], ["factcheck"], ["patterns", "--all"], ["sql", "select * from coverage"])
    before = [sdp("--data", str(folder), *question, "-f", "json") for question in questions]
    assert new(*CHILE, "--iso", "CL").code == 0
    assert [sdp("--data", str(folder), *question, "-f", "json") for question in questions] == before


def test_a_statement_on_a_partner_without_a_date_is_neither_true_nor_false(folder: Path, sdp: Run) -> None:
    ghana = folder / "partnerships" / "ghana.yaml"
    text = ghana.read_text("utf-8")
    start = text.index("date:\n")
    ghana.write_text(text[:start] + "date: unknown\n" + text[text.index("place:", start) :], "utf-8")
    answer = sdp("--data", str(folder), "factcheck", "ghana-first-in-africa", "-f", "json").out
    assert '"verdict": "unknown"' in answer
    assert "no date is known for Ghana" in answer


def test_a_draft_can_be_shown_by_name(folder: Path, sdp: Run, new: Run) -> None:
    new(*CHILE, "--iso", "CL")
    for arguments in (("show", "chile"), ("explain", "chile", "date"), ("list", "gaps", "chile")):
        shown = sdp("--data", str(folder), *arguments)
        assert (shown.code, "9999" in shown.out) == (0, False), arguments


def test_a_prospect_stays_until_the_partnership_has_a_date(folder: Path, sdp: Run, new: Run) -> None:
    [prospect] = [p for p in load(folder).prospects if p.id == "switzerland"]
    done = new("partner", "switzerland", "--name", "Switzerland")
    assert (done.code, "prospects.yaml: remove 'switzerland' once" in done.err) == (0, True), done.err
    assert sdp("--data", str(folder), "validate", "--strict").code == 0
    begun = load(folder).partner("switzerland")
    assert begun.iso == "CH"
    events = [str(step.stage).replace("proposed", "partnership-proposed") for step in prospect.steps]
    assert [str(milestone.event) for milestone in begun.milestones] == events
    for milestone, step in zip(begun.milestones, prospect.steps, strict=True):
        for name in ("date", "reference", "locator", "note"):
            assert getattr(milestone, name) == getattr(step, name)
    evidence = "{reference: eprs-2026-03, locator: Section 3, supports: 2026-03-20}"
    dated = f"date:\n  value: 2026-03-20\n  evidence: [{evidence}]\n"
    edit(folder / "partnerships" / "switzerland.yaml", "date: unknown\n", dated)
    assert sdp("--data", str(folder), "validate").out.count("[prospect-is-partner]") == 1
    prospects = folder / "prospects.yaml"
    prospects.write_text(prospects.read_text("utf-8").partition("  - id: switzerland")[0], "utf-8")
    assert "[prospect-is-partner]" not in sdp("--data", str(folder), "validate").out
    assert "Switzerland" in sdp("--data", str(folder), "list", "partners").out


@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\n\n", "\n# checked\n"])
@pytest.mark.parametrize(
    ("register", "arguments"),
    [
        ("references", ("reference", "nzz-2026", *REPORT, "--url", "https://nzz.example/a?b=1#c", "--note", "Page 12")),
        ("prospects", ("prospect", "chile", "--name", "Chile", "--iso", "CL", *TALKS)),
    ],
)
def test_an_entry_is_added_at_the_end(
    folder: Path, sdp: Run, new: Run, register: str, arguments: tuple[str, ...], end: str
) -> None:
    file = folder / f"{register}.yaml"
    text = file.read_text("utf-8").rstrip("\n")
    file.write_bytes(((text.replace("\n", "\r\n") if end == "\r\n" else text) + end).encode())
    before = contents(folder)
    assert new(*arguments).code == 0
    after = contents(folder)
    added = after[file.name].removeprefix(before[file.name].rstrip())
    assert added != after[file.name]
    assert (b"\r\n" in added) is (end == "\r\n")
    assert {**before, file.name: b""} == {**after, file.name: b""}
    assert arguments[1] in [entry.id for entry in getattr(load(folder), register)]
    assert sdp("--data", str(folder), "validate").code == 0


def test_the_first_prospect_is_added_to_an_empty_list(folder: Path, new: Run) -> None:
    (folder / "prospects.yaml").write_text("# Talks.\nprospects: []\n", "utf-8")
    assert new("prospect", "chile", "--name", "Chile", "--iso", "CL", *TALKS).code == 0
    assert (folder / "prospects.yaml").read_text("utf-8").startswith("# Talks.\nprospects:\n  - id: chile\n")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("partner", "norway", "--name", "Norway", "--iso", "NO"), "exists already"),
        (("partner", "New Zealand", "--name", "New Zealand", "--iso", "NZ"), "hyphens: new-zealand"),
        (("partner", "../chile", "--name", "Chile", "--iso", "CL"), "hyphens: chile"),
        ((*CHILE, "--iso", "cl"), "write 'CL'"),
        ((*CHILE, "--iso", "CHL"), "two capital letters"),
        ((*CHILE, "--iso", "NO"), "would not be valid"),
        (("partner", "chile", "--name", "Chile ", "--iso", "CL"), "would not be valid"),
        (("reference", "eprs-2026-03", *REPORT), "has 'eprs-2026-03' already"),
        (("reference", "nzz-2026", *REPORT, "--url", "nzz"), "an address such as"),
        (("reference", "nzz-2026", *REPORT, "--note", "a\nb"), "line break"),
        (("reference", "nzz-2026", *REPORT, "--note", "a\u202eb"), "cannot be seen"),
        (("prospect", "chile", "--name", "X", "--iso", "CL", *TALKS[:5], "nothing"), "no reference 'nothing'"),
        (("prospect", "norway", "--name", "X", "--iso", "NO", *TALKS), "has a partnership already"),
    ],
)
def test_a_refusal_says_what_to_write_and_writes_nothing(
    folder: Path, new: Run, arguments: tuple[str, ...], advice: str
) -> None:
    before = contents(folder)
    done = new(*arguments)
    assert (done.code, advice in done.err) == (2, True), done.err
    assert contents(folder) == before


def test_a_list_in_brackets_is_left_to_a_person(folder: Path, new: Run) -> None:
    (folder / "prospects.yaml").write_text(f"prospects: [{PERU}]\n", "utf-8")
    done = new("prospect", "chile", "--name", "Chile", "--iso", "CL", *TALKS)
    assert (done.code, "add the entry yourself:\n  - id: chile\n" in done.err) == (2, True), done.err


def test_the_data_of_the_program_are_not_changed(monkeypatch: pytest.MonkeyPatch, new: Run) -> None:
    monkeypatch.setattr("sdp_matrix.files.disk.is_packaged", lambda _: True)
    assert "copy the folder" in new(*CHILE).err
    assert not (DATA / "partnerships" / "chile.yaml").exists()
