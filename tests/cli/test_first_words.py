"""What people ask and type first, and where it leads them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from conftest import Run, committed, edit, library, with_needs
from planting import CASES

QUESTIONS = {
    "Who covers space?": ("show space", "Present in 6 of 9"),
    "Where do Japan and India differ?": ("diff japan india", "6 of 26 areas differ"),
    "Since when has Norway a partnership?": ("show norway", "28 May 2024"),
    "Why has the United Kingdom consular matters?": ("explain uk consular", "contradicts itself"),
    "On which values do sources disagree?": ("list contested", "Consular matters"),
    "Who signed for the EU?": ("explain all signatories", "Kaja Kallas"),
    "What has changed since edition 1?": ("changes 1.0.0", "covered → not covered"),
    "Is my table right?": ("verify mine.csv", "233 of 234"),
    "How is it cited?": ("cite data -f bibtex", "Data set"),
    "How does it get into a spreadsheet or database?": ("export out", ""),
    "And on a slide?": ("plot matrix -o table.png", ""),
    "Which NATO allies lack maritime security?": ("find --group nato --lacks maritime", "albania"),
    "Which are the newest two?": ("matrix --newest 2", "Ghana"),
    "Who signed in 2025?": ("find --signed-after 2024 --signed-before 2026", "united-kingdom"),
    "How far is Switzerland?": ("list prospects", "Switzerland"),
    "Who says what on consular matters?": ("factcheck --area 'Consular matters'", "consular"),
}
"""Questions of an analyst, the one command that answers each, and what the answer holds."""

WORKS = {
    "help": "Usage: sdp",
    "help diff": "Usage: sdp diff",
    "help new partner": "Usage: sdp new partner",
    "version": "sdp ",
    "compare japan india": "Japan and India",
    "table japan": "Table 1",
    "search --covers space": "Space security and defence",
    "check": "",
    "explain consular uk": "United Kingdom",
    "list partners --all": "Albania",
    "timeline --all": "Albania",
    "list partner": "Albania",
    "matrix --as-of 'June 2025'": "as of 30 June 2025",
    "show ukraine": "also a prospect; see 'sdp list prospects'",
    "--no-pager list areas": "maritime-security",
    "matrix -f MD": "**Table 1",
}
"""Words that work, and what the answer holds."""

LISTED = [line for line in (CASES / "misuse.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
MISUSE: dict[str, str] = {
    **dict(line.partition(" => ")[::2] for line in LISTED),
    f"matrix --sort {'x' * 10_000}": "--sort",
    "matrix '--nonsense\n\t\x1b[31m'": "nonsense",
}
"""Words that do not work, and the command, option or word that the message names."""

REMEDY = re.compile(
    "write|'sdp |'git |did you mean|leave out|name |ask for|add |needs 1|Usage|fits more|use |put |set |give "
)


def advised(message: str) -> list[str]:
    """Return the command lines that a message advises."""
    whole = re.findall("(?:write|example|Example): (sdp .*)", message)
    return [*whole, *(line for line in re.findall("'(sdp [^']*)'", message) if line not in "".join(whole))]


@pytest.fixture
def desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder above a copy of the data, in which the command runs."""
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("SDP_DATA", str(folder))
    return folder.parent


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_takes_one_command(sdp: Run, desk: Path, question: str) -> None:
    line, holds = QUESTIONS[question]
    if "plot" in line:
        library("matplotlib")
    if "changes" in line:
        committed(desk)
        edit(desk / "data" / "dataset.yaml", "version: 1.0.0", "version: 2.0.0")
        edit(desk / "data" / "partnerships" / "japan.yaml", "education: covered", "education: not-covered")
    if "mine" in line:
        (desk / "mine.csv").write_text(sdp("matrix", "-f", "csv").out.replace("not-covered", "covered", 1), "utf-8")
    ran = sdp(*shlex.split(line))
    assert (ran.code, holds in ran.out) == ("mine" in line or "changes" in line, True), ran.out + ran.err


@pytest.mark.parametrize(("line", "holds"), WORKS.items())
def test_first_words_work(sdp: Run, line: str, holds: str) -> None:
    ran = sdp(*shlex.split(line))
    assert (ran.code, holds in ran.out) == (0, True), ran.err


@pytest.mark.parametrize("line", with_needs(MISUSE))
def test_a_wrong_word_is_answered_in_few_words_and_each_command_advised_works(sdp: Run, desk: Path, line: str) -> None:
    if "changes" in line:
        committed(desk)
    ran = sdp(*shlex.split(line))
    assert (ran.code, ran.out) == (2, "")
    assert MISUSE[line] in ran.err
    assert REMEDY.search(ran.err), ran.err
    assert len(ran.err) < 700
    assert len(ran.err.splitlines()) <= 4  # what is wrong, usage, example, where more is said
    assert ran.err.count(",") < 6  # at most six suggestions
    assert not re.search("Value error|\x1b", ran.err)
    for command in advised(ran.err):
        again = sdp(*shlex.split(command)[1:])
        assert again.code in {0, 1}, f"{command}: {again.err}"


def test_one_side_of_two_names_is_explained_at_a_terminal(sdp: Run) -> None:
    assert "write: sdp diff japan india" in " ".join(sdp("diff", "japan,india", TTY="1", LINES="200").err.split())


def test_without_readable_data_the_name_alone_is_reported(sdp: Run, tmp_path: Path) -> None:
    for folder in (["--data", str(tmp_path)], [f"--data={tmp_path}"]):
        assert "no command 'japan'" in sdp(*folder, "japan").err
