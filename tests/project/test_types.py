"""The library to type checkers and notebooks: the types it promises, slips of the pen, short words and tables."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import library
import sdp_matrix
from conftest import ROOT, needs
from sdp_matrix import Condition, Partnerships, RequestError, Selection, Shared
from sdp_matrix.model.dataset import Dataset

SCRIPT = ROOT / "tests" / "project" / "every_call.py"
SLIPS = """\
import sdp_matrix
sdp_matrix.laod()
partnerships = sdp_matrix.load()
partnerships.dif("japan", "india")
partnerships.diff("japan", 3)
partnerships.matrix(order="date")
"""
METHODS = [name for name in vars(Partnerships) if name not in vars(Dataset) and not name.startswith("_")]


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a module of this environment in a folder of its own, on the package as it stands in this checkout."""
    # pyright asks the first Python on the path what is installed
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PATH": path}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def mypy(file: Path, folder: Path) -> str:
    return run("mypy", "--strict", "--config-file=", f"--cache-dir={folder}", str(file), folder=folder).stdout


def pyright(file: Path, folder: Path) -> list[dict[str, Any]]:
    """What pyright says in its strict mode, of a copy outside this project."""
    copy = folder / file.name
    copy.write_text(file.read_text("utf-8"), "utf-8")
    settings = {"include": [file.name], "typeCheckingMode": "strict"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = run("pyright", "--outputjson", f"--pythonpath={sys.executable}", folder=folder)
    reported: list[dict[str, Any]] = json.loads(done.stdout)["generalDiagnostics"]
    return reported


def test_the_script_of_a_user_has_every_public_call() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {*dir(sdp_matrix)} <= imported
    assert set(METHODS) <= called


def test_the_script_of_a_user_runs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs("mypy", "pyright")
@pytest.mark.slow
def test_type_checkers_at_their_strictest_know_calls_from_slips(tmp_path: Path) -> None:
    file = tmp_path / "slips.py"
    file.write_text(SLIPS)
    assert mypy(SCRIPT, tmp_path).startswith("Success")
    reported = mypy(file, tmp_path)
    assert [number for number in (2, 4, 5, 6) if f"slips.py:{number}: error" not in reported] == []
    assert pyright(SCRIPT, tmp_path) == []
    assert {2, 4, 5, 6} <= {error["range"]["start"]["line"] + 1 for error in pyright(file, tmp_path)}


def test_every_method_has_an_example_and_a_place_on_the_page() -> None:
    page = library.page()
    methods = [name for name in dir(Partnerships) if callable(getattr(Partnerships, name)) and not name.startswith("_")]
    assert len(methods) > 25
    assert [name for name in methods if ">>> " not in (getattr(Partnerships, name).__doc__ or "")] == []
    assert [name for name in (*methods, *sdp_matrix.__dir__()) if f"### {name}\n" not in page] == [
        "Partnerships",
        "__version__",
    ]


def test_a_slip_of_the_pen_is_an_error_at_run_time() -> None:
    with pytest.raises(AttributeError, match="module 'sdp_matrix' has no attribute 'laod'"):
        sdp_matrix.laod  # type: ignore[attr-defined]  # noqa: B018


def test_type_checkers_see_the_names_that_there_are() -> None:
    tree = ast.parse((ROOT / "src" / "sdp_matrix" / "__init__.py").read_text("utf-8"))
    seen = [
        (str(node.module), alias.asname)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    ]
    assert {*dir(sdp_matrix)} == {"__version__", *(name for _, name in seen)}
    for home, name in seen:
        assert getattr(sdp_matrix, name) is getattr(import_module(home), name)


@needs("pyright")
@pytest.mark.slow
def test_every_public_type_is_known(tmp_path: Path) -> None:
    done = run("pyright", "--verifytypes", "sdp_matrix", "--ignoreexternal", folder=tmp_path)
    assert "Type completeness score: 100%" in done.stdout, done.stdout


def test_an_answer_prints_in_a_line_and_is_a_table_in_a_notebook(partnerships: Partnerships) -> None:
    for answer in (
        partnerships.matrix(),
        partnerships.diff("japan", "india"),
        partnerships.diff("nato-ally", "indo-pacific"),
        partnerships.find(Condition(covers=("space",))),
        partnerships.shared(of=["nato-ally"]),
        partnerships.explain("albania", "date"),
        partnerships.patterns(),
        partnerships.portrait("uk"),
        partnerships.verify(),
        partnerships.sql("select name from partners"),
        partnerships.timeline(),
        partnerships.gaps(),
        partnerships.contested("nato"),
        partnerships.explanations("uk"),
        partnerships.testimony("eeas-albania-2024"),
        partnerships.factcheck(),
        partnerships.cells(partnerships.find(Condition(covers=("space",)))),
    ):
        assert len(repr(answer)) < 400
        assert all(isinstance(value, str | int | float) for row in answer.rows() for value in row.values())
        assert "<table" in (answer._repr_html_() or "")
    whom = "<p>The 9 partnerships of Table 1; 3 newer ones are left out.</p>"
    assert whom in (partnerships.patterns()._repr_html_() or "")
    assert Shared((), (), (), ())._repr_html_() is None
    assert len(repr(sdp_matrix.validate())) < 100


def test_answers_that_list_are_sequences_and_take_names_or_a_selection(partnerships: Partnerships) -> None:
    gaps = partnerships.gaps("uk", ["iceland"])
    assert gaps == partnerships.gaps(Selection(partners=("uk", "iceland"), everyone=True))
    assert (gaps[0], gaps[:2], len(gaps)) == (next(iter(gaps)), gaps.items[:2], len(gaps.rows()))
    assert [p.id for p in partnerships.find(Condition(covers=("space",)), "uk,norway")] == ["united-kingdom", "norway"]
    columns = [*partnerships.matrix("japan", Selection(areas=("cyber",))).rows()[0]]
    assert columns == ["number", "area_id", "area", "japan"]


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
