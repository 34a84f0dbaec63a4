"""The JSON Schemas: up to date, right for every data file, and as strict as the reader where they can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import DATA, Run, library
from sdp_matrix import load
from sdp_matrix.files import json_schema

jsonschema, check_jsonschema = library("jsonschema"), library("check_jsonschema.cli")

TITLE = {"value": "A partnership", "reference": "eprs-2026-03"}
FORMATS = jsonschema.Draft202012Validator.FORMAT_CHECKER
SCHEMAS = {name: json.loads(text) for name, text in json_schema.schemas(load(DATA).areas, load(DATA).groups).items()}
FILES = {name: DATA / f"{name}.yaml" for name in json_schema.RECORDS if (DATA / f"{name}.yaml").is_file()}
WRONG_CELLS: list[dict[str, object]] = [{"cyber": "no"}, {"cybr": "covered"}, {"cyber": {"evidence": []}}]
AREAS = [area.id for area in load(DATA).areas]


def test_a_new_reference_or_partner_changes_no_schema(folder: Path, sdp: Run) -> None:
    made = ("--title", "News", "--publisher", "NZZ", "--standing", "press", "--kind", "news", "--date", "2026-03")
    assert sdp("--data", str(folder), "new", "reference", "nzz-2026", *made).code == 0
    assert sdp("--data", str(folder), "new", "partner", "chile", "--name", "Chile", "--iso", "CL").code == 0
    data = load(folder)
    for name, text in json_schema.schemas(data.areas, data.groups).items():
        assert (folder / "schema" / name).read_text("utf-8") == text, name


@pytest.mark.parametrize("name", json_schema.RECORDS)
def test_check_jsonschema_accepts_schema_and_files(name: str) -> None:
    target = DATA / "schema" / f"{name}.schema.json"
    files: list[Path] = [FILES[name]] if name in FILES else sorted((DATA / f"{name}s").glob("*.yaml"))
    for arguments in (("--check-metaschema", target), ("--schemafile", target, *files)):
        done = library("click.testing").CliRunner().invoke(check_jsonschema.main, [*map(str, arguments)])
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, True),
        ({"place": None}, False),
        ({"place": {"value": "Brussels", "evidence": [{"reference": "eprs-2026-03", "supports": "Brussels"}]}}, True),
        ({"place": {"value": "Brussels", "evidence": [{"reference": "EPRS", "supports": "Brussels"}]}}, False),
        ({"act": "unknown", "date": "unknown"}, True),
        ({"date": "18.12.2024"}, False),
        ({"iso": "NO"}, True),
        ({"iso": False}, False),
        ({"groups": ["nato-ally", {"group": "efta", "status": "not-member"}]}, True),
        ({"groups": ["nato"]}, False),
        ({"milestones": [{"date": 2024, "event": "adopted", "reference": "eprs-2026-03"}]}, True),
        *(({"coverage": {**dict.fromkeys(AREAS, "unknown"), **cell}}, False) for cell in WRONG_CELLS),
    ],
)
def test_a_partnership_is_judged_as_the_reader_and_the_rules_do(change: dict[str, object], *, valid: bool) -> None:
    begun = {"id": "norway", "name": "Norway", "iso": "NO", "title": TITLE, "act": "signed", "date": "2024-05-28"}
    checker = jsonschema.Draft202012Validator(SCHEMAS["partnership.schema.json"], format_checker=FORMATS)
    assert checker.is_valid({**begun, "coverage": dict.fromkeys(AREAS, "unknown"), **change}) is valid
    assert not checker.is_valid({})


def test_an_editor_can_explain_every_key_and_word() -> None:
    for made in SCHEMAS.values():
        for part in (made, *made["$defs"].values()):
            for key, inner in part.get("properties", {}).items():
                assert inner.get("title"), key
                assert inner.get("description"), key
    statuses = SCHEMAS["partnership.schema.json"]["$defs"]["Status"]
    assert len(statuses["enum"]) == len(statuses["enumDescriptions"])
