"""Find what a person means by a name: exactly, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeAlias, TypeVar

from sdp_matrix.errors import UnknownNameError

_PLAIN = str.maketrans(
    {
        "-": " ",
        "_": " ",
        ",": " ",
        ".": None,
        "’": "'",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ð": "d",
        "đ": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
    }
)
"""Letters that Unicode does not take apart, as people type them, and what does not count between words."""


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


N = TypeVar("N", bound=HasId)

Named: TypeAlias = "tuple[N, Sequence[str]]"
"""Something with all its names."""


def fold(name: str) -> str:
    """Make names comparable: case, accents, blanks, hyphens, dots, commas and a leading "the" do not count.

    >>> fold("Republic  of-KOREA"), fold("Türkiye"), fold("Þorgerður Støre"), fold("The U.K."), fold("Korea, Rep.")
    ('republic of korea', 'turkiye', 'thorgerdur store', 'uk', 'korea rep')

    A footnote is never a digit.

    >>> fold("1²")
    '1²'
    """
    if name.strip().casefold() == "no.":  # heads a column of numbers, and is not NO, Norway
        return "no."
    plain = name.casefold().translate(_PLAIN)
    if not name.isascii():
        plain = "".join(c for c in "".join(map(_apart, plain)) if not unicodedata.combining(c))
    return " ".join(plain.split()).removeprefix("the ")


def _apart(letter: str) -> str:
    is_sign = letter.isdigit() and not letter.isdecimal()  # ² and ①
    return letter if is_sign else unicodedata.normalize("NFKD", letter)


def find(given: str, *pools: Sequence[Named[N]], kind: str) -> N:
    """Find what has this name, or the only thing with a name that begins with it; an earlier pool goes first.

    Raises `UnknownNameError` where nothing fits or more than one does; a name in full goes before a prefix.
    """
    listed = [named for pool in pools for named in pool]
    for item, _ in listed:
        if item.id == given:
            return item
    wanted = fold(given)
    exact = [item for item, names in listed if wanted and wanted in map(fold, names)]
    if exact:
        return exact[0]
    for pool in pools:
        begun = [item for item, names in pool if wanted and any(fold(name).startswith(wanted) for name in names)]
        if len(begun) == 1:
            return begun[0]
        if begun:
            raise UnknownNameError(kind, given, fits=[item.id for item in begun])
    by_name = {fold(name): item.id for item, names in listed for name in names}
    near = dict.fromkeys(by_name[name] for name in get_close_matches(wanted, by_name, n=3, cutoff=0.75))
    raise UnknownNameError(kind, given, near=list(near), known=[item.id for item, _ in listed])


_LONGEST_WORD = 80


def nearest(given: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that was most likely meant, if one is near.

    >>> nearest("refrence", ["reference", "locator"])
    'reference'
    """
    if len(given) > _LONGEST_WORD:
        return None
    folded = {re.sub(r"[\s_-]+", "-", word.strip().lower()): word for word in allowed}
    wanted = re.sub(r"[\s_-]+", "-", given.strip().lower())
    near = get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None
