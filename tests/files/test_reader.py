"""Reading records: nothing is lost between a record and its file; faults of records stand in tests/cases."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given

from conftest import DATA
from sdp_matrix import Partnerships
from sdp_matrix.files import document, reader
from sdp_matrix.files.scan import FOLDERS, SHARED_FILES
from strategies import datasets

FILES = [*SHARED_FILES, *(f"{folder}/{p.name}" for folder in FOLDERS for p in sorted((DATA / folder).glob("*.yaml")))]


def written_and_read(record: Any) -> Any:
    text = yaml.safe_dump(record.model_dump(mode="json", by_alias=True, exclude_defaults=True), allow_unicode=True)
    again, problems = reader.read(document.parse("x.yaml", text.encode()), type(record))
    assert problems == ()
    return again


@pytest.mark.parametrize("path", FILES)
def test_every_data_file_survives_a_round_trip(path: str) -> None:
    folder, _, _ = path.rpartition("/")
    kind: Any = FOLDERS[folder] if folder else SHARED_FILES[path]
    record, problems = reader.read(document.parse(path, (DATA / path).read_bytes()), kind)
    assert problems == ()
    assert written_and_read(record) == record


@given(datasets())
def test_any_record_survives_a_round_trip(partnerships: Partnerships) -> None:
    sound = [p for p in partnerships.partnerships if p.date.value and not p.name.startswith("=")]
    for record in (*sound, *partnerships.references, *(a for a in partnerships.areas if not a.title.startswith("="))):
        assert written_and_read(record) == record
