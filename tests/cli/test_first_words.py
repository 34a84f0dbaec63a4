"""What people type first, and where it leads them."""

from __future__ import annotations

import shlex

import pytest

from conftest import Run

WORKS = {
    "help": "Usage: sdp",
    "help diff": "Usage: sdp diff",
    "version": "sdp ",
    "compare japan india": "Japan and India",
    "search --covers space": "Space security and defence",
    "check": "",
    "explain consular uk": "United Kingdom",
    "list partners --all": "Albania",
    "timeline --all": "Albania",
    "list partner": "Albania",
    "list statement": "uk-seventh",
    "--no-pager list areas": "maritime-security",
}
"""Words that work, and what the answer holds."""

LEADS = {
    "japan india": "sdp diff japan india",
    "japan": "sdp show japan",
    "nato": "sdp matrix nato-ally",
    "consular": "sdp show consular-matters",
    "uk consular": "sdp explain united-kingdom consular-matters",
    "uk-seventh": "sdp factcheck uk-seventh",
    "switzerland": "sdp list prospects",
    "zzz": "sdp --help",
    "matrx": "did you mean matrix",
    "matrix --partner japan": "sdp matrix japan",
    "matrix --json": "-f json",
    "find --not-covers x": "--lacks",
    "find maritime-security": "--covers maritime-security",
    "matrix maritime": "--area maritime-security",
    "matrix switzerland": "sdp list prospects",
    "find --areas-of maritime": "write --covers maritime-security",
    "nato western-balkans": "sdp diff nato-ally western-balkans",
    "matrix xx": "sdp list partners",
    "matrix --area xx": "sdp list areas",
    "matrix --area japan": "is a partner, not an area",
    "explain uk xx": "sdp list areas",
    "list foo": "sdp list --help",
    "factcheck xx": "sdp list statements",
}
"""Words that do not, and the command or option that the message names."""


@pytest.mark.parametrize(("line", "holds"), WORKS.items())
def test_first_words_work(sdp: Run, line: str, holds: str) -> None:
    ran = sdp(*shlex.split(line))
    assert ran.code == 0, ran.err
    assert holds in ran.out


@pytest.mark.parametrize(("line", "names"), LEADS.items())
def test_a_wrong_word_leads_to_the_right_command(sdp: Run, line: str, names: str) -> None:
    ran = sdp(*shlex.split(line))
    assert (ran.code, ran.out) == (2, "")
    assert names in ran.err
    assert len(ran.err) < 500


def test_without_readable_data_the_name_alone_is_reported(sdp: Run, tmp_path: str) -> None:
    assert "no command 'japan'" in sdp("--data", str(tmp_path), "japan").err
