"""The library to its users: every call, in a notebook too, short words, names and selections."""

from __future__ import annotations

import ast
import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import sdp_matrix
from conftest import DATA, ROOT, library, needs
from library import page
from sdp_matrix import Condition, Findings, Partnerships, RequestError, SdpError, Selection
from sdp_matrix.analysis.search import ConditionFields
from sdp_matrix.model.dataset import Dataset

SCRIPT = ROOT / "tests" / "project" / "every_call.py"
METHODS = [name for name in vars(Partnerships) if name not in vars(Dataset) and not name.startswith("_")]


def test_the_script_of_a_user_has_every_public_name_and_call() -> None:
    written = {node.attr for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
    assert {*dir(sdp_matrix), *METHODS} - written == set()


@needs("IPython")
def test_the_script_of_a_user_runs_in_a_notebook_and_each_answer_is_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values: list[Any] = []
    monkeypatch.setattr("typing.assert_type", lambda value, _: values.append(value))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = library("IPython.core.interactiveshell").InteractiveShell()
    shell.run_cell(SCRIPT.read_text("utf-8")).raise_error()
    values.append(sdp_matrix.changes(str(DATA), str(DATA)))
    answers = [value for value in values if hasattr(value, "_repr_html_")]
    assert len({type(answer) for answer in answers}) > 10
    for answer in answers:
        shown, _ = shell.display_formatter.format(answer)
        assert ("<table" in shown["text/html"]) is not isinstance(answer, Findings), "problems are shown as text"
        assert len(shown["text/plain"]) < 400
        assert all(isinstance(value, str | int | float) for row in answer.rows() for value in row.values())


def test_answers_and_errors_can_be_copied_and_sent_to_other_processes_and_asked_for_in_threads(
    partnerships: Partnerships,
) -> None:
    answers: list[Any] = [partnerships, partnerships.partner("japan"), partnerships.area("cyber"), Selection()]
    answers += [partnerships.matrix(), partnerships.diff("japan", "india"), partnerships.explain("uk", "consular")]
    answers += [partnerships.gaps(), partnerships.timeline(), partnerships.factcheck(), partnerships.patterns()]
    assert [copy.deepcopy(answer) for answer in answers] == answers
    assert pickle.loads(pickle.dumps(answers)) == answers  # noqa: S301 - made here
    for wrong in (lambda: partnerships.partner("indai"), lambda: partnerships.sql("drop table partners")):
        with pytest.raises(SdpError) as raised:
            wrong()
        assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301 - made here
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda number: partnerships.sql(f"select {number}").items, range(40)))
    assert results == [((number,),) for number in range(40)]


def test_every_method_has_an_example_and_a_place_on_the_page() -> None:
    text = page()
    methods = [name for name in dir(Partnerships) if callable(getattr(Partnerships, name)) and not name.startswith("_")]
    assert len(methods) > 25
    assert [name for name in methods if ">>> " not in (getattr(Partnerships, name).__doc__ or "")] == []
    assert [name for name in (*methods, *sdp_matrix.__dir__()) if f"### {name}\n" not in text] == [
        "Partnerships",
        "__version__",
    ]


def test_a_slip_of_the_pen_is_an_error_at_run_time() -> None:
    with pytest.raises(AttributeError, match="module 'sdp_matrix' has no attribute 'laod'"):
        sdp_matrix.laod  # type: ignore[attr-defined]  # noqa: B018


def test_every_public_name_is_in_its_module() -> None:
    names = [name for name in dir(sdp_matrix) if name != "__version__"]
    assert len(names) > 40
    for name in names:
        value = getattr(sdp_matrix, name)
        assert (value.__name__, value.__module__.partition(".")[0]) == (name, "sdp_matrix")


def test_an_answer_is_framed_by_what_it_speaks_of(partnerships: Partnerships) -> None:
    whom = "<p>The 9 partnerships of Table 1; 3 newer ones are left out.</p>"
    assert whom in (partnerships.patterns()._repr_html_() or "")


def test_answers_that_list_are_sequences_and_take_names_or_a_selection(partnerships: Partnerships) -> None:
    gaps = partnerships.gaps("uk", ["iceland"])
    assert gaps == partnerships.gaps(Selection(partners=("uk", "iceland"), everyone=True))
    assert (gaps[0], gaps[:2], len(gaps)) == (next(iter(gaps)), gaps.items[:2], len(gaps.rows()))
    by_keyword = partnerships.find("uk,norway", covers="space")
    assert [p.id for p in by_keyword] == ["united-kingdom", "norway"]
    assert by_keyword == partnerships.find(Condition(covers=("space",)), ["uk", "norway"])
    (row,) = partnerships.matrix("japan", Selection(areas="cyber"))
    assert row == {"number": 3, "area_id": "cyber", "area": "Cyber issues", "japan": "covered"}
    (compared,) = partnerships.diff("uk", "norway", selection=Selection(areas="cyber"))
    assert compared.area.number == 3


def test_find_takes_the_fields_of_a_condition_as_keywords() -> None:
    assert get_type_hints(ConditionFields) == get_type_hints(Condition)


def test_partner_and_field_are_taken_in_either_order(partnerships: Partnerships) -> None:
    assert partnerships.explain("consular", "uk") == partnerships.explain("uk", "consular")
    values = partnerships.explanations("consular,date", ["uk", "norway"])
    assert values == partnerships.explanations(["uk", "norway"], "consular,date")
    with pytest.raises(SdpError, match="no partner 'atlantis'"):
        partnerships.explain("atlantis", "consular")


@pytest.mark.parametrize(
    ("partners", "advice"),
    [
        ((Selection(), Selection()), "pass one, and further partners by name"),
        (([],), "name partners as texts, such as 'japan'"),
        (([3],), "write names such as 'japan'"),
    ],
)
def test_partners_that_make_no_sense_are_refused(partners: Any, advice: str, partnerships: Partnerships) -> None:
    with pytest.raises(RequestError, match=advice):
        partnerships.matrix(*partners)


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (lambda data: data.find(Condition(covers="cyber"), covers="space"), "put everything into one"),
        (lambda data: data.find(grade="contestd"), "no grade 'contestd'; write one of contested, from-text"),
        (lambda data: data.find(topics="climat"), "no topic 'climat'; write one of "),
        (lambda data: data.matrix(order="size"), "no order 'size'; write one of table, date"),
        (lambda data: data.cite("paper"), "no work 'paper'; write one of data, codebook"),
        (lambda data: data.rows("wide"), "no table 'wide'; write one of reference, edition, areas, partners"),
    ],
)
def test_an_error_says_what_to_write(call: Any, advice: str, partnerships: Partnerships) -> None:
    with pytest.raises(SdpError, match=advice):
        call(partnerships)
