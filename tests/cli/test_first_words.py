"""What people ask and type first, and where it leads them."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from conftest import Run

QUESTIONS = {
    "Where do Japan and India differ?": ("diff japan india", "6 of 26 areas differ"),
    "And NATO allies and the Western Balkans?": ("diff nato western-balkans", "NATO"),
    "What did Table 1 look like in June 2025?": ("matrix --as-of 'June 2025'", "as of 30 June 2025"),
    "Has the United Kingdom consular matters, and who says so?": ("explain uk consular", "contested"),
    "Who signed for the EU?": ("explain all signatories", "Kaja Kallas"),
    "What is known of Norway?": ("show norway", "Norway (NO)"),
    "Who has space?": ("show space", "covered"),
    "Who has maritime security, but not consular matters?": ("find --covers maritime --lacks consular", "3 of 9"),
    "What has the United Kingdom that Japan lacks?": ("diff uk japan", "Only United Kingdom"),
    "Who is most like Japan?": ("patterns", "Japan: Norway"),
    "Who signed in which order?": ("timeline", "Moldova"),
    "On which values do sources disagree?": ("list contested", "Consular matters"),
    "Who may be next?": ("list prospects", "Switzerland"),
    "Is it true that the United Kingdom was the seventh?": ("factcheck uk-seventh", "1 true"),
    "Is our table the published one?": ("verify", "234"),
}
"""Questions, the one command that answers each, and what the answer holds."""

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
    "--no-pager list areas": "maritime-security",
}
"""Words that work, and what the answer holds."""

LEADS = {
    "japan india": "write: sdp diff japan india",
    "japan": "write: sdp show japan",
    "nato": "write: sdp matrix nato-ally",
    "consular": "write: sdp show consular-matters",
    "uk consular": "write: sdp explain united-kingdom consular-matters",
    "uk-seventh": "write: sdp factcheck uk-seventh",
    "switzerland": "write: sdp list prospects",
    "zzz": "'sdp --help' lists what there is",
    "matrx": "did you mean matrix?",
    "compare": "Usage: sdp diff",
    "matrix --partner japan": "sdp matrix japan",
    "matrix --json": "write -f json",
    "matrix --data tests/data": "sdp --data DIR matrix",
    "find --not-covers x": "write --lacks",
    "find --covres space": "Usage: sdp find [OPTIONS]\nExample: sdp find --covers maritime --lacks consular\n",
    "find maritime-security": "write --covers maritime-security",
    "find japan": "write sdp show japan",
    "find nato": "write --group nato-ally",
    "matrix maritime": "write --area maritime-security",
    "matrix switzerland": "sdp list prospects",
    "nato western-balkans": "write: sdp diff nato-ally western-balkans",
    "matrix xx": "sdp list partners",
    "find ''": "Usage: sdp find",
    "matrix --area japan": "is a partner, not an area",
    "explain uk xx": "sdp list areas",
    "list foo": "sdp list --help",
    "factcheck xx": "sdp list statements",
    "matrix n": "norway",
    "matrix --as-of 31.1.2025": "write 2025-06-30",
    "--install-completion": "--show-completion",
    f"matrix --sort {'x' * 10_000}": "--sort",
    "matrix '--nonsense\n\t\x1b[31m'": "nonsense",
}
"""Words that do not, and the command or option that the message names."""


@pytest.mark.parametrize(("line", "holds"), [*QUESTIONS.values(), *WORKS.items()])
def test_each_question_takes_one_command_and_first_words_work(sdp: Run, line: str, holds: str) -> None:
    ran = sdp(*shlex.split(line))
    assert ran.code == 0, ran.err
    assert holds in ran.out


@pytest.mark.parametrize(("line", "names"), LEADS.items())
def test_a_wrong_word_leads_to_the_right_command_in_few_words(sdp: Run, line: str, names: str) -> None:
    ran = sdp(*shlex.split(line))
    assert (ran.code, ran.out) == (2, "")
    assert names in ran.err
    assert len(ran.err) < 700
    assert len(ran.err.splitlines()) <= 4  # what is wrong, usage, example, where more is said
    assert ran.err.count(",") < 6  # at most six suggestions
    assert "Value error" not in ran.err
    assert "\x1b" not in ran.err


def test_an_area_that_is_also_a_prospect_is_shown_with_a_hint(sdp: Run) -> None:
    assert "ukraine is also a prospect: sdp list prospects" in sdp("show", "ukraine", TTY="1").err


def test_without_readable_data_the_name_alone_is_reported(sdp: Run, tmp_path: Path) -> None:
    for folder in (["--data", str(tmp_path)], [f"--data={tmp_path}"]):
        assert "no command 'japan'" in sdp(*folder, "japan").err
