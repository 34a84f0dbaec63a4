"""Nothing that people read is wider than their screen."""

from __future__ import annotations

import re

import pytest

from conftest import Run

ANSWERS = (
    "matrix --all --grades|diff japan india|diff korea|diff nato-ally efta --evidence|show india|show maritime"
    "|show eprs-2026-03|explain uk consular|explain albania|find --covers 15 --cells|list references|list contested"
    "|list gaps|timeline --all|patterns|patterns japan|verify|factcheck"
)


@pytest.mark.parametrize("answer", ANSWERS.split("|"))
def test_no_line_is_wider_than_the_screen(sdp: Run, answer: str) -> None:
    for width in (60, 72, 100, 140, 200):
        out = sdp(*answer.split(), COLUMNS=str(width), TTY="1", NO_COLOR="1").out
        wide = [line for line in out.splitlines() if len(line) > width]
        assert not [line for line in wide if not re.fullmatch(r" *https?://\S+", line)], width
