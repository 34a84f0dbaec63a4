"""What people read in a terminal: golden screens, and what a terminal cannot show."""

from __future__ import annotations

import re

import pytest

from conftest import Golden, Run, run_sdp
from sdp_matrix.formats.table import Cell, Column, Look, Section, Table
from sdp_matrix.formats.text import Screen, render

LINES = (
    "matrix|matrix --all|matrix --corrected|diff japan india|diff nato-ally indo-pacific|diff korea|show india|"
    "show maritime|show eeas-albania-2024|list groups|verify|patterns|patterns --all|"
    "matrix --grades|diff uk moldova --evidence|explain uk consular-matters|explain albania date|"
    "explain india group:nato-global|explain ghana signatories|list contested|list grades|list prospects|"
    "timeline|list gaps|factcheck"
)
SCREENS = LINES.split("|")


@pytest.mark.parametrize(("line", "width"), [*((line, 80) for line in SCREENS), ("matrix", 120)])
def test_screens(sdp: Run, golden: Golden, line: str, width: int) -> None:
    ran = sdp(*line.split(), COLUMNS=str(width), TTY="1", NO_COLOR="1")
    assert ran.code == 0
    # An address is never broken, so that it can be followed; its line holds nothing else.
    assert not [
        text for text in ran.out.splitlines() if len(text) > width and not re.fullmatch(r" *https?://\S+", text)
    ]
    golden(re.sub("[^a-z0-9]+", "-", line) + f"-{width}.txt", ran.out)


def words(width: int, *arguments: str) -> set[str]:
    return set(re.split(r":?[\s/-]+", run_sdp(*arguments, COLUMNS=str(width), NO_COLOR="1").out))


@pytest.fixture(scope="module")
def words_of_titles() -> set[str]:
    """Words of names of partners and areas, and of titles of groups, which are whole on wider screens."""
    return words(90, "matrix", "--all") | words(200, "list", "areas") | {"ally", "GP", "GP[b", "]", "cand"}


@pytest.mark.parametrize("line", SCREENS)
def test_no_word_is_broken_on_a_narrow_screen(words_of_titles: set[str], line: str) -> None:
    whole = words_of_titles.union(*(words(width, *line.split()) for width in (80, 200)))
    for width in (48, 60, 72):
        assert {word for word in words(width, *line.split()) if not word.startswith("─")} <= whole


@pytest.mark.parametrize("line", SCREENS)
def test_no_file_has_a_hint_for_the_terminal(sdp: Run, line: str) -> None:
    written = sdp(*line.split(), "-f", "markdown", TTY="1").out
    assert not re.search(r"\bsdp [a-z]|(?<!-)--[a-z]", written)


def test_colour_adds_nothing_but_colour(sdp: Run, golden: Golden) -> None:
    coloured = sdp("matrix", COLUMNS="80", TTY="1").out
    plain = sdp("matrix", COLUMNS="80", TTY="1", NO_COLOR="1").out
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain != coloured
    golden("matrix-80-colour.txt", coloured)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "cp850", "koi8-r", "shift_jis"])
def test_ascii_marks_where_the_terminal_has_no_others(sdp: Run, encoding: str) -> None:
    out = sdp("matrix", TTY="1", ENCODING=encoding, NO_COLOR="1", COLUMNS="80").out
    assert "+ covered   - not covered   E already exists" in out
    assert out.isascii()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7"])
def test_other_encodings_of_every_character_have_the_marks_and_one_byte_order_mark(sdp: Run, encoding: str) -> None:
    whole = sdp("matrix", TTY="1", NO_COLOR="1").out
    assert sdp("matrix", TTY="1", ENCODING=encoding, NO_COLOR="1").data.decode(encoding) == whole


WIDTHS = "1 20 40 57 79 81 100 119 133 158 200 500 99999999 0 -5 abc"


@pytest.mark.parametrize("width", WIDTHS.split())
def test_every_mark_is_shown_at_any_width(sdp: Run, width: str) -> None:
    for terminal in ({}, {"TTY": "1"}, {"TTY": "1", "TERM": "dumb"}):
        out = sdp("matrix", COLUMNS=width, NO_COLOR="1", **terminal).out
        assert (out.count("✓"), out.count("✗")) == (168 + 1, 60 + 1)


HOSTILE = "\x1b[31mred\x1b[0m \u202eevil [bold]x[/bold] :smile: <script>"


def test_data_never_reach_the_terminal_as_control_or_markup() -> None:
    table = Table(
        HOSTILE,
        (Column("a"),),
        ((Cell(HOSTILE),),),
        (Section(((Cell(HOSTILE, look=Look.COVERED),),), HOSTILE),),
        legend=((Cell(HOSTILE), f"is {HOSTILE}"),),
        remarks=(HOSTILE,),
        source=HOSTILE,
    )
    drawn = render(table, Screen(width=200, colour=False))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", drawn)
    assert drawn.count("[bold]x[/bold] :smile: <script>") == 8
    assert render(table, Screen(width=200, colour=True)).count("\x1b[31m") == 0
