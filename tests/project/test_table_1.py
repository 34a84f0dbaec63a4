"""`sdp matrix` is Table 1 to the letter: digests of all that it prints, taken from the briefing itself.

They check the transcription, the data and the view in any clone; the briefing's text is not needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import TypeAlias
from xml.etree import ElementTree as ET

import pytest

from conftest import DATA, LIVE, library, needs
from sdp_matrix import formats, load
from sdp_matrix.formats.table import Cell, Section, Table
from sdp_matrix.views.matrix import matrix

Canonical: TypeAlias = "dict[str, str]"

DIGESTS = {
    "title": "16fb88aaad966d2c29559123dd116c1a3ff60d61f5e97e3c15299e9105db38dc",
    "header": "34fea8cb9185d12d264baaed2e29b4d6982d83b18da4fc075b1d2902ac5e25e8",
    "dates": "f5763860e13d346224b0dd5d6b08c3554989c210abfc3f0f91fc44fbbf96b53e",
    "titles": "39c73e1edd4a1240ce0ef48d013f46323d73fc8364a0d287feebbcc3b465da85",
    "marks": "ee31f86369d8e071bc57211908d623e117e56a51e960245869be6abe460a6603",
}


def canonical(table: Table) -> Canonical:
    """Return what people read of each part of Table 1: a line a row, a bar between cells, a span's title repeated."""

    def lines(rows: list[list[str]]) -> str:
        return "\n".join("|".join(row) for row in rows)

    header = [[cell.text.replace("\u00a0", " ") for cell in row for _ in range(cell.span)] for row in table.header]
    people = [[row[i].text for i in table.shown] for row in table.rows]
    return {
        "title": table.title,
        "header": lines(header[:-1]),
        "dates": lines(header[-1:]),
        "titles": lines([row[:2] for row in people]),
        "marks": lines([row[2:] for row in people]),
    }


def digests(parts: Canonical) -> Canonical:
    return {name: sha256(text.encode()).hexdigest() for name, text in parts.items()}


@pytest.fixture(scope="module", params=[LIVE, DATA], ids=["live", "frozen"])
def table(request: pytest.FixtureRequest) -> Table:
    data = load(request.param)
    return matrix(data, data.matrix())


def test_the_matrix_is_table_1(table: Table) -> None:
    assert digests(canonical(table)) == DIGESTS


def _changed(table: Table) -> Iterator[tuple[str, Table]]:
    """The table with one mark, title, date or heading changed, for each of them, and the part it stands in."""
    rows, header, other = table.rows, table.header, {"✓": "✗", "✗": "✓", "Already exists": "✓"}
    for y, row in enumerate(rows):
        for x in (2, *range(3, len(row))):
            cells = (*row[:x], row[x]._replace(text=other.get(row[x].text, row[x].text + ".")), *row[x + 1 :])
            yield (
                "titles" if x == 2 else "marks",
                table._replace(sections=(Section((*rows[:y], cells, *rows[y + 1 :])),)),
            )
    for y, row in enumerate(header):
        for x, cell in enumerate(row):
            cells = (*row[:x], Cell(cell.text + ".", span=cell.span), *row[x + 1 :])
            part = "dates" if y == len(header) - 1 else "header"
            yield part, table._replace(header=(*header[:y], cells, *header[y + 1 :]))
    yield "title", table._replace(title=table.title + ".")


def test_any_change_of_what_is_printed_changes_a_digest(table: Table) -> None:
    changes = [(part, digests(canonical(changed))) for part, changed in _changed(table)]
    assert [sum(part == name for part, _ in changes) for name in ("marks", "titles")] == [234, 26]
    for part, changed in changes:
        assert [name for name in DIGESTS if changed[name] != DIGESTS[name]] == [part]


def _words(text: str) -> str:
    """A text without footnote signs and with plain blanks."""
    return re.sub(r"\[[a-z]\]", "", text).replace("\u00a0", " ").strip()


def _document(table: Table, format_name: str) -> bytes:
    content = formats.render(table, format_name)
    assert isinstance(content, bytes)
    return content


def test_word_has_each_row_to_the_letter(table: Table) -> None:
    document = library("docx").Document(io.BytesIO(_document(table, "docx")))
    rows = [[_words(cell.text) for cell in row.cells] for row in document.tables[0].rows]
    expected = [[row[i].text for i in table.shown] for row in table.rows]  # footnotes are no text of a cell
    assert rows[-len(expected) :] == expected
    title = table.title.removeprefix("Table 1")  # Word numbers its tables itself
    assert title in "\n".join(paragraph.text for paragraph in document.paragraphs)


@needs("xlsxwriter")
def test_excel_has_each_title_date_and_mark(table: Table) -> None:
    with zipfile.ZipFile(io.BytesIO(_document(table, "xlsx"))) as book:
        root = ET.fromstring(book.read("xl/sharedStrings.xml"))
    texts = {_words("".join(item.itertext())) for item in root}
    expected = {_words(row[i].text) for row in table.rows for i in table.shown[1:]}
    assert expected - texts == set()
    assert {table.title, "Moldova", "North Macedonia", "Republic of Korea"} - texts == set()
