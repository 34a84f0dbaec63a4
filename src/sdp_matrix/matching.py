"""Find things by the names that people type; an ambiguous name is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import zip_longest
from typing import Protocol, TypeVar

from sdp_matrix.errors import UnknownNameError

# NFKD leaves these letters whole, so they are replaced by what people type; signs between words, and invisible signs
# such as the one that a phone writes behind a mark, do not count.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"
_PLAIN = str.maketrans("-_,’øðđłı", "   'oddli", _INVISIBLE) | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})
_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")  # without the dot, 1.2 would be 12
# A republic as in alphabetical lists: Moldova (Republic of); Korea, Rep.
_INVERTED = re.compile(r"^([^,(]+)[,(] *([^,(]*\brepublic)(?: of)?\)?$")
# The number of an area as people and spreadsheets write it, with or without the title.
_NUMBERED = r"(?:area\s+|no\.?\s*|#)?0*([1-9][0-9]*)(?:\.0+)?(?:\s*[.):–-])?(?:\s+(\S.*))?"


class Named(Protocol):
    """A thing with an id and other names."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102


N = TypeVar("N", bound=Named)


def fold(name: str) -> str:
    """Make names comparable: case, accents, spaces, hyphens, dots, commas and a leading "the" do not count.

    >>> fold("Republic  of-KOREA"), fold("Türkiye"), fold("Þorgerður Støre"), fold("The U.K."), fold("Korea, Rep.")
    ('republic of korea', 'turkiye', 'thorgerdur store', 'uk', 'republic of korea')
    """
    plain = name.casefold().strip()
    if plain == "no.":  # the heading of a column of numbers, not NO for Norway
        return plain
    if "rep" in plain:
        plain = _INVERTED.sub(r"\2 of \1", re.sub(r"\brep\b\.?", "republic", plain))
    plain = (_DOT.sub("", plain) if "." in plain else plain).translate(_PLAIN)
    if not name.isascii():  # most names are, and NFKD is slow
        # ² may be a footnote; it, Ⅵ and ① are never digits of a number
        apart = (c if c.isnumeric() else unicodedata.normalize("NFKD", c) for c in plain)
        plain = "".join(c for c in "".join(apart) if not unicodedata.combining(c))
    return " ".join(plain.split()).removeprefix("the ")


def parts_of_name(text: str) -> set[str]:
    """Return the folded names that a text gives: number and title, or the text as it is.

    >>> parts_of_name("#06"), sorted(parts_of_name("6. STRATCOM")), parts_of_name("6-7")
    ({'6'}, ['6', 'stratcom'], {'6 7'})
    """
    numbered = re.fullmatch(_NUMBERED, text.strip(), re.DOTALL | re.IGNORECASE)
    return {fold(part) for part in numbered.groups() if part} if numbered else {fold(text)}


_SHORTEST_PREFIX = 3  # EU is not an EU candidate


def find(text: str, *pools: Sequence[N], kind: str) -> N:
    """Return the thing with this name, or the only one with a name that begins with it; earlier pools go first.

    Raises `UnknownNameError` if nothing fits or several things do; a full name goes before a prefix.
    """
    pool = [item for items in pools for item in items]
    for item in pool:  # an id goes before the name of anything else, in any pool
        if item.id == text:
            return item
    wanted, in_full = fold(text), parts_of_name(text)
    for item in pool:
        if wanted and in_full.issubset(map(fold, item.names)):
            return item
    for items in pools if len(wanted) >= _SHORTEST_PREFIX else ():
        begun = [item for item in items if any(fold(name).startswith(wanted) for name in item.names)]
        if len(begun) == 1:
            return begun[0]
        if begun:  # refused at once, even if only one thing of a later pool fits
            raise UnknownNameError(kind, text, fits=[item.id for item in begun])
    by_name = {fold(name): item.id for item in pool for name in item.names}
    close = () if re.fullmatch(r"\W*\d[\W\d]*", wanted) else get_close_matches(wanted, by_name, n=3, cutoff=0.75)
    near = dict.fromkeys(by_name[name] for name in close)
    raise UnknownNameError(kind, text, near=list(near), known=[item.id for item in pool])


_SHORT = 5  # in words with fewer letters, another letter makes another word: Iran and Iraq, ANI and ANSA


def is_slip(one: str, other: str) -> bool:
    """Return whether two texts differ by a letter, or by two swapped ones; another number is another thing.

    >>> is_slip("Reuters", "Rueters"), is_slip("ANSA", "ATA"), is_slip("Channel 4", "Channel 5")
    (True, False, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = zip_longest(one.split(), other.split(), fillvalue="")
    different = [pair for pair in pairs if pair[0] != pair[1]]
    if len(different) != 1 or not all(word.isalpha() and len(word) >= _SHORT for word in different[0]):
        return False
    blocks = SequenceMatcher(None, *different[0], autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= max(map(len, different[0])) - 1


_LONGEST_WORD = 80  # difflib takes quadratic time, and a longer text is not a misspelt word


def nearest(text: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that a person most likely intended, or None.

    >>> nearest("refrence", ["reference", "locator"])
    'reference'
    """
    if len(text) > _LONGEST_WORD:
        return None
    folded = {re.sub(r"[\s_-]+", "-", word.strip().lower()): word for word in allowed}
    wanted = re.sub(r"[\s_-]+", "-", text.strip().lower())
    near = get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None
