"""Random data sets are sound, so that what fails on them is at fault itself."""

from __future__ import annotations

from hypothesis import given

from conftest import EVERYONE
from sdp_matrix import Partnerships
from strategies import datasets


@given(datasets())
def test_a_random_data_set_answers_by_name(partnerships: Partnerships) -> None:
    for partnership in partnerships.partnerships:
        assert partnerships.partner(partnership.id) is partnership
        assert list(partnership.coverage) == [area.id for area in partnerships.areas]
    assert all(p in partnerships.partnerships for p in partnerships.in_table)
    assert partnerships.matrix(EVERYONE).areas == partnerships.areas
