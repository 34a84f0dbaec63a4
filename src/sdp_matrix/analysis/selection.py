"""Which partnerships and areas a question is about: what a person types, and what it means in a data set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.matching import fold
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.text_safety import in_one_line, listed

T = TypeVar("T")

ALL = "all"
"""The name of all partnerships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which partnerships and areas a question is about; everything that is said has to hold.

    Without a word it is Table 1: the partnerships of the published table, and all areas. Names are as a person types
    them: ids, names, codes, numbers, aliases or unique prefixes.

    >>> from sdp_matrix import load
    >>> scope = load().select(Selection(partners=("nato", "japan"), areas=("maritime,cyber",)))
    >>> [p.iso for p in scope.partnerships], [area.number for area in scope.areas]
    (['AL', 'MK', 'CA', 'GB', 'NO', 'JP'], [3, 15])
    >>> [p.id for p in scope.newer]
    ['iceland']
    """

    partners: tuple[str, ...] = ()
    """Partners, groups, lists such as 'uk,norway', or 'all'; a group stands for its members in the published table."""
    areas: tuple[str, ...] = ()
    """Areas, or lists of them; none stands for all."""
    groups: tuple[str, ...] = ()
    """Groups that each partner belongs to."""
    as_of: date | None = None
    """The day of the partnership, or a later one."""
    newest: int | None = None
    """Only so many, the newest; those that are newer than the table count, too."""
    everyone: bool = False
    """Also the partnerships that are newer than the published table."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a selection means in a data set: the partnerships and areas that an answer speaks of."""

    partnerships: tuple[Partnership, ...]
    """In the order in which they were named, else in that of the table."""
    areas: tuple[Area, ...]
    newer: tuple[Partnership, ...]
    """Those that `everyone` would add."""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Operand:
    """Partners that are taken as one: a single partner, a group, a list or all."""

    label: str
    partnerships: tuple[Partnership, ...]


def selection_of(*partners: str | Iterable[str] | Selection, everyone: bool = False) -> Selection:
    """Return the selection that names of partners, lists of names or a selection stand for.

    Names are added to the partners of a selection. Without either, the selection is of Table 1 or of everyone.

    >>> selection_of("japan", ["uk", "efta"]).partners, selection_of("japan", Selection(areas=("cyber",))).areas
    (('japan', 'uk', 'efta'), ('cyber',))
    """
    selections = [chosen for chosen in partners if isinstance(chosen, Selection)]
    lists = [[p] if isinstance(p, str) else list(p) for p in partners if not isinstance(p, Selection)]
    names = [name for names in lists for name in names]
    if len(selections) > 1:
        raise RequestError("two selections make no sense together; pass one, and further partners by name")
    if (lists and not names) or not all(isinstance(name, str) for name in names):
        raise RequestError("no partner is named; name partners as texts, such as 'japan', or leave the argument out")
    base = selections[0] if selections else Selection(everyone=everyone)
    return replace(base, partners=(*base.partners, *names))


def select(dataset: Dataset, *partners: str | Iterable[str] | Selection) -> Scope:
    """Find what names of partners or a selection mean.

    Raises `UnknownNameError`, and `RequestError` where no partnership is left.

    >>> from sdp_matrix import Selection, load
    >>> [p.iso for p in load().select(Selection(newest=2)).partnerships]
    ['AU', 'GH']
    """
    asked = selection_of(*partners)
    _check(dataset, asked)
    whole = _chosen(dataset, asked, dataset.everyone)
    chosen = whole if asked.everyone or asked.newest else _chosen(dataset, asked, dataset.in_table)
    if not chosen:
        more = ", or for the newer ones too (--all)" if whole else ""
        raise RequestError(f"no partner is left; ask for other partners or groups, or a later day{more}")
    shown = {p.id for p in chosen}
    newer = tuple(p for p in whole if p.id not in shown)
    return Scope(chosen, areas(dataset, asked.areas) or dataset.areas, newer, asked.as_of)


def _check(dataset: Dataset, asked: Selection) -> None:
    if asked.newest is not None and asked.newest < 1:
        raise RequestError(f"the newest {asked.newest} are none; --newest needs 1 or more")
    first = min((p.date.value for p in dataset.partnerships if p.date.value), default=None)
    if asked.as_of and first and asked.as_of < first:
        raise RequestError(
            f"there was no partnership on {dates.in_words(asked.as_of)}; the first is of {dates.in_words(first)}"
        )


