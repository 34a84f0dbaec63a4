"""Frames hold what the library says, with pandas and with polars, and say what to install without them."""

from __future__ import annotations

import sys
from datetime import date
from typing import get_args

import pytest
from hypothesis import given

from sdp_matrix import BadRequest, Partnerships
from sdp_matrix.relational.frames import Kind
from strategies import datasets

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

KINDS: tuple[Kind, ...] = get_args(Kind)


@given(datasets(max_partners=4, max_areas=4))
def test_both_libraries_hold_every_cell(partnerships: Partnerships) -> None:
    expected = [
        (p.id, a.id, str(p.status(a.id)), str(partnerships.grade(p.id, a.id)))
        for p in partnerships.everyone
        for a in partnerships.areas
    ]
    names = ["partner", "area", "status", "grade"]
    pandas = partnerships.to_frame(library="pandas", everyone=True)
    polars = partnerships.to_frame(library="polars", everyone=True)
    assert list(pandas[names].itertuples(index=False, name=None)) == expected
    assert polars.select(names).rows() == expected


@pytest.mark.parametrize("kind", KINDS)
def test_both_libraries_have_the_same_columns_and_rows(partnerships: Partnerships, kind: Kind) -> None:
    pandas = partnerships.to_frame(kind, library="pandas")
    polars = partnerships.to_frame(kind, library="polars")
    assert list(pandas.columns) == polars.columns
    assert pandas.shape == polars.shape
    assert pandas.shape[0] > 0


def test_a_matrix_is_table_1(partnerships: Partnerships) -> None:
    frame = partnerships.to_frame("matrix", library="pandas")
    assert frame.shape == (26, 3 + 9)
    assert frame.set_index("area").loc["maritime-security", "japan"] == "covered"
    assert partnerships.to_frame("matrix", library="polars", everyone=True).width == 3 + 12


def test_dates_are_dates(partnerships: Partnerships) -> None:
    assert partnerships.to_frame(library="pandas")["date"].max() == pd.Timestamp(2026, 1, 27)
    assert partnerships.to_frame(library="polars")["date"].max() == date(2026, 1, 27)


def test_pandas_goes_first_and_polars_stands_in(partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(partnerships.to_frame(), pd.DataFrame)
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert isinstance(partnerships.to_frame(), pl.DataFrame)


def test_what_to_install_is_named(partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(BadRequest, match="needs pandas or polars; install it with: pip install pandas"):
        partnerships.to_frame()
    with pytest.raises(BadRequest, match="needs polars; install it with: pip install polars"):
        partnerships.to_frame(library="polars")


def test_what_does_not_exist_is_refused(partnerships: Partnerships) -> None:
    with pytest.raises(BadRequest, match="write one of coverage, matrix, evidence"):
        partnerships.to_frame("wide")  # type: ignore[call-overload]
    with pytest.raises(BadRequest, match="pandas or polars, not with 'numpy'"):
        partnerships.to_frame(library="numpy")  # type: ignore[call-overload]
