"""Patterns as tables: what holds for many partners, and one partner beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sdp_matrix.analysis.patterns import Cooccurrence, CooccurrenceKind, Pair, Patterns, Portrait, Spread
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
        f"What is always together is supported by {counted(patterns.min_support, 'partner')} or more.",
    ]
    table = listing(title, columns, _lines(patterns), _patterns_data(patterns), remarks=tuple(filter(None, remarks)))
    return framed(dataset, table, patterns.scope, fields=[area.id for area in patterns.areas])


def _lines(patterns: Patterns) -> Iterator[Line]:
    for name, title in _SPREADS.items():
        spreads: Sequence[Spread] = getattr(patterns, name)
        section = f"{title} ({counted(sum(len(spread.areas) for spread in spreads), 'area')})"
        yield from (_spread(name.replace("_", "-"), spread, section) for spread in spreads)
    for alike in patterns.identical:
        counts = sum(alike[0].status(area.id).present is not None for area in patterns.areas), len(patterns.areas)
        names = " = ".join(p.name for p in alike)
        yield _line("identical", "The same in every area (n of m areas known)", names, counts, alike)
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
    counts = len(relation.supporters), relation.known
    left_out = relation.left_out
    return _line(relation.kind, section, names, counts, relation.supporters, relation.areas, left_out=left_out)


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
        "min_support": patterns.min_support,
        **{
            name: [
                {part: _ids(getattr(spread, part)) for part in ("areas", "present", "absent", "unknown")}
                for spread in getattr(patterns, name)
            ]
            for name in _SPREADS
        },
        "identical": [_ids(alike) for alike in patterns.identical],
        "nearest": [{"left": p.left.id, "right": p.right.id, **_pair_data(p)} for p in patterns.nearest],
        "relations": [{"kind": relation.kind, **_cooccurrence_data(relation)} for relation in patterns.relations],
        "together": [_cooccurrence_data(relation) for relation in patterns.together],
    }


def _cooccurrence_data(relation: Cooccurrence) -> dict[str, Json]:
    return {
        "n": len(relation.supporters),
        "m": relation.known,
        **{name: _ids(getattr(relation, name)) for name in ("areas", "supporters", "left_out")},
    }


_COUNTS = ("alike", "known", "both", "either")

_K_OF_N = (
    "k of n: alike in k of the n areas known on both sides, both present (covered or already existing) or both not. "
    "Matching is k/n; Jaccard is the share both have of the areas that one of them has, or both; if n is small, a few "
    "more known areas may turn them round. Numbers are those of areas."
)


def portrait(dataset: Dataset, portrait: Portrait) -> Table:
    """Return the partners most alike to one, with the areas that tell them apart."""
    subject = portrait.partnership
    columns = (
        *machine("partner_id"),
        Column("partner"),
        Column("k_of_n", align="right", heading="k of n"),
        *machine(*_COUNTS),
        Column("matching", align="right"),
        Column("jaccard", align="right"),
        Column("only_left", grows=True, heading=f"Only {subject.short_name}"),
        Column("only_right", grows=True, heading="Only partner"),
    )
    data: Json = {
        "partner": partner_data(subject),
        "only": _ids(portrait.only),
        "only_without": _ids(portrait.only_without),
        "nearest": [{"partner": p.right.id, **_pair_data(p)} for p in portrait.nearest],
    }
    alone = {
        f"Only {subject.name} has": portrait.only,
        f"All others have, {subject.name} has not": portrait.only_without,
    }
    remarks = [f"{w}: {'; '.join(f'{a.number} {a.label}' for a in areas)}." for w, areas in alone.items() if areas]
    title, hint = f"Partners most alike to {subject.name}", f"sdp diff {subject.id} PARTNER names the areas"
    lines = map(_pair, portrait.nearest)
    table = listing(title, columns, lines, data, remarks=(*remarks, _K_OF_N), hints=(hint,))
    return framed(dataset, table, portrait.scope, fields=[area.id for area in dataset.areas])


def _pair(pair: Pair) -> Line:
    data = _pair_data(pair)
    shown = {name: "" if data[name] is None else f"{data[name]:.2f}" for name in ("matching", "jaccard")}
    apart = {"only_left": pair.only_left, "only_right": pair.only_right}
    return Line(
        {**data, **{name: " ".join(_ids(areas)) for name, areas in apart.items()}}
        | {"partner_id": pair.right.id, "partner": pair.right.name},
        {
            **shown,
            "k_of_n": Cell(pair.words, look=Look.PLAIN if pair.known else Look.UNKNOWN),
            **{name: " ".join(str(a.number) for a in areas) or "–" for name, areas in apart.items()},
        },
    )


def _pair_data(pair: Pair) -> dict[str, Json]:
    """Return how alike two partners are, in the shape of docs/json.md."""
    coefficients = {name: getattr(pair, name) for name in ("matching", "jaccard")}
    return {
        **{name: getattr(pair, name) for name in _COUNTS},
        **{name: None if value is None else round(value, 4) for name, value in coefficients.items()},
        "only_left": _ids(pair.only_left),
        "only_right": _ids(pair.only_right),
    }
