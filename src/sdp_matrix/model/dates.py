"""Dates as the published table prints them, and as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sdp_matrix.errors import RequestError
from sdp_matrix.model.vocabulary import UNKNOWN
from sdp_matrix.text_safety import in_one_line

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def in_words(day: date | str | None) -> str:
    """Write a day, month or year in the style of Table 1; a day that is not known reads `unknown`.

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
    """Read a day in the style of Table 1; None where it is none.

    >>> from_words("19 Nov. 2024")
    datetime.date(2024, 11, 19)
    """
    match = re.fullmatch(r"(\d{1,2}) (\S+) (\d{4})", text)
    if match is None or match[2] not in _MONTHS:
        return None
    return iso_day(f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}")


_DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[./ -](\d{1,2})[./ -](\d{1,2})|(\d{2})(\d{2}))", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)


DASHES = "\u2010-\u2015\u2212"
"""What looks like a hyphen and is none, for a set of characters."""


def readings(text: str) -> list[str]:
    """Return every day that a text in another notation can mean.

    >>> readings("28.5.2024"), readings("03/04/2025"), readings("18 December 2024"), readings("2024–11–01")
    (['2024-05-28'], ['2025-04-03', '2025-03-04'], ['2024-12-18'], ['2024-11-01'])
    """
    plain = re.sub(f"[{DASHES}]", "-", text)
    if match := _DAY_FIRST.fullmatch(plain):
        parts = [(match[3], match[2], match[1]), (match[3], match[1], match[2])]
    elif match := _YEAR_FIRST.fullmatch(plain):
        parts = [(match[1], match[2] or match[4], match[3] or match[5])]
    elif match := _IN_WORDS.fullmatch(plain):
        months = [str(n) for n, month in enumerate(_MONTHS, start=1) if match[2].lower().startswith(month[:3].lower())]
        parts = [(match[3], month, match[1]) for month in months]
    else:
        parts = []
    days = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in parts]
    return [day for day in dict.fromkeys(days) if iso_day(day)]


def typed(text: str | None) -> date | None:
    """Read a day that a person typed, if one was; raises `RequestError` where it is not YYYY-MM-DD.

    >>> typed("2025-01-31"), typed(None)
    (datetime.date(2025, 1, 31), None)
    """
    if text is None:
        return None
    day = iso_day(text.strip())
    if day is None:
        raise RequestError(f"'{in_one_line(text)}' is not a day; write it as YYYY-MM-DD, for example 2025-01-31")
    return day


def by(text: str | None) -> date | None:
    """Read a day, month or year that a person typed, if one was, as its last day; raises `RequestError` for other text.

    >>> by("2025-01-31"), by("2025-06"), by("2025")
    (datetime.date(2025, 1, 31), datetime.date(2025, 6, 30), datetime.date(2025, 12, 31))
    """
    plain = (text or "").strip()
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", plain, re.ASCII) and plain[:4] != "0000":
        return last_day(plain)
    return typed(text)


def last_day(partial: str) -> date:
    """The last day of a day, month or year.

    >>> last_day("2024-02"), last_day("2024")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    year, month, day = (*(int(part) for part in partial.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def iso_day(text: str) -> date | None:
    """Read a day that is written YYYY-MM-DD; None where it is none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
