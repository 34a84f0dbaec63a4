"""Days, months and years as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from sdp_matrix import RequestError
from sdp_matrix.model import dates


@pytest.mark.parametrize("text", ["", " ", "0000", "0000-01", "2025-00", "2025-13", "20250131", "2025-02-30"])
def test_a_text_that_is_not_a_day_month_or_year_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is not a day; write it as YYYY-MM-DD"):
        dates.parse_period_end(text)


def test_a_month_or_year_means_its_last_day() -> None:
    assert dates.parse_period_end(None) is None
    assert dates.parse_period_end(" 2024-02 ") == date(2024, 2, 29)
    days = {1: 31, 9: 30, 10: 31, 12: 31}
    assert all(dates.parse_period_end(f"2025-{month:02}") == date(2025, month, day) for month, day in days.items())
