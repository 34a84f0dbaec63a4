"""Days, months and years as people type them."""

from __future__ import annotations

import pytest

from sdp_matrix import RequestError
from sdp_matrix.model import dates


@pytest.mark.parametrize(
    "text",
    ["", " ", "0000", "0000-01", "2025-00", "2025-13", "20250131", "2025-02-30", "31.1.2025", "30 Feb 2025", "x"],
)
def test_text_that_is_not_a_day_month_or_year_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is not a day, month or year; write 2025-06-30"):
        dates.parse_period(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (" 2024-02 ", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("December  2024", "2024-12-01", "2024-12-31"),
        ("sept. 2025", "2025-09-01", "2025-09-30"),
        ("18 Dec. 2024", "2024-12-18", "2024-12-18"),
    ],
)
def test_a_month_or_year_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert (str(dates.parse_period_start(text)), str(dates.parse_period_end(text))) == (first, last)
