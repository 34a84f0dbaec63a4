"""Patterns as tables: what holds for many partners, and one partner beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sdp_matrix.analysis.patterns import Cooccurrence, CooccurrenceKind, Pair, Patterns, Portrait, Spread
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.views.parts import area_data, framed, headings, machine, partner_data

_MANY, _FEW = 12, 3
"""More partners than this are counted in the text for people, not listed: supporters, and those left out."""


def patterns(dataset: Dataset, patterns: Patterns) -> Table:
    """Show patterns in groups: who has an area, which areas occur together or exclude each other, who is alike."""
    uncertain = any(s.unknown for s in patterns.spreads)
    sections = (
        _spreads("All partners known", "common", patterns.common, missing=False),
        _spreads("At least three in four of those known", "near-universal", patterns.near_universal, missing=True),
        _spreads("One partner only", "unique", patterns.unique, missing=False),
        _spreads("No partner known", "never", patterns.never, missing=False),
        _spreads("Not known for any partner", "unstated", patterns.unstated, missing=False),
        _identical(patterns),
        Section(
            tuple(_cooccurrence(relation, " = ") for relation in patterns.together),
            "Always together: all of these areas or none",
        ),
        _exclusive(patterns, CooccurrenceKind.COMPLEMENT, "Exactly one of the two"),
        _exclusive(patterns, CooccurrenceKind.INCOMPATIBLE, "Never both"),
        Section(tuple(map(_nearest, patterns.nearest)), "Most alike to each (n of m areas alike)"),
    )
    table = Table(
        title=f"Patterns in {_count(len(patterns.areas), 'area')} of {_count(len(patterns.partnerships), 'partner')}",
        columns=(
            *machine("kind", "areas", "other_areas", "n", "m"),
            Column("pattern", grows=True, min_width=36),
            Column("n_of_m", align="right"),
            Column("partners", grows=True),
            Column("left_out", machine_only=not uncertain),
        ),
        header=(headings("Pattern", "n of m", "Partners", *["Left out"] * uncertain),),
        sections=tuple(section for section in sections if section.rows),
        remarks=tuple(_remarks(patterns, uncertain=uncertain)),
        wide=False,
        data=patterns_data(patterns),
    )
    return framed(dataset, table, patterns.scope, fields=[area.id for area in patterns.areas])


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _remarks(patterns: Patterns, *, uncertain: bool) -> Iterable[str]:
    yield "n of m: n partners have all areas of the line (with |: one of the two), m are known in all of them."
    if uncertain:
        yield "Left out: partners unknown in an area of the line; they neither support a line nor break it."
    yield f"What is always together is supported by {_count(patterns.min_support, 'partner')} or more."
    if not patterns.together:
        yield "Nothing that is always together was found with that support."


def _spreads(title: str, kind: str, spreads: Sequence[Spread], *, missing: bool) -> Section:
    """Return rows of areas with who has them, or with who is missing."""
    rows = (
        _row(
            kind,
            spread.areas,
            (),
            text="; ".join(a.label for a in spread.areas),
            counts=(len(spread.present), spread.known),
            partners=spread.present,
            left_out=spread.unknown,
            shown=f"not {_codes(spread.absent)}" if missing else "" if kind != "unique" else _codes(spread.present),
        )
        for spread in spreads
    )
    areas = sum(len(spread.areas) for spread in spreads)
    return Section(tuple(rows), f"{title} ({_count(areas, 'area')})")


def _identical(patterns: Patterns) -> Section:
    """Return rows of partners that are alike throughout; m counts areas here."""
    rows = []
    for alike in patterns.identical:
        known = sum(alike[0].status(area.id).present is not None for area in patterns.areas)
        rows.append(
            _row(
                "identical",
                (),
                (),
                text=" = ".join(p.name for p in alike),
                counts=(known, len(patterns.areas)),
                partners=alike,
                shown=_codes(alike),
            )
        )
    return Section(tuple(rows), "The same in every area (n of m areas known)")


def _exclusive(patterns: Patterns, kind: CooccurrenceKind, title: str) -> Section:
    """Return rows of two areas that exclude each other; n partners have one of them."""
    rows = tuple(_cooccurrence(relation, " | ") for relation in patterns.relations if relation.kind is kind)
    return Section(rows, f"{title} ({_count(len(rows), 'pair')})")


def _cooccurrence(relation: Cooccurrence, separator: str) -> tuple[Cell, ...]:
    return _row(
        str(relation.kind),
        relation.areas,
        (),
        text=separator.join(area.label for area in relation.areas),
        counts=(len(relation.supporters), relation.known),
        partners=relation.supporters,
        left_out=relation.left_out,
        shown=_codes(relation.supporters),
    )


def _nearest(pair: Pair) -> tuple[Cell, ...]:
    differing = (*pair.only_left, *pair.only_right)
    numbers = " ".join(str(area.number) for area in sorted(differing, key=lambda area: area.number))
    return _row(
        "nearest",
        pair.only_left,
        pair.only_right,
        text=f"{pair.left.name}: {pair.right.name}",
        counts=(pair.score.alike, pair.score.known),
        partners=(pair.left, pair.right),
        shown=f"differ in {numbers}" if differing else "",
    )


def _row(
    kind: str,
    areas: Sequence[Area],
    others: Sequence[Area],
    *,
    text: str,
    counts: tuple[int, int],
    partners: Sequence[Partnership],
    shown: str,
    left_out: Sequence[Partnership] = (),
) -> tuple[Cell, ...]:
    n, m = counts
    return (
        Cell(kind),
        Cell(_ids(areas)),
        Cell(_ids(others)),
        Cell(str(n), value=n),
        Cell(str(m), value=m),
        Cell(text),
        Cell(f"{n} of {m}"),
        Cell(shown, value=_ids(partners)),
        Cell(_codes(left_out, most=_FEW), value=_ids(left_out), look=Look.UNKNOWN),
    )


def _ids(things: Iterable[Area | Partnership]) -> str:
    return " ".join(thing.id for thing in things)


def _codes(partnerships: Sequence[Partnership], *, most: int = _MANY) -> str:
    return (
        " ".join(p.short_name for p in partnerships) if len(partnerships) <= most else f"{len(partnerships)} partners"
    )


def patterns_data(patterns: Patterns) -> Json:
    """Return patterns in the shape of docs/json.md."""
    return {
        "partners": [partner_data(p) for p in patterns.partnerships],
        "areas": [area_data(a) for a in patterns.areas],
        "min_support": patterns.min_support,
        **{
            name: [_spread_data(spread) for spread in getattr(patterns, name)]
            for name in ("common", "near_universal", "unique", "never", "unstated")
        },
        "identical": [[p.id for p in alike] for alike in patterns.identical],
        "nearest": [{"left": p.left.id, "right": p.right.id, **pair_data(p)} for p in patterns.nearest],
        "relations": [{"kind": str(relation.kind), **_cooccurrence_data(relation)} for relation in patterns.relations],
        "together": [_cooccurrence_data(relation) for relation in patterns.together],
    }


def _spread_data(spread: Spread) -> Json:
    return {
        "areas": [a.id for a in spread.areas],
        "present": [p.id for p in spread.present],
        "absent": [p.id for p in spread.absent],
        "unknown": [p.id for p in spread.unknown],
    }


def _cooccurrence_data(relation: Cooccurrence) -> dict[str, Json]:
    return {
        "areas": [a.id for a in relation.areas],
        "n": len(relation.supporters),
        "m": relation.known,
        "supporters": [p.id for p in relation.supporters],
        "left_out": [p.id for p in relation.left_out],
    }


_K_OF_N = (
    "k of n: alike in k of the n areas known on both sides, both present (covered or already existing) or both not. "
    "Matching is k/n; Jaccard is the share both have of the areas that one of them has, or both."
)
_ENOUGH = 10
_SMALL = f"Where n is below {_ENOUGH} the coefficients say little: a few more known areas may turn them round."
_COUNTS = ("alike", "known", "both", "either")


def portrait(dataset: Dataset, portrait: Portrait) -> Table:
    """Show the partners most alike to one, with the areas that tell them apart."""
    subject = portrait.partnership
    rows = tuple(
        (Cell(p.right.id), Cell(p.right.name), *_measures(p), _numbers(p.only_left), _numbers(p.only_right))
        for p in portrait.nearest
    )
    table = Table(
        title=f"Partners most alike to {subject.name}",
        columns=(
            *machine("partner_id"),
            Column("partner"),
            Column("k_of_n", align="right"),
            *machine(*_COUNTS),
            Column("matching", align="right"),
            Column("jaccard", align="right"),
            Column("only_left", grows=True),
            Column("only_right", grows=True),
        ),
        header=(headings("Partner", "k of n", "Matching", "Jaccard", f"Only {subject.short_name}", "Only partner"),),
        sections=(Section(rows),),
        remarks=tuple(_portrait_remarks(portrait)),
        hints=(f"sdp diff {subject.id} PARTNER names the areas",),
        wide=False,
        data={
            "partner": partner_data(subject),
            "only": [area.id for area in portrait.only],
            "only_without": [area.id for area in portrait.only_without],
            "nearest": [{"partner": p.right.id, **pair_data(p)} for p in portrait.nearest],
        },
    )
    return framed(dataset, table, portrait.scope, fields=[area.id for area in dataset.areas])


def _portrait_remarks(portrait: Portrait) -> Iterable[str]:
    name = portrait.partnership.name
    if portrait.only:
        yield f"Only {name} has: {_labels(portrait.only)}."
    if portrait.only_without:
        yield f"All others have, {name} has not: {_labels(portrait.only_without)}."
    yield _K_OF_N
    yield "Numbers are those of areas."
    if any(pair.score.known < _ENOUGH for pair in portrait.nearest):
        yield _SMALL


def _labels(areas: Sequence[Area]) -> str:
    return "; ".join(f"{area.number} {area.label}" for area in areas)


def _measures(pair: Pair) -> tuple[Cell, ...]:
    """Return the cells of the columns of measures."""
    score = pair.score
    counts = (Cell(str(value), value=value) for value in (score.alike, score.known, score.both, score.either))
    look = Look.PLAIN if score.known else Look.UNKNOWN
    return Cell(score.words, look=look), *counts, _coefficient(score.matching), _coefficient(score.jaccard)


def _coefficient(value: float | None) -> Cell:
    return Cell("", value="") if value is None else Cell(f"{value:.2f}", value=round(value, 4))


def _numbers(areas: Sequence[Area]) -> Cell:
    return Cell(" ".join(str(a.number) for a in areas) or "–", value=" ".join(a.id for a in areas))


def pair_data(pair: Pair) -> dict[str, Json]:
    """Return how alike two partners are, in the shape of docs/json.md."""
    score = pair.score
    return {
        **{name: getattr(score, name) for name in _COUNTS},
        "matching": None if score.matching is None else round(score.matching, 4),
        "jaccard": None if score.jaccard is None else round(score.jaccard, 4),
        "only_left": [a.id for a in pair.only_left],
        "only_right": [a.id for a in pair.only_right],
    }