def _chosen(dataset: Dataset, asked: Selection, pool: Sequence[Partnership]) -> tuple[Partnership, ...]:
    """The partnerships that a selection means where groups stand for their members in a pool."""
    named = [p for text in asked.partners for _, members in _members(dataset, text, pool) for p in members]
    groups = {dataset.group(name).id for text in asked.groups for name in split(text)}
    kept = {
        p.id: p
        for p in (named if asked.partners else pool)
        if p.is_dated_by(asked.as_of) and all(p.belongs_to(group) for group in groups)
    }
    if asked.newest is None:
        return tuple(kept.values())
    dated = sorted((p for p in kept.values() if p.date.value), key=lambda p: p.order_key)
    newest = {p.id for p in dated[-asked.newest :]}
    return tuple(p for p in kept.values() if p.id in newest)


def operand(dataset: Dataset, text: str, scope: Scope) -> Operand:
    """The partners of a scope that a person names as one, and any that are named by themselves.

    Raises `UnknownNameError`, and `RequestError` where nobody is named.
    """
    parts = list(_members(dataset, text, scope.partnerships))
    members = {p.id: p for _, partners in parts for p in partners if p.is_dated_by(scope.as_of)}
    if not members:
        when = f" on {dates.in_words(scope.as_of)}" if scope.as_of else ""
        raise RequestError(
            f"'{in_one_line(text)}' names no partnership{when}; name partners, groups or lists such as uk,norway"
        )
    return Operand(listed(dict.fromkeys(title for title, _ in parts)), tuple(members.values()))


def others(scope: Scope, members: Collection[str]) -> Operand:
    """All partners of a scope but some, named by their ids; raises `RequestError` where nobody is left."""
    rest = tuple(p for p in scope.partnerships if p.id not in members)
    if not rest:
        raise RequestError("no partner is left to compare with; name two sides, or ask for --all")
    return Operand("all others", rest)


def spoken_of(scope: Scope, sides: Callable[[Scope], Iterable[Operand]]) -> Scope:
    """Return the scope of an answer on sides: who is on one, and who would be, but is newer than the table."""
    shown = {p.id: p for side in sides(scope) for p in side.partnerships}
    wide = replace(scope, partnerships=(*scope.partnerships, *scope.newer))
    newer = {p.id: p for side in sides(wide) for p in side.partnerships if p.id not in shown}
    return replace(scope, partnerships=tuple(shown.values()), newer=tuple(newer.values()))


def _members(dataset: Dataset, text: str, pool: Sequence[Partnership]) -> Iterator[tuple[str, tuple[Partnership, ...]]]:
    """Title and partners of each name in a list."""
    from sdp_matrix.model.registers import Group  # with pydantic, which help does not need

    whole = {fold(name) for partner in dataset.everyone for name in partner.names}
    for name in [text] if fold(text) in whole else split(text):  # 'Korea, Rep.' is one name
        if name.casefold() == ALL:
            yield "all partners", dataset.everyone
            continue
        match dataset.partner_or_group(name):
            case Group() as group:
                yield group.title, tuple(p for p in pool if p.belongs_to(group.id))
            case partner:
                yield partner.name, (partner,)


def areas(dataset: Dataset, texts: Iterable[str]) -> tuple[Area, ...]:
    """The areas that a person names, in the order of the table; a text is an area or a list of them.

    Raises `UnknownNameError`.
    """
    named = {area.id for text in texts for area in each(dataset.area, text)}
    return tuple(area for area in dataset.areas if area.id in named)


def each(find: Callable[[str], T], text: str) -> list[T]:
    """Return what a text names, else what each name of a list does; raises `UnknownNameError`."""
    try:
        return [find(text)]  # a title may have commas of its own
    except UnknownNameError:
        if "," not in text:
            raise
        return [find(name) for name in split(text)]


def split(text: str) -> list[str]:
    """The names of a list such as 'uk,norway'.

    >>> split(" uk, norway,")
    ['uk', 'norway']
    """
    return [name.strip() for name in text.split(",") if name.strip()]
