"""Find what a person calls by a name: exactly, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeVar

from sdp_matrix.errors import UnknownNameError

_PLAIN = str.maketrans("-_,’øðđłı", "   'oddli") | str.maketrans({".": None, "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart, as people type them, and signs between words, which do not count."""


class Named(Protocol):
    """A thing with an id and other names."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102


N = TypeVar("N", bound=Named)


def fold(name: str) -> str:
    """Make names comparable: case, accents, blanks, hyphens, dots, commas and a leading "the" do not count.

    >>> fold("Republic  of-KOREA"), fold("Türkiye"), fold("Þorgerður Støre"), fold("The U.K."), fold("Korea, Rep.")
    ('republic of korea', 'turkiye', 'thorgerdur store', 'uk', 'korea rep')
    """
    if name.strip().casefold() == "no.":  # heads a column of numbers, and is not NO, Norway
        return "no."
    plain = name.casefold().translate(_PLAIN)
    if not name.isascii():
        plain = "".join(c for c in "".join(map(_apart, plain)) if not unicodedata.combining(c))
    return " ".join(plain.split()).removeprefix("the ")


def _apart(letter: str) -> str:
    is_footnote = letter.isdigit() and not letter.isdecimal()  # ² and ① are never digits of a number
    return letter if is_footnote else unicodedata.normalize("NFKD", letter)


def find(text: str, *pools: Sequence[N], kind: str) -> N:
    """Find what has this name, or the only thing with a name that begins with it; an earlier pool goes first.

    Raises `UnknownNameError` if nothing fits or more than one does; a name in full goes before a prefix.
    """
    pool = [item for items in pools for item in items]
    wanted = fold(text)
    for item in pool:
        if item.id == text:
            return item
    for item in pool:
        if wanted and wanted in map(fold, item.names):
            return item
    for items in pools:
        begun = [item for item in items if wanted and any(fold(name).startswith(wanted) for name in item.names)]
        if len(begun) == 1:
            return begun[0]
        if begun:
            raise UnknownNameError(kind, text, fits=[item.id for item in begun])
    by_name = {fold(name): item.id for item in pool for name in item.names}
    near = dict.fromkeys(by_name[name] for name in get_close_matches(wanted, by_name, n=3, cutoff=0.75))
    raise UnknownNameError(kind, text, near=list(near), known=[item.id for item in pool])


_LONGEST_WORD = 80


def nearest(text: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that a person most likely intended, if one is near.

    >>> nearest("refrence", ["reference", "locator"])
    'reference'
    """
    if len(text) > _LONGEST_WORD:
        return None
    folded = {re.sub(r"[\s_-]+", "-", word.strip().lower()): word for word in allowed}
    wanted = re.sub(r"[\s_-]+", "-", text.strip().lower())
    near = get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None
