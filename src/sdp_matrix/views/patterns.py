"""Patterns as a table: who has an area, which areas occur together or exclude each other, and who is alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sdp_matrix.analysis.patterns import MIN_SUPPORT, Cooccurrence, CooccurrenceKind, Patterns, Spread
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.views.parts import Line, area_data, counted, framed, listing, machine, partner_data

_SPREADS = {
    "common": "Every partner known has them",
    "near_universal": "At least three in four of those known have them",
    "unique": "One partner only has them",
    "never": "No partner known has them",
    "unstated": "Not known for any partner",
}
"""The titles of areas by how many partners have them."""

_EXCLUSIVE = {CooccurrenceKind.COMPLEMENT: "Exactly one of the two", CooccurrenceKind.INCOMPATIBLE: "Never both"}


def patterns(dataset: Dataset, patterns: Patterns) -> Table:
    """Return patterns in groups: who has an area, which areas occur together or exclude each other, who is alike."""
    uncertain = any(s.unknown for s in patterns.spreads)
    columns = (
        *machine("kind", "areas", "other_areas", "n", "m"),
        Column("pattern", grows=True, min_width=36),
        Column("n_of_m", align="right", heading="n of m"),
        Column("partners", grows=True),
        Column("left_out", grows=True, machine_only=not uncertain),
    )
    title = f"Patterns in {counted(len(patterns.areas), 'area')} of {counted(len(patterns.partnerships), 'partner')}"
    left_out = "Left out: partners unknown in an area of the line; they neither support a line nor break it."
    remarks = [
        "n of m: n partners have all areas of the line (with |: one of the two), m are known in all of them.",
        left_out if uncertain else "",
        f"What is always together is supported by {MIN_SUPPORT} partners or more.",
    ]
    table = listing(title, columns, _lines(patterns), _patterns_data(patterns), remarks=tuple(filter(None, remarks)))
    return framed(dataset, table, patterns.scope, fields=[area.id for area in patterns.areas])


def _lines(patterns: Patterns) -> Iterator[Line]:
    for name, title in _SPREADS.items():
        spreads: Sequence[Spread] = getattr(patterns, name)
        section = f"{title} ({counted(sum(len(spread.areas) for spread in spreads), 'area')})"
        yield from (_spread(name.replace("_", "-"), spread, section) for spread in spreads)
    for relation in patterns.together:
        yield _cooccurrence(relation, " = ", "Always together: all of these areas or none")
    for kind, title in _EXCLUSIVE.items():
        pairs = [relation for relation in patterns.relations if relation.kind is kind]
        yield from (_cooccurrence(pair, " | ", f"{title} ({counted(len(pairs), 'pair')})") for pair in pairs)
    for near in patterns.nearest:
        apart = sorted(area.number for area in (*near.only_left, *near.only_right))
        yield _line(
            "nearest",
            "Most alike to each (n of m areas alike)",
            f"{near.left.name}: {near.right.name}",
            (near.alike, near.known),
            (near.left, near.right),
            near.only_left,
            other_areas=near.only_right,
            shown=f"differ in {' '.join(map(str, apart))}" if apart else "",
        )


def _spread(kind: str, spread: Spread, section: str) -> Line:
    """Return a line of areas, for people with the one partner that has them or with those that have not."""
    shown = {"near-universal": f"not {_codes(spread.absent)}", "unique": _codes(spread.present)}.get(kind, "")
    names = "; ".join(area.label for area in spread.areas)
    counts = len(spread.present), spread.known
    return _line(kind, section, names, counts, spread.present, spread.areas, left_out=spread.unknown, shown=shown)


def _cooccurrence(relation: Cooccurrence, separator: str, section: str) -> Line:
    names = separator.join(area.label for area in relation.areas)
    who, counts = relation.supporters, (len(relation.supporters), relation.known)
    return _line(relation.kind, section, names, counts, who, relation.areas, left_out=relation.left_out)


def _line(
    kind: str,
    section: str,
    pattern: str,
    counts: tuple[int, int],
    partners: Iterable[Partnership],
    areas: Iterable[Area] = (),
    *,
    other_areas: Iterable[Area] = (),
    left_out: Iterable[Partnership] = (),
    shown: str | None = None,
) -> Line:
    n, m = counts
    ids: dict[str, Iterable[Area | Partnership]]
    ids = {"areas": areas, "other_areas": other_areas, "partners": partners, "left_out": left_out}
    data: dict[str, Json] = {name: " ".join(_ids(things)) for name, things in ids.items()}
    return Line(
        {"kind": kind, "n": n, "m": m, "pattern": pattern, "n_of_m": f"{n} of {m}", **data},
        {
            "partners": _codes(partners) if shown is None else shown,
            "left_out": Cell(_codes(left_out), look=Look.UNKNOWN),
        },
        section,
    )


def _codes(partnerships: Iterable[Partnership]) -> str:
    return " ".join(p.short_name for p in partnerships)


def _ids(things: Iterable[Area | Partnership]) -> list[str]:
    return [thing.id for thing in things]


def _patterns_data(patterns: Patterns) -> Json:
    """Return patterns in the shape of docs/json.md."""
    return {
        "partners": [partner_data(p) for p in patterns.partnerships],
        "areas": [area_data(a) for a in patterns.areas],
        **{
            name: [
                {part: _ids(getattr(spread, part)) for part in ("areas", "present", "absent", "unknown")}
                for spread in getattr(patterns, name)
            ]
            for name in _SPREADS
        },
        "nearest": [
            {
                "left": near.left.id,
                "right": near.right.id,
                "alike": near.alike,
                "known": near.known,
                **{name: _ids(getattr(near, name)) for name in ("only_left", "only_right")},
            }
            for near in patterns.nearest
        ],
        "relations": [{"kind": relation.kind, **_cooccurrence_data(relation)} for relation in patterns.relations],
        "together": [_cooccurrence_data(relation) for relation in patterns.together],
    }


def _cooccurrence_data(relation: Cooccurrence) -> dict[str, Json]:
    return {
        "n": len(relation.supporters),
        "m": relation.known,
        **{name: _ids(getattr(relation, name)) for name in ("areas", "supporters", "left_out")},
    }
