"""Frames hold what the library says, with pandas and with polars, and say what to install without them."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given

from sdp_matrix import BadRequest, Partnerships
from sdp_matrix.relational.tables import TABLES
from strategies import datasets

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

NAMES = [table.name for table in TABLES]


@given(datasets(max_partners=4, max_areas=4))
def test_both_libraries_hold_every_cell(partnerships: Partnerships) -> None:
    expected = [
        (p.id, a.id, str(p.status(a.id)), str(partnerships.explain(p.id, a.id).grade))
        for p in partnerships.everyone
        for a in partnerships.areas
    ]
    names = ["partner", "area", "status", "grade"]
    pandas = partnerships.to_frame(library="pandas", everyone=True)
    polars = partnerships.to_frame(library="polars", everyone=True)
    assert list(pandas[names].itertuples(index=False, name=None)) == expected
    assert polars.select(names).rows() == expected


@pytest.mark.parametrize("name", NAMES)
def test_both_libraries_have_the_same_columns_and_rows(partnerships: Partnerships, name: str) -> None:
    pandas = partnerships.to_frame(name, library="pandas")
    polars = partnerships.to_frame(name, library="polars")
    assert list(pandas.columns) == polars.columns
    assert pandas.shape == polars.shape
    assert pandas.shape[0] > 0


def test_a_matrix_is_table_1(partnerships: Partnerships) -> None:
    frame = partnerships.to_frame("matrix", library="pandas")
    assert frame.shape == (26, 3 + 9)
    assert frame.set_index("area").loc["maritime-security", "japan"] == "covered"
    assert partnerships.to_frame("matrix", library="polars", everyone=True).width == 3 + 12


def test_dates_are_dates_and_truths_are_truths(partnerships: Partnerships) -> None:
    pandas, polars = (partnerships.to_frame("partners", library=name) for name in ("pandas", "polars"))
    assert pandas["date"].max() == pd.Timestamp(2026, 1, 27)
    assert polars["date"].max() == date(2026, 1, 27)
    assert pandas["in_table"].all()
    assert polars["in_table"].all()


def test_only_partners_of_table_1_are_named_unless_everyone_is_asked_for(partnerships: Partnerships) -> None:
    assert len(partnerships.to_frame("dyads")) == 9 * 8 // 2
    assert len(partnerships.to_frame("dyads", everyone=True)) == 12 * 11 // 2
    assert set(partnerships.to_frame("evidence")["partner"]) == {p.id for p in partnerships.in_table}
    assert len(partnerships.to_frame("partners", everyone=True)) == len(partnerships.everyone)


def test_pandas_goes_first_and_polars_stands_in(partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(partnerships.to_frame(), pd.DataFrame)
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert isinstance(partnerships.to_frame(), pl.DataFrame)


def test_what_to_install_is_named(partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(BadRequest, match=r"pandas or polars needs pandas, .* pip install .*pandas$"):
        partnerships.to_frame()
    with pytest.raises(BadRequest, match=r"a frame of polars needs polars, .*polars$"):
        partnerships.to_frame(library="polars")


def test_what_does_not_exist_is_refused(partnerships: Partnerships) -> None:
    with pytest.raises(BadRequest, match="write one of reference, edition, areas, partners"):
        partnerships.to_frame("wide")
    with pytest.raises(BadRequest, match="pandas or polars, not with 'numpy'"):
        partnerships.to_frame(library="numpy")  # type: ignore[call-overload]
