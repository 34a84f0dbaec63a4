"""Days, months and years as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from sdp_matrix import RequestError
from sdp_matrix.model import dates


@pytest.mark.parametrize("typed", ["", " ", "0000", "0000-01", "2025-00", "2025-13", "20250131", "2025-02-30"])
def test_what_is_no_day_month_or_year_is_refused(typed: str) -> None:
    with pytest.raises(RequestError, match="is not a day; write it as YYYY-MM-DD"):
        dates.parse_period_end(typed)


def test_a_month_or_year_means_its_last_day() -> None:
    assert dates.parse_period_end(None) is None
    assert dates.parse_period_end(" 2024-02 ") == date(2024, 2, 29)
    assert [dates.parse_period_end(f"2025-{month:02}") for month in (1, 9, 10, 12)] == [
        date(2025, 1, 31),
        date(2025, 9, 30),
        date(2025, 10, 31),
        date(2025, 12, 31),
    ]
