"""Select the partnerships and areas that a question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sdp_matrix.analysis.selection import ALL, Names, Partners, Selection, names_in, selection_of
from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.text_safety import in_one_line, listed

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """The partnerships and areas of a data set that a selection means; an answer is about these."""

    partnerships: tuple[Partnership, ...]
    """In the order in which a person listed them, else in that of the table."""
    areas: tuple[Area, ...]
    newer: tuple[Partnership, ...]
    """Those that `everyone` would add."""
    as_of: date | None = None

    def __repr__(self) -> str:
        counts = f"{len(self.partnerships)} partnerships, {len(self.areas)} areas, {len(self.newer)} newer"
        return f"Scope({counts}, as of {self.as_of or 'today'})"


@dataclass(frozen=True)
class Operand:
    """One side of a comparison: a single partner, a group, a list or all."""

    label: str
    partnerships: tuple[Partnership, ...]


def select(dataset: Dataset, *partners: Partners) -> Scope:
    """Return the partnerships and areas that names or a selection mean in a data set.

    >>> from sdp_matrix import Selection
    >>> [p.iso for p in load().select(Selection(newest=2)).partnerships]
    ['AU', 'GH']
    """
    asked = selection_of(*partners)
    if asked.newest is not None and asked.newest < 1:
        raise RequestError(f"the newest {asked.newest} are none; --newest needs 1 or more")
    first = min((p.date.value for p in dataset.partnerships if p.date.value), default=None)
    if asked.as_of and first and asked.as_of < first:
        day, first_day = dates.in_words(asked.as_of), dates.in_words(first)
        raise RequestError(f"there was no partnership on {day}; the first is of {first_day}, ask for a later day")
    whole = _selected(dataset, asked, dataset.everyone)  # with the newer ones, which the answer notes as left out
    shown = whole if asked.everyone or asked.newest else _selected(dataset, asked, dataset.in_table)
    if not shown:
        more = ", or for the newer ones too (--all)" if whole else ""
        raise RequestError(f"no partner is left; ask for other partners or groups, or a later day{more}")
    ids = {p.id for p in shown}
    newer = tuple(p for p in whole if p.id not in ids)
    return Scope(shown, areas(dataset, asked.areas) or dataset.areas, newer, asked.as_of)


def _selected(dataset: Dataset, asked: Selection, pool: Sequence[Partnership]) -> tuple[Partnership, ...]:
    """Return the partnerships that a selection means; groups mean their members in a pool."""
    named = [p for _, members in _members(dataset, asked.partners, pool) for p in members]
    groups = {group.id for group in each(dataset.group, asked.groups)}
    kept = {
        p.id: p
        for p in (named if asked.partners else pool)
        if p.is_dated_by(asked.as_of) and all(p.belongs_to(group) for group in groups)
    }
    if asked.newest is None:
        return tuple(kept.values())
    # order_key puts unknown dates last, which would make them the newest
    dated = sorted((p for p in kept.values() if p.date.value), key=lambda p: p.order_key)
    newest = {p.id for p in dated[-asked.newest :]}
    return tuple(p for p in kept.values() if p.id in newest)


def operand(dataset: Dataset, names: Names, scope: Scope) -> Operand:
    """Return one side of a comparison: groups mean their members in the scope, a partner need not be in it."""
    parts = list(_members(dataset, names, scope.partnerships))
    members = {p.id: p for _, partners in parts for p in partners if p.is_dated_by(scope.as_of)}
    if not members:
        when = f" on {dates.in_words(scope.as_of)}" if scope.as_of else ""
        named = in_one_line(",".join(names_in(names)))
        raise RequestError(f"'{named}' names no partnership{when}; name partners, groups or lists such as uk,norway")
    return Operand(listed(dict.fromkeys(title for title, _ in parts)), tuple(members.values()))


def _members(
    dataset: Dataset, names: Names, pool: Sequence[Partnership]
) -> Iterator[tuple[str, tuple[Partnership, ...]]]:
    """Yield the title and partners of each name in a list."""
    for named in each(lambda name: None if name.casefold() == ALL else dataset.partner_or_group(name), names):
        if named is None:
            yield "all partners", dataset.everyone
        elif isinstance(named, Partnership):
            yield named.name, (named,)
        else:
            yield named.title, tuple(p for p in pool if p.belongs_to(named.id))


def areas(dataset: Dataset, names: Names) -> tuple[Area, ...]:
    """Return the areas with these names, in the order of the table."""
    named = {area.id for area in each(dataset.area, names)}
    return tuple(area for area in dataset.areas if area.id in named)


def each(find: Callable[[str], T], names: Names) -> Iterator[T]:
    """Yield what has each name; a text may be a list such as 'uk,norway'."""
    for text in names_in(names):
        try:
            yield find(text)  # a title may have commas of its own
        except UnknownNameError:
            if "," not in text:
                raise
            yield from (find(name.strip()) for name in text.split(",") if name.strip())
