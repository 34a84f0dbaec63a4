"""Everything the data files say, in one frozen value, with look-ups by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sdp_matrix import matching
from sdp_matrix.model import published_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sdp_matrix.matching import Named
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.published_table import PublishedTable, TableGroup, Transcription
    from sdp_matrix.model.registers import Area, Edition, Group, Prospect, Reference, Statement
    from sdp_matrix.model.vocabulary import Standing

TABLE = "table-1"
"""Id of the published table that the data set reproduces."""


class Voice(NamedTuple):
    """Whose word a reference is, whatever the masthead, and what weight it has."""

    origin: str
    standing: Standing


@dataclass(frozen=True)
class Dataset:
    """Everything the data files say, checked and consistent."""

    edition: Edition
    areas: tuple[Area, ...]
    groups: tuple[Group, ...]
    references: tuple[Reference, ...]
    prospects: tuple[Prospect, ...]
    statements: tuple[Statement, ...]
    partnerships: tuple[Partnership, ...]
    """In order of date, then id."""
    table: PublishedTable
    transcription: Transcription
    drafts: tuple[Partnership, ...] = ()
    """Files that are begun and have no date yet: they can be looked up by name, and count for nothing."""

    def partner(self, name: str) -> Partnership:
        """Find a partnership by id, name, ISO code, alias or unique prefix, in any case.

        Raises `UnknownNameError`, with the nearest names.

        >>> from sdp_matrix import load
        >>> load().partner("rok").name
        'Republic of Korea'
        """
        return matching.find(name, self._partners, kind="partner")

    def area(self, name: str) -> Area:
        """Find an area by number, id, title, label, alias or unique prefix; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> load().area("19").id, load().area("maritime").number
        ('consular-matters', 15)
        """
        return matching.find(name, self._areas, kind="area")

    def group(self, name: str) -> Group:
        """Find a group by id, title, alias or unique prefix; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> load().group("nato").id
        'nato-ally'
        """
        return matching.find(name, self._groups, kind="group")

    def reference(self, name: str) -> Reference:
        """Find a reference by its id or unique prefix; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> load().reference("eprs-2026-03").publisher
        'European Parliamentary Research Service'
        """
        return matching.find(name, self._references, kind="reference")

    def named(self, name: str) -> Partnership | Area | Group | Reference:
        """Find a partnership, an area, a group or a reference by any of its names; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> load().named("efta"), load().named("space")
        (Group('efta'), Area('space'))
        """
        pools: list[Sequence[Named[Partnership | Area | Group | Reference]]] = [
            *(self._partners, self._areas, self._groups, self._references)
        ]
        return matching.find(name, *pools, kind="partner, area, group or reference")

    def partner_or_group(self, name: str) -> Partnership | Group:
        """Find a partnership or a group of partners by any of its names; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> load().partner_or_group("uk")
        Partnership('united-kingdom')
        """
        pools: list[Sequence[Named[Partnership | Group]]] = [self._partners, self._groups]
        return matching.find(name, *pools, kind="partner or group")

    def statement(self, name: str) -> Statement:
        """Find a statement by its id or unique prefix; raises `UnknownNameError`.

        >>> from sdp_matrix import load
        >>> str(load().statement("nine-to-date").expected)
        'true-then'
        """
        return matching.find(name, [(s, (s.id,)) for s in self.statements], kind="statement")

    # The data set of the library, in api, has the tables of answers; this one has none.

    def to_html(self, answer: object) -> str | None:  # noqa: ARG002
        """Return the table of an answer in HTML, if it has one."""
        return None

    def to_rows(self, answer: object) -> list[dict[str, str | int | float]]:  # noqa: ARG002
        """Return the rows of the table of an answer."""
        return []

    @property
    def _partners(self) -> Sequence[Named[Partnership]]:
        return [(p, p.names) for p in (*self.partnerships, *self.drafts)]

    @property
    def _areas(self) -> Sequence[Named[Area]]:
        return [(a, (str(a.number), a.id, a.title, a.label, *a.aliases)) for a in self.areas]

    @property
    def _groups(self) -> Sequence[Named[Group]]:
        return [(g, (g.id, g.title, *g.aliases)) for g in self.groups]

    @property
    def _references(self) -> Sequence[Named[Reference]]:
        return [(r, (r.id,)) for r in self.references]

    def members(self, group: str) -> tuple[Partnership, ...]:
        """The partnerships whose partner belongs to a group, which is named by its id.

        >>> from sdp_matrix import load
        >>> load().members("efta")
        (Partnership('norway'), Partnership('iceland'))
        """
        return tuple(p for p in self.partnerships if p.belongs_to(group))

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """Whose word each reference is, and what weight it has, by its id."""
        by_id = {reference.id: reference for reference in self.references}
        return {name: Voice(origin(reference, by_id), reference.standing) for name, reference in by_id.items()}

    @cached_property
    def printed(self) -> Mapping[tuple[str, str], str]:
        """What the published table prints, in our terms, by id of the partner and name of the field."""
        return published_table.printed(self.table, self.transcription, self.areas)

    @cached_property
    def header(self) -> tuple[tuple[TableGroup, ...], ...]:
        """The groups that each line of the published table's header names."""
        return published_table.header(self.table, self.transcription)

    @cached_property
    def in_table(self) -> tuple[Partnership, ...]:
        """The partnerships of the published table, in its column order."""
        return tuple(self.partner(partner) for partner in self.table.columns)

    @cached_property
    def everyone(self) -> tuple[Partnership, ...]:
        """All partnerships: those of the published table in its column order, then the newer ones."""
        return (*self.in_table, *(p for p in self.partnerships if p.id not in self.table.columns))


def origin(reference: Reference, by_id: Mapping[str, Reference]) -> str:
    """Name whose word a reference is: its publisher, or whom it follows, through other references to the end."""
    passed = {reference.id}
    while (followed := reference.follows or "") in by_id and followed not in passed:
        passed.add(followed)
        reference = by_id[followed]
    return reference.follows or reference.publisher
