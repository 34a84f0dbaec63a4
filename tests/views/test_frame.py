"""The frame of an answer: whom it speaks of, on which day, what it rests on; all of it from what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from sdp_matrix import Selection, load
from sdp_matrix.formats.table import Table
from sdp_matrix.formats.text import Screen, render
from sdp_matrix.views.matrix import matrix

DATA = load()
MARKS = {"✓", "✗", "?", "Already exists"}
SELECTIONS = st.builds(
    Selection,
    partners=st.lists(st.sampled_from([p.id for p in DATA.partnerships]), max_size=5).map(tuple),
    areas=st.lists(st.sampled_from([a.id for a in DATA.areas]), max_size=4).map(tuple),
    as_of=st.none() | st.just(date(2030, 1, 1)),
    newest=st.none() | st.integers(1, 6),
    everyone=st.booleans(),
)


def signs(table: Table) -> set[str]:
    """The markers that stand at what is shown."""
    cells = [cell for row in (*table.header, *table.rows) for cell in row]
    return {marker.removeprefix("≠") for cell in cells for marker in cell.notes}


@given(SELECTIONS, st.sets(st.sampled_from(["corrected", "grades", "evidence"])))
def test_the_frame_follows_from_what_is_shown(selection: Selection, options: set[str]) -> None:
    corrected, grades, evidence = (name in options for name in ("corrected", "grades", "evidence"))
    shown = DATA.matrix(selection, corrected=corrected)
    table = matrix(DATA, shown, grades=grades, evidence=evidence)
    in_table = [p for p in shown.partnerships if p.id in DATA.table.columns]
    newer = len(in_table) < len(shown.partnerships)
    assert ("Table 1" in table.source) == table.title.startswith("Table 1 – ") == bool(in_table)
    assert ("references of" in table.source) == newer
    assert ("authors of Table 1" in table.caveat) == bool(in_table)
    assert table.source.endswith(f"edition {DATA.edition.version} of {DATA.edition.date}.")
    assert ("corrected" in table.title) == (bool(shown.departures) and corrected)
    assert (", as of 1 Jan. 2030" in table.title) == bool(selection.as_of)
    assert signs(table) == {note.marker for note in table.notes}
    texts = {cell.text for row in table.rows for cell in row}
    ends = {text[-1] for text in texts if text[:-1] in MARKS} & {"!", "*"}
    against = {"≠"} & {marker[0] for row in (*table.header, *table.rows) for cell in row for marker in cell.notes}
    assert {cell.text for cell, _ in table.legend} == {t.rstrip("!*") for t in texts} & MARKS | ends | against
    whole = render(table, Screen(width=200))
    assert all(name.text in whole for name in table.header[table.heading])
    assert len(shown.partnerships) <= 2 or f"{len(shown.partnerships)} " in table.remarks[0]


@pytest.mark.parametrize("width", [100, 120, 160])
@pytest.mark.parametrize("arguments", ["", "--all", "--corrected", "--all --grades", "nato", "japan uk"])
def test_the_header_takes_six_lines_at_most_and_has_each_group_once(sdp: Run, arguments: str, width: int) -> None:
    lines = sdp("matrix", *arguments.split(), COLUMNS=str(width)).out.splitlines()
    rule = next(number for number, line in enumerate(lines) if set(line) == {"─"})
    header = lines[lines.index("") + 1 : rule]
    assert len(header) <= 6
    words = "\n".join(header)
    full = [group.title for group in DATA.table.groups if group.title in words]
    for title in full:
        words = words.replace(title, "", 1)
    short = [group.short or "" for group in DATA.table.groups if (group.short or "") in words]
    assert not (full and short)  # one style in a table, and in full each stands once
    assert all(words.count(text) == 1 for text in short)


def test_a_notebook_names_the_same_day_as_a_command(sdp: Run) -> None:
    day = "as of 31 Dec. 2024"
    assert day in sdp("matrix", "--as-of", "2024").out
    assert day in (DATA.matrix(Selection(as_of=date(2024, 12, 31)))._repr_html_() or "")
    assert day in (DATA.patterns(Selection(as_of=date(2024, 12, 31)))._repr_html_() or "")


@pytest.mark.parametrize(
    ("partners", "headings"),
    [
        (("norway", "iceland"), []),
        (("canada", "norway"), [["EFTA state"]]),
        (("japan", "india"), [["NATO Global Partners"]]),  # for its footnote
        (("ghana",), []),
    ],
)
def test_a_group_row_that_tells_no_partners_apart_is_left_out(
    partners: tuple[str, ...], headings: list[list[str]]
) -> None:
    rows = matrix(DATA, DATA.matrix(Selection(partners=partners))).header[:-2]
    assert [[cell.text for cell in row[2:] if cell.text] for row in rows] == headings


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_documents_have_every_title_and_date_to_the_letter(sdp: Run, format_name: str) -> None:
    out = sdp("matrix", "-f", format_name).out.replace("\u00a0", " ").replace("&#x27;", "'").replace("\\", "")
    page = DATA.transcription
    for text in (DATA.table.title, *(row[1] for row in page.rows), *page.names, *page.days):
        assert text in out
