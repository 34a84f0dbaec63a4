"""Everything the data files say, in one frozen value, with look-ups by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sdp_matrix import matching

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sdp_matrix.matching import Named
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.published_table import PublishedTable, Transcription
    from sdp_matrix.model.registers import Area, Edition, Group, Prospect, Reference
    from sdp_matrix.model.statement import Statement
    from sdp_matrix.model.vocabulary import Status

TABLE = "table-1"
"""Id of the published table that the data set reproduces."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A status that is assumed in place of the one that the data give."""

    partner: str
    area: str
    status: Status
    was: Status


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
    assumed: tuple[Assumption, ...] = ()
    """What is otherwise here than in the files."""
    drafts: tuple[Partnership, ...] = ()
    """Files that are begun and have no date yet: they can be looked up by name, and count for nothing."""

    def partner(self, name: str) -> Partnership:
        """Find a partnership by id, name, ISO code, alias or unique prefix, in any case.

        Raises `UnknownName`, with the nearest names.
        """
        return matching.find(name, self._partners, kind="partner")

    def area(self, name: str) -> Area:
        """Find an area by number, id, title, label, alias or unique prefix; raises `UnknownName`."""
        return matching.find(name, self._areas, kind="area")

    def group(self, name: str) -> Group:
        """Find a group by id, title, alias or unique prefix; raises `UnknownName`."""
        return matching.find(name, self._groups, kind="group")

    def reference(self, name: str) -> Reference:
        """Find a reference by its id or unique prefix; raises `UnknownName`."""
        return matching.find(name, self._references, kind="reference")

    def named(self, name: str) -> Partnership | Area | Group | Reference:
        """Find a partnership, an area, a group or a reference by any of its names; raises `UnknownName`."""
        pools: list[Sequence[Named[Partnership | Area | Group | Reference]]] = [
            *(self._partners, self._areas, self._groups, self._references)
        ]
        return matching.find(name, *pools, kind="partner, area, group or reference")

    def partner_or_group(self, name: str) -> Partnership | Group:
        """Find a partnership or a group of partners by any of its names; raises `UnknownName`."""
        pools: list[Sequence[Named[Partnership | Group]]] = [self._partners, self._groups]
        return matching.find(name, *pools, kind="partner or group")

    def statement(self, name: str) -> Statement:
        """Find a statement by its id or unique prefix; raises `UnknownName`."""
        return matching.find(name, [(s, (s.id,)) for s in self.statements], kind="statement")

    @property
    def _partners(self) -> Sequence[Named[Partnership]]:
        return [(p, (p.id, p.name, p.short_name, *p.aliases)) for p in (*self.partnerships, *self.drafts)]

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
        """The partnerships whose partner belongs to a group."""
        return tuple(p for p in self.partnerships if p.belongs_to(group))

    @cached_property
    def publishers(self) -> Mapping[str, str]:
        """Who is responsible for each reference, by its id."""
        return {reference.id: reference.publisher for reference in self.references}

    @cached_property
    def in_table(self) -> tuple[Partnership, ...]:
        """The partnerships of the published table, in its column order."""
        return tuple(self.partner(column.partner) for column in self.table.columns)

    @cached_property
    def everyone(self) -> tuple[Partnership, ...]:
        """All partnerships: those of the published table in its column order, then the newer ones."""
        printed = {column.partner for column in self.table.columns}
        return (*self.in_table, *(p for p in self.partnerships if p.id not in printed))
