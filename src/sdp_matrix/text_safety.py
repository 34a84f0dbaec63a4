"""Make text from data or arguments safe for a terminal, a log or a page, and fit for a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters but newline and tab, bidirectional overrides, lone surrogates."""


def printable(text: str) -> str:
    r"""Spell out control characters, bidirectional overrides and lone surrogates; keep newline and tab.

    >>> print(printable("Nor\x1b[31mway\u202e"))
    Nor\x1b[31mway\u202e
    """
    return HARMFUL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_path(path: str) -> str:
    r"""Return a file name on one line, with control characters and line breaks escaped.

    >>> print(one_path("a\n::stop.yaml"))
    a\n::stop.yaml
    """
    return printable(path).replace("\n", "\\n").replace("\t", "\\t")


def in_one_line(text: str, *, at_most: int = 60) -> str:
    r"""Shorten a value for quoting inside a message.

    >>> in_one_line("a\n  b" + "x" * 100, at_most=10)
    'a bxxxxxx…'
    """
    flat = " ".join(text[: 4 * at_most].split())  # cut first, as a value may be megabytes long
    return printable(flat if len(flat) <= at_most else flat[: at_most - 1] + "…")


def flat(text: str) -> str:
    r"""Return a text on one line, with control characters escaped; a no-break space stays.

    >>> flat(" a\n  b\x1b[31m\u00a0c")
    'a b\\x1b[31m\xa0c'
    """
    return " ".join(re.split(r"[ \t\n]+", printable(text).strip()))  # str.split takes no-break spaces, too


def listed(names: Iterable[str], conjunction: str = "and") -> str:
    """Join names as a sentence lists them.

    >>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), listed(["A"]), listed([])
    ('A, B and C', 'A or B', 'A', 'none')
    """
    *others, last = [*names] or ["none"]
    return f"{', '.join(others)} {conjunction} {last}" if others else last
