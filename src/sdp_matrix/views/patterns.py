"""Patterns as tables: what holds for many partners, and one partner beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sdp_matrix.analysis.patterns import Cooccurrence, CooccurrenceKind, Pair, Patterns, Portrait, Spread
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.views.parts import Line, area_data, framed, listing, machine, partner_data

_MANY, _FEW = 12, 3
"""More partners than this are counted in the text for people, not listed: supporters, and those left out."""

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
        Column("left_out", machine_only=not uncertain),
    )
    title = f"Patterns in {_count(len(patterns.areas), 'area')} of {_count(len(patterns.partnerships), 'partner')}"
    table = replace(
        listing(title, columns, _lines(patterns), patterns_data(patterns)),
        remarks=tuple(_remarks(patterns, uncertain=uncertain)),
    )
    return framed(dataset, table, patterns.scope, fields=[area.id for area in patterns.areas])


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _remarks(patterns: Patterns, *, uncertain: bool) -> Iterator[str]:
    yield "n of m: n partners have all areas of the line (with |: one of the two), m are known in all of them."
    if uncertain:
        yield "Left out: partners unknown in an area of the line; they neither support a line nor break it."
    yield f"What is always together is supported by {_count(patterns.min_support, 'partner')} or more."
    if not patterns.together:
        yield "Nothing that is always together was found with that support."


def _lines(patterns: Patterns) -> Iterator[Line]:
    for name, title in _SPREADS.items():
        spreads: Sequence[Spread] = getattr(patterns, name)
        section = f"{title} ({_count(sum(len(spread.areas) for spread in spreads), 'area')})"
        yield from (_spread(name, spread, section) for spread in spreads)
    for alike in patterns.identical:
        known = sum(alike[0].status(area.id).present is not None for area in patterns.areas)
        names = " = ".join(p.name for p in alike)
        section = "The same in every area (n of m areas known)"
        yield _line("identical", names, (known, len(patterns.areas)), section, partners=alike)
    for relation in patterns.together:
        yield _cooccurrence(relation, " = ", "Always together: all of these areas or none")
    for kind, title in _EXCLUSIVE.items():
        pairs = [relation for relation in patterns.relations if relation.kind is kind]
        yield from (_cooccurrence(pair, " | ", f"{title} ({_count(len(pairs), 'pair')})") for pair in pairs)
    yield from map(_nearest, patterns.nearest)


def _spread(name: str, spread: Spread, section: str) -> Line:
    """Return a line of areas, for people with the one partner that has them or with those that have not."""
    shown = {"near_universal": f"not {_codes(spread.absent)}", "unique": _codes(spread.present)}
    return _line(
        name.replace("_", "-"),
        "; ".join(a.label for a in spread.areas),
        (len(spread.present), spread.known),
        section,
        areas=spread.areas,
        partners=spread.present,
        left_out=spread.unknown,
        shown=shown.get(name, ""),
    )


def _cooccurrence(relation: Cooccurrence, separator: str, section: str) -> Line:
    return _line(
        relation.kind,
        separator.join(area.label for area in relation.areas),
        (len(relation.supporters), relation.known),
        section,
        areas=relation.areas,
        partners=relation.supporters,
        left_out=relation.left_out,
    )


def _nearest(pair: Pair) -> Line:
    differing = sorted((*pair.only_left, *pair.only_right), key=lambda area: area.number)
    return _line(
        "nearest",
        f"{pair.left.name}: {pair.right.name}",
        (pair.score.alike, pair.score.known),
        "Most alike to each (n of m areas alike)",
        areas=pair.only_left,
        other_areas=pair.only_right,
        partners=(pair.left, pair.right),
        shown=f"differ in {' '.join(str(area.number) for area in differing)}" if differing else "",
    )


def _line(
    kind: str,
    pattern: str,
    counts: tuple[int, int],
    section: str,
    *,
    partners: Sequence[Partnership],
    areas: Sequence[Area] = (),
    other_areas: Sequence[Area] = (),
    left_out: Sequence[Partnership] = (),
    shown: str | None = None,
) -> Line:
    n, m = counts
    ids: dict[str, Sequence[Area | Partnership]] = {
        "areas": areas,
        "other_areas": other_areas,
        "partners": partners,
        "left_out": left_out,
    }
    return Line(
        {
            "kind": kind,
            "n": n,
            "m": m,
            "pattern": pattern,
            "n_of_m": f"{n} of {m}",
            **{name: " ".join(thing.id for thing in things) for name, things in ids.items()},
        },
        {
            "partners": _codes(partners) if shown is None else shown,
            "left_out": Cell(_codes(left_out, most=_FEW), look=Look.UNKNOWN),
        },
        section,
    )


def _codes(partnerships: Sequence[Partnership], *, most: int = _MANY) -> str:
    if len(partnerships) > most:
        return f"{len(partnerships)} partners"
    return " ".join(p.short_name for p in partnerships)


def patterns_data(patterns: Patterns) -> Json:
    """Return patterns in the shape of docs/json.md."""
    return {
        "partners": [partner_data(p) for p in patterns.partnerships],
        "areas": [area_data(a) for a in patterns.areas],
        "min_support": patterns.min_support,
        **{name: [_spread_data(spread) for spread in getattr(patterns, name)] for name in _SPREADS},
        "identical": [_ids(alike) for alike in patterns.identical],
        "nearest": [{"left": p.left.id, "right": p.right.id, **_pair_data(p)} for p in patterns.nearest],
        "relations": [{"kind": relation.kind, **_cooccurrence_data(relation)} for relation in patterns.relations],
        "together": [_cooccurrence_data(relation) for relation in patterns.together],
    }


def _ids(things: Iterable[Area | Partnership]) -> list[Json]:
    return [thing.id for thing in things]


def _spread_data(spread: Spread) -> Json:
    return {name: _ids(getattr(spread, name)) for name in ("areas", "present", "absent", "unknown")}


def _cooccurrence_data(relation: Cooccurrence) -> dict[str, Json]:
    return {
        "areas": _ids(relation.areas),
        "n": len(relation.supporters),
        "m": relation.known,
        "supporters": _ids(relation.supporters),
        "left_out": _ids(relation.left_out),
    }


_COUNTS = ("alike", "known", "both", "either")
_ENOUGH = 10
_K_OF_N = (
    "k of n: alike in k of the n areas known on both sides, both present (covered or already existing) or both not. "
    "Matching is k/n; Jaccard is the share both have of the areas that one of them has, or both. "
    "Numbers are those of areas."
)
_SMALL = f"If n is below {_ENOUGH} the coefficients say little: a few more known areas may turn them round."


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
    table = replace(
        listing(f"Partners most alike to {subject.name}", columns, map(_pair, portrait.nearest), data),
        remarks=tuple(_portrait_remarks(portrait)),
        hints=(f"sdp diff {subject.id} PARTNER names the areas",),
    )
    return framed(dataset, table, portrait.scope, fields=[area.id for area in dataset.areas])


def _portrait_remarks(portrait: Portrait) -> Iterator[str]:
    name = portrait.partnership.name
    if portrait.only:
        yield f"Only {name} has: {_labels(portrait.only)}."
    if portrait.only_without:
        yield f"All others have, {name} has not: {_labels(portrait.only_without)}."
    yield _K_OF_N
    if any(pair.score.known < _ENOUGH for pair in portrait.nearest):
        yield _SMALL


def _labels(areas: Sequence[Area]) -> str:
    return "; ".join(f"{area.number} {area.label}" for area in areas)


def _pair(pair: Pair) -> Line:
    score, data = pair.score, _pair_data(pair)
    apart = {"only_left": pair.only_left, "only_right": pair.only_right}
    return Line(
        {**data, "partner_id": pair.right.id, "partner": pair.right.name},
        {
            "k_of_n": Cell(score.words, look=Look.PLAIN if score.known else Look.UNKNOWN),
            **{name: "" if data[name] is None else f"{data[name]:.2f}" for name in ("matching", "jaccard")},
            **{
                name: Cell(" ".join(str(a.number) for a in areas) or "–", value=" ".join(a.id for a in areas))
                for name, areas in apart.items()
            },
        },
    )


def _pair_data(pair: Pair) -> dict[str, Json]:
    """Return how alike two partners are, in the shape of docs/json.md."""
    score = pair.score
    return {
        **{name: getattr(score, name) for name in _COUNTS},
        "matching": None if score.matching is None else round(score.matching, 4),
        "jaccard": None if score.jaccard is None else round(score.jaccard, 4),
        "only_left": _ids(pair.only_left),
        "only_right": _ids(pair.only_right),
    }
