"""Dates as the published table prints them, and as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sdp_matrix.errors import RequestError
from sdp_matrix.model.vocabulary import UNKNOWN
from sdp_matrix.text_safety import in_one_line

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")

DASHES = "\u2010-\u2015\u2212"  # characters that look like a hyphen, for a set in a pattern


def in_words(day: date | str | None) -> str:
    """Write a day, month or year in the style of Table 1; an unknown day is `unknown`.

    >>> in_words(date(2024, 12, 18)), in_words("2025-04"), in_words("2024"), in_words(None)
    ('18 Dec. 2024', 'Apr. 2025', '2024', 'unknown')
    """
    match str(day or UNKNOWN).split("-"):
        case [year, month, number]:
            return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"
        case [year, month]:
            return f"{_MONTHS[int(month) - 1]} {year}"
        case _:
            return str(day or UNKNOWN)


def from_words(text: str) -> date | None:
    """Read a day in the style of Table 1; None for any other text.

    >>> from_words("19 Nov. 2024"), from_words("19 November 2024")
    (datetime.date(2024, 11, 19), None)
    """
    match text.split(" "):
        case [number, month, year] if month in _MONTHS:
            day = iso_day(f"{year}-{_MONTHS.index(month) + 1:02}-{number:0>2}")
            return day if in_words(day) == text else None
    return None


def readings(text: str) -> list[str]:
    """Return every day that a text in another notation can mean.

    >>> readings("28.5.2024"), readings("03/04/2025"), readings("18 December 2024"), readings("2024–11–01")
    (['2024-05-28'], ['2025-04-03', '2025-03-04'], ['2024-12-18'], ['2024-11-01'])
    """
    plain = re.sub(f"[{DASHES}]", "-", text)
    parts = []  # year, month and day; re.ASCII below, as \d also matches digits of other scripts
    if match := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", plain, re.ASCII):
        parts = [(match[3], match[2], match[1]), (match[3], match[1], match[2])]  # day or month first
    elif match := re.fullmatch(r"(\d{4})(?:[./ -](\d{1,2})[./ -](\d{1,2})|(\d{2})(\d{2}))", plain, re.ASCII):
        parts = [(match[1], match[2] or match[4], match[3] or match[5])]
    elif match := re.fullmatch(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})", plain, re.ASCII):
        begins = match[2][:3].capitalize()  # three letters identify a month
        parts = [(match[3], str(n), match[1]) for n, month in enumerate(_MONTHS, 1) if month.startswith(begins)]
    days = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in parts]
    return [day for day in dict.fromkeys(days) if iso_day(day)]


def parse_period(text: str) -> str:
    """Return the day, month or year that a person typed, as YYYY-MM-DD, YYYY-MM or YYYY.

    Raises `RequestError` for other text, also for a day in digits that can mean several.

    >>> parse_period("2025"), parse_period("June 2025"), parse_period("1 June 2025")
    ('2025', '2025-06', '2025-06-01')
    """
    plain = " ".join(text.split())
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", plain, re.ASCII) and iso_day((plain + "-01-01")[:10]):
        return plain
    has_day = plain[:1].isdigit()
    is_in_words = re.search("[A-Za-z]", plain)  # 03/04/2025 may be April or March, so it is refused
    days = readings(plain if has_day else f"1 {plain}") if is_in_words else []
    if not days:
        remedy = "write 2025-06-30, 2025-06, 2025, 'June 2025' or '30 June 2025'"
        raise RequestError(f"'{in_one_line(text)}' is not a day, month or year; {remedy}")
    return days[0] if has_day else days[0][:7]


def parse_period_start(text: str) -> date:
    """Return the first day of the day, month or year that a person typed; raises `RequestError` for other text."""
    return date.fromisoformat((parse_period(text) + "-01-01")[:10])


def parse_period_end(text: str) -> date:
    """Return the last day of the day, month or year that a person typed; raises `RequestError` for other text.

    >>> parse_period_end("2025-01-31"), parse_period_end("2025-06")
    (datetime.date(2025, 1, 31), datetime.date(2025, 6, 30))
    """
    return last_day(parse_period(text))


def last_day(partial: str) -> date:
    """Return the last day of a day, month or year.

    >>> last_day("2024-02"), last_day("2024")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    return date(year, month, int(partial[8:] or monthrange(year, month)[1]))


def iso_day(text: str) -> date | None:
    """Read a day that is written YYYY-MM-DD; None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text else None  # Python also reads 20250131 and 2025-W05-5
