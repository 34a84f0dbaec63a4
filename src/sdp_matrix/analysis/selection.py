"""What a question is about, by the names that people type; needs no data and no pydantic, so that TAB is fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar

from sdp_matrix.errors import RequestError
from sdp_matrix.text_safety import in_one_line

Member = TypeVar("Member", bound=StrEnum)

ALL = "all"  # the name of all partnerships

Names: TypeAlias = "str | Iterable[str]"  # one name or several

Partners: TypeAlias = "str | Iterable[str] | Selection"  # partners and groups by name, or a selection


def names_in(*parts: Names) -> tuple[str, ...]:
    """Return names and lists of names as one list; raises `RequestError` for what is not a name."""
    lists: list[object] = []
    for part in parts:
        lists += [part] if isinstance(part, str) or not hasattr(part, "__iter__") else part
    names = tuple(name for name in lists if isinstance(name, str))
    if len(names) < len(lists):
        raise RequestError(f"a name is not a text: {in_one_line(repr(lists))}; write names such as 'japan'")
    return names


def normalise_names(record: object, *fields: str) -> None:
    """Replace a name or list of names by a tuple, in fields of a frozen dataclass, from its `__post_init__`."""
    for field in fields:  # object.__setattr__ is what frozen dataclasses themselves use in __init__
        object.__setattr__(record, field, names_in(getattr(record, field)))


def member(words: type[Member], text: str) -> Member:
    """Return the word of a closed list with this text; raises `RequestError` if there is none."""
    try:
        return words(text)
    except ValueError:
        known = ", ".join(words)
        raise RequestError(f"no {words.__name__.lower()} '{in_one_line(text)}'; write one of {known}") from None


class Order(StrEnum):
    """Orders of the columns of a matrix."""

    TABLE = "table"
    DATE = "date"
    NAME = "name"
    COVERAGE = "coverage"
    SIMILARITY = "similarity"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The partnerships and areas that a question is about: those that fulfil all of these fields.

    Defaults to Table 1: the partnerships of the published table, and all areas. Names are as people type them, one or
    several: ids, names, codes, numbers, aliases or unique prefixes.

    >>> scope = load().select(Selection(partners=["nato", "japan"], areas="maritime,cyber"))
    >>> [p.iso for p in scope.partnerships], [area.number for area in scope.areas]
    (['AL', 'MK', 'CA', 'GB', 'NO', 'JP'], [3, 15])
    >>> scope
    Scope(6 partnerships, 2 areas, 1 newer, as of today)
    """

    partners: Sequence[str] = ()
    """Partners, groups, lists such as 'uk,norway', or 'all'; a group stands for its members in the published table."""
    areas: Sequence[str] = ()
    """Areas, or lists of them; none means all."""
    groups: Sequence[str] = ()
    """Groups that each partner belongs to."""
    as_of: date | None = None
    """Only partnerships with this date or an earlier one."""
    newest: int | None = None
    """Only this number of the newest partnerships, also those that are newer than the table."""
    everyone: bool = False
    """Also the partnerships that are newer than the published table."""

    def __post_init__(self) -> None:
        normalise_names(self, "partners", "areas", "groups")


def selection_of(*partners: Partners, everyone: bool = False) -> Selection:
    """Return names, lists of names or a selection as one selection.

    Names are added to the partners of a selection. Without either, the selection is Table 1, or all with `everyone`.

    >>> selection_of("japan", ["uk", "efta"]).partners, selection_of("japan", Selection(areas="cyber")).areas
    (('japan', 'uk', 'efta'), ('cyber',))
    """
    selections = [part for part in partners if isinstance(part, Selection)]
    others = [part for part in partners if not isinstance(part, Selection)]
    names = names_in(*others)
    if len(selections) > 1:
        raise RequestError("two selections make no sense together; pass one, and further partners by name")
    if others and not names:
        raise RequestError("no partner is named; name partners as texts, such as 'japan', or leave the argument out")
    base = selections[0] if selections else Selection(everyone=everyone)
    return replace(base, partners=(*base.partners, *names))
