"""Reading records: faults at their places, and nothing lost between a record and its file."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from sdp_matrix.files import document, reader
from sdp_matrix.files.scan import FOLDERS, SHARED_FILES
from sdp_matrix.files.text_faults import hidden
from sdp_matrix.model.partnership import (
    Coverage,
    Evidence,
    GroupMembership,
    Milestone,
    OtherTopic,
    Partnership,
    Signatory,
    SourcedAct,
    SourcedDay,
    SourcedText,
    Title,
)
from sdp_matrix.model.vocabulary import Act, Event, Membership, Status, Topic

FILES = [*SHARED_FILES, *(f"{folder}/{p.name}" for folder in FOLDERS for p in sorted((DATA / folder).glob("*.yaml")))]


def kind_of(path: str) -> type:
    folder, _, _ = path.rpartition("/")
    return FOLDERS[folder] if folder else SHARED_FILES[path]


def written_and_read(record: Any) -> Any:
    text = yaml.safe_dump(
        record.model_dump(mode="json", by_alias=True, exclude_defaults=True), allow_unicode=True, sort_keys=False
    )
    again, problems = reader.read(document.parse("x.yaml", text.encode()), type(record))
    assert problems == ()
    return again


@pytest.mark.parametrize("path", FILES)
def test_every_data_file_survives_a_round_trip(path: str) -> None:
    record, problems = reader.read(document.parse(path, (DATA / path).read_bytes()), kind_of(path))
    assert problems == ()
    assert written_and_read(record) == record


TEXT = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=15)
    .map("a{}".format)
    .filter(lambda text: unicodedata.is_normalized("NFC", text) and hidden(text) is None)
)
ID = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True).filter(lambda s: len(s) < 20)
MAYBE = st.none() | TEXT
EVIDENCE = st.lists(st.builds(Evidence, reference=ID, supports=TEXT, locator=MAYBE, note=MAYBE), max_size=3).map(tuple)
PARTIAL = st.dates().map(str) | st.dates().map(lambda d: str(d)[:7]) | st.dates().map(lambda d: str(d)[:4])


def sourced(kind: type, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, value=values, departure=MAYBE, evidence=EVIDENCE, note=MAYBE)


def tuples(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2).map(tuple)


PARTNERSHIPS = st.builds(
    Partnership,
    id=ID,
    name=TEXT,
    iso=st.from_regex("[A-Z]{2}", fullmatch=True),
    title=st.none() | st.builds(Title, value=TEXT, reference=ID, locator=MAYBE),
    act=sourced(SourcedAct, st.sampled_from(Act)),
    date=sourced(SourcedDay, st.dates(min_value=date(1000, 1, 1))),
    coverage=st.dictionaries(
        ID, st.builds(Coverage, status=st.sampled_from(Status), evidence=EVIDENCE, note=MAYBE), max_size=4
    ),
    aliases=tuples(TEXT),
    place=st.none() | sourced(SourcedText, TEXT),
    occasion=st.none() | sourced(SourcedText, TEXT),
    signatories=tuples(
        st.builds(Signatory, party=TEXT, name=TEXT, office=MAYBE, reference=ID, locator=MAYBE, note=MAYBE)
    ),
    groups=tuples(
        st.builds(GroupMembership, group=ID, status=st.sampled_from(Membership), evidence=EVIDENCE, note=MAYBE)
    ),
    milestones=tuples(
        st.builds(
            Milestone, date=PARTIAL, event=st.sampled_from(Event), place=MAYBE, reference=ID, locator=MAYBE, note=MAYBE
        )
    ),
    other_topics=tuples(
        st.builds(OtherTopic, topic=st.sampled_from(Topic), planned=st.booleans(), reference=ID, locator=MAYBE)
    ),
)


@given(PARTNERSHIPS)
def test_any_partnership_survives_a_round_trip(record: Partnership) -> None:
    assert written_and_read(record) == record


SOUND = """id: x
name: X
iso: NO
title: {value: T, reference: r}
act: signed
date: 2024-12-18
coverage:
  cyber: covered
"""


@pytest.mark.parametrize(
    ("before", "after", "rule", "line", "column", "says"),
    [
        ("name: X", "nam: X", "unknown-key", 2, 1, "did you mean 'name'?"),
        ("name: X\n", "", "missing-key", 1, 1, "'name' is missing"),
        ("iso: NO", "iso: no", "iso-form", 3, 6, "two capital letters"),
        ("signed", "sined", "choice", 5, 6, "did you mean 'signed'?"),
        ("2024-12-18", "86400", "date-form", 6, 7, "YYYY-MM-DD"),
        ("2024-12-18", "18.12.2024", "date-form", 6, 7, "write 2024-12-18"),
        ("2024-12-18", "2024-02-30", "impossible-date", 6, 7, "no day 2024-02-30"),
        ("cyber: covered", "cyber: yes", "status", 8, 10, "write covered, not-covered"),
        ("cyber: covered", "cyber: uncovered", "status", 8, 10, "write covered, not-covered"),
        ("cyber: covered", "cyber: Covered", "status", 8, 10, "did you mean 'covered'?"),
        ("cyber: covered", "cyber:", "empty-value", 8, 9, "empty"),
        ("cyber: covered", "cyber: [covered]", "shape", 8, 10, "mapping"),
        ("cyber: covered", "cyber: {statu: covered}", "unknown-key", 8, 11, "did you mean 'status'?"),
        ("name: X", "name: ''", "empty-value", 2, 7, "empty"),
        ("name: X", "name: [X]", "shape", 2, 7, "single text"),
        ("title: {value: T, reference: r}", "title: {value: T, reference: r}\ngroups: efta", "shape", 5, 9, "list"),
    ],
)
def test_faults_at_their_places(before: str, after: str, rule: str, line: int, column: int, says: str) -> None:
    text = SOUND.replace(before, after, 1)
    _, problems = reader.read(document.parse("x.yaml", text.encode()), Partnership)
    assert [(p.rule, p.location.line, p.location.column) for p in problems] == [(rule, line, column)]
    assert says in problems[0].message


@pytest.mark.parametrize("given", ["no", "false", "✗", "yes", "x", "uncovered", "none", "not", "~"])
def test_no_status_is_guessed(given: str) -> None:
    _, problems = reader.read(document.parse("x.yaml", SOUND.replace("covered", f'"{given}"').encode()), Partnership)
    assert "did you mean" not in problems[0].message
