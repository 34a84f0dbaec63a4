"""Profiles of groups as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.formats.table import Cell, Column, Look, Section, Table
from sdp_matrix.views.diff import side_data
from sdp_matrix.views.parts import area_data, source_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sdp_matrix.analysis.groups import Profile
    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Area


def groups(dataset: Dataset, profiles: Sequence[Profile]) -> Table:
    """For each group: the areas by how many of it have them, then those that nobody else has."""
    everyone = [p for profile in profiles[:1] for side in (profile.group, profile.others) for p in side.partnerships]
    return Table(
        title=f"What groups share: {len(dataset.areas)} areas, {len(everyone)} partnerships",
        columns=(
            Column("group", machine_only=True),
            Column("has"),
            Column("count", align="right"),
            Column("area_ids", machine_only=True),
            Column("areas", grows=True),
        ),
        header=((Cell("Has it", look=Look.HEADING), Cell(), Cell("Areas", look=Look.HEADING)),),
        sections=tuple(_section(profile) for profile in profiles),
        source=source_line(dataset, everyone),
        wide=False,
        data=[_profile_data(profile) for profile in profiles],
    )


def _section(profile: Profile) -> Section:
    members = profile.group.partnerships
    names = ", ".join(p.name for p in members)
    title = profile.group.label if names == profile.group.label else f"{profile.group.label}: {names}"
    return Section(tuple(_row(profile.group.label, *line) for line in _lines(profile)), title)


def _lines(profile: Profile) -> Iterable[tuple[str, Look, Sequence[Area]]]:
    looks = {"all": Look.COVERED, "none": Look.NOT_COVERED, "unknown": Look.UNKNOWN}
    for tally, areas in profile.by_tally.items():
        yield tally.words, looks.get(tally.extent, Look.PLAIN), areas
    yield "no one else", Look.HEADING, profile.only
    if profile.perhaps_only:
        yield "no one else known", Look.UNKNOWN, profile.perhaps_only


def _row(group: str, has: str, look: Look, areas: Sequence[Area]) -> tuple[Cell, ...]:
    return (
        Cell(group),
        Cell(has, look=look),
        Cell(str(len(areas)), value=len(areas), look=Look.MUTED),
        Cell("; ".join(area.id for area in areas)),
        Cell("; ".join(area.label for area in areas) or "–"),
    )


def _profile_data(profile: Profile) -> Json:
    areas: list[Json] = [
        {
            **area_data(row.area),
            "present": row.tallies[0].present,
            "absent": row.tallies[0].absent,
            "unknown": row.tallies[0].unknown,
            "extent": row.tallies[0].extent,
            "others": {
                "present": row.tallies[1].present,
                "absent": row.tallies[1].absent,
                "unknown": row.tallies[1].unknown,
            },
        }
        for row in profile.areas
    ]
    return {
        "group": side_data(profile.group),
        "shared": [area.id for area in profile.shared],
        "only": [area.id for area in profile.only],
        "areas": areas,
    }
