"""What is said of a cell is said alike everywhere: value, grade, what the table prints, and the note of the table."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

import strategies
from conftest import with_needs
from sdp_matrix import Grade, Partnerships, Selection, formats
from sdp_matrix.formats.table import Table
from sdp_matrix.publishing.explorer import explorer_data
from sdp_matrix.publishing.explorer import render as page
from sdp_matrix.publishing.export import export
from sdp_matrix.views import comparison, explain, lists, matrix, show
from sdp_matrix.views.parts import authors_note


def of(table: Table) -> Any:
    """The data of a table as a machine reads them."""
    return json.loads(formats.render(table, "json"))


@given(strategies.datasets())
def test_every_answer_gives_a_cell_the_same_value_and_grade(data: Partnerships) -> None:
    everything = data.matrix(Selection(partners=("all",)), corrected=True)
    shown = {a["id"]: a for a in of(matrix.matrix(data, everything, grades=True))["areas"]}
    disputed = {(d["partner"], d["field"]) for d in of(explain.contested(data, data.contested()))}
    exported, published = (
        {
            (row["partner"], row["area"]): row
            for row in csv.DictReader(io.StringIO(export(data)[name].decode("utf-8")))
            if row["area"]
        }
        for name in ("coverage.csv", "published.csv")
    )
    compared = _graded_by_diff(data)
    drawn: Any = json.loads(json.dumps(explorer_data(data)))
    columns = {p["id"]: p for p in drawn["partners"]}
    for p in data.partnerships:
        for index, area in enumerate(data.areas):
            found = of(explain.explanation(data, data.explain(p.id, area.id)))
            key, value, grade = (p.id, area.id), found["value"], found["grade"]
            printed = found["table_1"]["published"] if found["table_1"] else ""
            assert (shown[area.id]["coverage"][p.id], shown[area.id]["grades"][p.id]) == (value, grade)
            assert (exported[key]["status"], exported[key]["grade"]) == (value, grade)
            assert published.get(key, {"value": ""})["value"] == printed
            assert (key in disputed) is (grade == Grade.CONTESTED) or value == grade == Grade.UNKNOWN
            assert compared.get(key, (value, grade)) == (value, grade)
            column = columns[p.id]
            assert drawn["statuses"][int(column["status"][index])]["id"] == value
            assert drawn["grades"][int(column["grade"][index])]["id"] == grade
            of_table = drawn["statuses"][int(column["printed"][index])]["id"] if column["printed"] else ""
            assert of_table == printed


def _graded_by_diff(data: Partnerships) -> dict[tuple[str, str], tuple[str, str]]:
    """Value and grade of each cell as comparisons with evidence have them."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for left, right in pairwise(data.partnerships):
        for area in of(comparison.diff(data, data.diff(left.id, right.id), evidence=True))["areas"]:
            for side, p in (("left", left), ("right", right)):
                found[p.id, area["id"]] = (area[side], area["evidence"][side]["grade"])
    return found


def words(rendered: str | bytes) -> str:
    """All words of a document of any format, as a reader meets them."""
    if isinstance(rendered, bytes):
        with zipfile.ZipFile(io.BytesIO(rendered)) as parts:
            rendered = " ".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml"))
    return " ".join(re.sub(r"<[^>]*>", " ", rendered).split())


TABLES: dict[str, Callable[[Partnerships], Table]] = {
    "matrix": lambda data: matrix.matrix(data, data.matrix()),
    "matrix --evidence": lambda data: matrix.matrix(data, data.matrix(), evidence=True),
    "diff": lambda data: comparison.diff(data, data.diff("japan", "india"), all_areas=True),
    "show": lambda data: show.partnership(data, data.partner("japan")),
    "explain": lambda data: explain.explanation(data, data.explain("canada", "consular")),
}
READ = [name for name in formats.RENDERERS if name not in {"json", "csv"}]


@pytest.mark.parametrize("format_name", with_needs(READ))
@pytest.mark.parametrize("table", TABLES)
def test_the_note_of_the_authors_is_wherever_their_marks_are(
    partnerships: Partnerships, table: str, format_name: str
) -> None:
    said = authors_note(partnerships)
    assert said.startswith("The authors of Table 1 note that the list ")
    assert said.endswith(partnerships.table.published_note)
    assert said in words(formats.render(TABLES[table](partnerships), format_name))


def test_the_tables_own_note_is_in_the_explorer_and_the_export(partnerships: Partnerships) -> None:
    said = authors_note(partnerships)
    assert said in page(partnerships)
    exported = export(partnerships)
    assert said in exported["codebook.md"].decode("utf-8")
    assert said in json.loads(exported["datapackage.json"])["description"]


@pytest.mark.parametrize("format_name", with_needs(["text", "markdown", "html", "docx"]))
def test_the_matrix_with_evidence_numbers_its_sources_in_full(partnerships: Partnerships, format_name: str) -> None:
    table = matrix.matrix(partnerships, partnerships.matrix(), evidence=True)
    said = words(formats.render(table, format_name)).replace("\\", "")
    assert "Official Journal of the European Union" in said
    assert "address of the series" in said
    numbers = [note.marker for note in table.notes if note.marker.isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    cited = {marker.removeprefix("≠") for row in table.rows for cell in row for marker in cell.notes}
    cited |= {marker.removeprefix("≠") for row in table.header for cell in row for marker in cell.notes}
    assert cited == {note.marker for note in table.notes}


def test_no_document_names_a_reference_by_its_id_alone(partnerships: Partnerships) -> None:
    tables = (
        *(make(partnerships) for make in TABLES.values()),
        comparison.diff(partnerships, partnerships.diff("japan", "india"), evidence=True),
        explain.contested(partnerships, partnerships.contested()),
        lists.prospects(partnerships),
    )
    for table in tables:
        said = words(formats.render(table, "html"))
        assert not [reference.id for reference in partnerships.references if reference.id in said]
