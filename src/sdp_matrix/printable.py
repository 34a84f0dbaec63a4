"""Text from data or arguments made harmless for a terminal, a log or a page."""

from __future__ import annotations

import re

_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Spell out control characters, bidirectional overrides and lone surrogates; keep newline and tab.

    >>> print(printable("Nor\x1b[31mway\u202e"))
    Nor\x1b[31mway\u202e
    """
    return _HARMFUL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def in_one_line(text: str, *, at_most: int = 60) -> str:
    r"""Shorten a value for quoting inside a message.

    >>> in_one_line("a\n  b" + "x" * 100, at_most=10)
    'a bxxxxxx…'
    """
    flat = " ".join(text[: 4 * at_most].split())
    return printable(flat if len(flat) <= at_most else flat[: at_most - 1] + "…")
