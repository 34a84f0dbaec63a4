"""`sdp changes`, on real repositories."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run, committed, edit, git


@pytest.fixture
def repository(folder: Path) -> Path:
    """The data in a git repository of their own, with one commit."""
    committed(folder)
    return folder


def test_an_edit_is_described_in_words_with_its_effects(repository: Path, sdp: Run) -> None:
    albania = repository / "partnerships" / "albania.yaml"
    edit(albania, "  space: not-covered", "  space:\n    status: covered\n    evidence:\n"
         "      - reference: eeas-albania-2024\n        supports: covered")  # fmt: skip
    edit(albania, "  value: 2024-12-18", "  value: 2024-12-17")
    shown = sdp("--data", str(repository), "changes").out
    for line in (
        "From HEAD to the working tree: 2 changes",
        "Albania Date 18 Dec. 2024 → 17 Dec. 2024",
        "Albania 16 Space security and defence not covered → covered",
        "sdp verify holds → fails; run it to see where",
        "Edition 1.0.0, as before; raise it",
        "Not listed: changes in evidence (1).",
    ):
        assert line in " ".join(shown.split()), line
    full = sdp("--data", str(repository), "changes", "--full").out
    assert "evidence added: eeas-albania-2024 supports covered" in full
    assert "not listed" not in full


def test_items_of_lists_change_one_by_one(repository: Path, sdp: Run) -> None:
    korea = repository / "partnerships" / "republic-of-korea.yaml"
    edit(korea, "    event: named-pilot-partner\n    place: Brussels\n", "    event: named-pilot-partner\n")
    edit(korea, "    - title: maritime security\n", "    - title: security at sea\n")
    counted = " ".join(sdp("--data", str(repository), "changes").out.split())
    assert "working tree: no mark, date, act, group or partner has changed" in counted
    assert "Not listed: changes in partnerships (3)." in counted
    shown = " ".join(sdp("--data", str(repository), "changes", "--full").out.split())
    assert "28 May 2018, named-pilot-partner: eeas-asia-2018; Brussels → eeas-asia-2018" in shown
    assert "added: security at sea: maritime-security; " in shown
    rows = list(csv.DictReader(io.StringIO(sdp("--data", str(repository), "changes", "--full", "-f", "csv").out)))
    assert [row["field"] for row in rows] == ["milestones", "headings", "headings"]


def test_style_is_not_a_change(repository: Path, sdp: Run) -> None:
    norway = repository / "partnerships" / "norway.yaml"
    edit(norway, "iso: NO", '# the code\niso: "NO"  # not false')
    edit(norway, "  non-proliferation: covered", "  non-proliferation: {status: covered}")
    shown = sdp("--data", str(repository), "changes")
    assert (shown.code, shown.out) == (0, "Nothing has changed from HEAD to the working tree.\n")


def test_two_revisions_leave_the_checkout_alone(repository: Path, sdp: Run) -> None:
    edit(repository / "references.yaml", "    publisher: Agence France-Presse", "    publisher: AFP")
    (repository / "partnerships" / "ghana.yaml").unlink()
    git(repository, "commit", "-qam", "Change")
    git(repository, "rm", "-q", "prospects.yaml")
    before = git(repository, "status", "--porcelain")
    report = json.loads(sdp("--data", str(repository), "changes", "HEAD~1", "main", "-f", "json").out)
    publishers = [(c["id"], c["before"], c["after"]) for c in report["changes"] if c["field"] == "publisher"]
    assert publishers == [("afp-iceland-2026", "Agence France-Presse", "AFP")]
    for states, change in ((["HEAD~1", "main"], "removed"), (["main", "HEAD~1"], "added")):
        shown = " ".join(sdp("--data", str(repository), "changes", *states).out.split())
        assert re.search(rf": 1 change .*Ghana {change}: \[.*\] \(\w+, \d+ \w+\.? \d{{4}}\)", shown)
    assert git(repository, "status", "--porcelain") == before


def test_what_follows_names_the_edition_and_the_grades(repository: Path, sdp: Run) -> None:
    edit(repository / "partnerships" / "norway.yaml", "  non-proliferation: covered", "  non-proliferation: unknown")
    done = sdp("--data", str(repository), "changes")
    assert (done.code, done.err.count("\n")) == (1, 1), "what breaks a rule is not fine"
    assert "sdp: the working tree has problems (1), first the working tree/partnerships/norway.yaml:" in done.err
    shown = " ".join(done.out.split())
    effects = json.loads(sdp("--data", str(repository), "changes", "-f", "json").out)["effects"]
    assert "working tree: 1 change Change" in shown
    assert "Norway 7 Non-proliferation and arms covered → unknown" in shown
    assert "Norway 7 Non-proliferation and arms grade: single source → unknown" in shown
    assert [[*grade.values()][:2] for grade in effects["grades"]] == [["norway", "non-proliferation"]]
    git(repository, "commit", "-qam", "Forget a cell")
    edit(repository / "dataset.yaml", "version: 1.0.0", "version: 1.0.1")
    shown = sdp("--data", str(repository), "changes").out
    assert shown.startswith("Nothing has changed from HEAD to the working tree.")
    assert "1.0.0 → 1.0.1" in shown
    edit(repository / "partnerships" / "canada.yaml", "  value: 2025-06-23", "  value: 2024-06-23")
    verdicts = json.loads(sdp("--data", str(repository), "changes", "-f", "json").out)["effects"]["verdicts"]
    assert {change["before"] != change["after"] for change in verdicts} == {True}, "statements turn"


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_compared(repository: Path, sdp: Run) -> None:
    edit(repository / "partnerships" / "india.yaml", "name: India", "name: [India")
    edit(repository / "partnerships" / "japan.yaml", "name: Japan", "name: Nippon")
    shown = sdp("--data", str(repository), "changes")
    report = json.loads(sdp("--data", str(repository), "changes", "-f", "json").out)
    assert (shown.code, "The changes are not fully known: 1 file cannot be read" in shown.out) == (2, True)
    assert [fault["path"] for fault in report["unreadable"]["to"]] == ["the working tree/partnerships/india.yaml"]
    assert report["changes"] is None
    assert "Japan → Nippon" in shown.out
    [line] = [line for line in shown.out.splitlines() if line.startswith("partnerships/india.yaml")]
    assert "line " in line
    assert "Not compared: files of the working tree that cannot be read" in shown.out


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("areas.yaml", "areas:\n", "<<<<<<< HEAD\nareas:\n"),
        ("partnerships/norway.yaml", "name: Norway\n", "name: [Norway\n"),
    ],
)
def test_nothing_is_said_to_be_unchanged_beside_a_file_that_cannot_be_read(
    repository: Path, sdp: Run, path: str, before: str, after: str
) -> None:
    sound = (repository / path).read_text("utf-8")
    edit(repository / path, before, after)
    for side in ("to", "from"):
        for format_name in ("text", "markdown"):
            ran = sdp("--data", str(repository), "changes", "-f", format_name)
            assert (ran.code, "not fully known: 1 file cannot be read" in ran.out) == (2, True)
            assert "Nothing" not in ran.out
        report = json.loads(sdp("--data", str(repository), "changes", "-f", "json").out)
        assert (report["changes"], len(report["unreadable"][side])) == (None, 1)
        git(repository, "commit", "-qam", "Break a file")
        (repository / path).write_text(
            sound.replace("non-proliferation: covered", "non-proliferation: unknown"), "utf-8"
        )


def test_a_file_that_is_not_a_partners_own_is_not_a_partner(folder: Path, sdp: Run, tmp_path: Path) -> None:
    new = shutil.copytree(folder, tmp_path / "new") / "partnerships"
    shutil.copy(new / "japan.yaml", new / "japan (1).yaml")
    (new / "india.yaml").rename(new / "India.yaml")
    (new / "ghana.yaml").rename(new / "ghana.yml")
    (new / "norway.yaml").rename(new / "oslo.yaml")
    (new / "france.yaml").write_text("id: france\n", "utf-8")
    (new / "canada.yaml").unlink()
    for states in ([folder, new.parent], [new.parent, folder]):
        ran = sdp("changes", *map(str, states))
        assert (ran.code, "5 files cannot be read" in ran.out) == (2, True)
        changed = re.findall(r"(?m)^(\w+).* (?:added|removed): ", ran.out)
        assert changed == ["Canada"]


def test_odd_names_and_links_in_a_revision_do_no_harm(repository: Path, sdp: Run) -> None:
    (repository / "partnerships" / 'a"b\n\tü.yaml').write_text("id: x\n")
    (repository / "partnerships" / "--help.yaml").write_text("id: x\n")
    (repository / "partnerships" / "link.yaml").symlink_to("/etc/passwd")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Odd")
    done = sdp("--data", str(repository), "changes", "HEAD", "HEAD~1", "-f", "json")
    report = json.loads(done.out)
    assert (done.code, report["changes"]) == (2, None)
    assert len(report["unreadable"]["from"]) >= 3
    assert "root:" not in json.dumps(report)
    [message] = [fault["message"] for fault in report["unreadable"]["from"] if fault["path"].endswith("/link.yaml")]
    assert message == "the file cannot be read: it is a link; put the file itself here"


@pytest.mark.parametrize(
    "revision", ["nope", "--output=x", "--upload-pack=x", "HEAD:areas.yaml", "HEAD~1", "", "a\nb", "HEAD..HEAD"]
)
def test_a_revision_that_does_not_exist_is_refused(repository: Path, sdp: Run, revision: str) -> None:
    done = sdp("--data", str(repository), "changes", "--", revision)
    assert (done.code, done.out, done.err.startswith("sdp: there is no revision ")) == (2, "", True)
    assert not (repository / "x").exists()


def test_an_edition_and_a_folder_are_states_like_a_revision(repository: Path, sdp: Run, tmp_path: Path) -> None:
    older = shutil.copytree(DATA, tmp_path / "older")
    edit(repository / "partnerships" / "norway.yaml", "  non-proliferation: covered", "  non-proliferation: unknown")
    edit(repository / "dataset.yaml", "version: 1.0.0", "version: 1.1.0")
    git(repository, "commit", "-qam", "Correct a cell")
    for states in (("1.0.0",), ("1.0.0", "1.1.0"), (str(older),), (str(older), str(repository)), ("HEAD~1", "HEAD")):
        done = sdp("--data", str(repository), "changes", *states)
        assert (done.code, ": 1 change\n" in done.out) == (1, True), states
        assert " ".join(done.out.split()).count("covered → unknown") == 1
    outside = sdp("--data", str(older), "changes", str(repository), GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (outside.code, ": 1 change\n" in outside.out, " has problems (1)" in outside.err) == (0, True, True)
    alone = sdp("--data", str(older), "changes", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (alone.code, alone.out, "in a git repository" in alone.err) == (2, "", True)
    unknown = sdp("--data", str(repository), "changes", "9.9.9")
    assert unknown.code == 2
    assert "there is no revision '9.9.9'" in unknown.err
    assert "sdp list editions" in unknown.err


def test_files_that_are_not_there_are_not_everything_removed(repository: Path, sdp: Run) -> None:
    for file in [*repository.glob("*.yaml"), repository / "partnerships"]:
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    done = sdp("--data", str(repository), "changes")
    assert (done.code, done.out, "not a data folder" in done.err) == (2, "", True)


@pytest.mark.parametrize(
    ("kind", "old", "new", "alias", "question"),
    [
        ("partnership", "japan", "nippon", "partnerships/nippon.yaml: nippon", "explain japan cyber"),
        ("area", "consular-matters", "citizens-abroad", "areas.yaml: consular", "matrix -a consular-matters"),
        ("group", "nato-ally", "atlantic-ally", "groups.yaml: allies", "find --group nato-ally"),
        ("reference", "afp-iceland-2026", "agence-2026", "", ""),
        ("prospect", "switzerland", "helvetia", "", ""),
    ],
)
def test_a_new_id_is_one_change_and_the_former_one_may_stay_as_an_alias(
    repository: Path, sdp: Run, kind: str, old: str, new: str, alias: str, question: str
) -> None:
    data = ("--data", str(repository))
    for path in repository.rglob("*.yaml"):
        path.write_text(re.sub(rf"(?m)(?<![\w./-]){old}(?=[\]:,]|$)", new, path.read_text()))
        path.rename(path.with_stem(path.stem.replace(old, new)))
    renamed = {"kind": kind, "id": new, "field": "", "aspect": "id", "before": old, "after": new, "source": ""}
    report = json.loads(sdp(*data, "changes", "-f", "json").out)
    assert (report["changes"], report["effects"]["grades"], report["effects"]["verdicts"]) == ([renamed], [], [])
    shown = sdp(*data, "changes", "--full")
    assert (shown.code, f"renamed: {old} → {new}" in shown.out, ": 1 change\n" in shown.out) == (0, True, True)
    if alias:
        name, _, other = alias.partition(": ")
        edit(repository / name, f" - {other}\n", f" - {old}\n")
        changes = json.loads(sdp(*data, "changes", "-f", "json").out)["changes"]
        assert (changes[0], [change["id"] for change in changes]) == (renamed, [new] * 3)
        table = repository.parent / "of-then.csv"
        table.write_text("area,japan\nmaritime-security,covered\n")
        assert [sdp(*data, *asked.split()).code for asked in (question, f"verify {table}")] == [0, 0]


def test_of_two_candidates_neither_is_the_renamed_one(repository: Path, sdp: Run) -> None:
    groups = (repository / "groups.yaml").read_text().replace("id: efta", "id: efta-1")
    entry = groups[groups.index("  - id: efta-1") :].split("\n  - id: ")[0].rstrip() + "\n"
    (repository / "groups.yaml").write_text(f"{groups.rstrip()}\n{entry.replace('efta-1', 'efta-2')}")
    report = json.loads(sdp("--data", str(repository), "changes", "-f", "json").out)
    changed = {(c["id"], c["aspect"]) for c in report["changes"]}
    assert changed == {("efta", "whole"), ("efta-1", "whole"), ("efta-2", "whole")}
