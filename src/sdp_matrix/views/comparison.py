"""Comparisons as tables: what differs between sides and on which evidence, and patterns over all partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from sdp_matrix.analysis.comparison import AreaComparison, Comparison, Tally
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.patterns import MIN_SUPPORT, Cooccurrence, CooccurrenceKind, Patterns, Spread
from sdp_matrix.analysis.scope import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import EU, Relation, Status
from sdp_matrix.text_safety import listed
from sdp_matrix.views import parts
from sdp_matrix.views.explain import in_brief, support_data, value_words
from sdp_matrix.views.parts import Line, Sources, area_data, counted, framed, listing, machine, partner_data

# How a title names the sides of which all, some or no partners have an area, or of which it is not known.
_EXTENTS = {"all": "{}", "some": "{} in part", "none": "not {}", "unknown": "not known: {}"}

_LOOKS = {"all": Look.COVERED, "none": Look.NOT_COVERED, "unknown": Look.UNKNOWN}

# The values of each area: of each side, those of its partners. Empty if nobody asked for evidence.
_Explained = Mapping[str, Sequence[Sequence[Explanation]]]


def diff(dataset: Dataset, comparison: Comparison, *, all_areas: bool = False, evidence: bool = False) -> Table:
    """Return the areas that differ, or all, by who has them; with `evidence`, footnotes say what each rests on."""
    explained: _Explained = {
        row.area.id: [[explain_field(dataset, p, row.area.id) for p in side.partnerships] for side in comparison.sides]
        for row in comparison.areas
        if evidence
    }
    labels = [side.label for side in comparison.sides]
    names = [p.id for p in comparison.partnerships] if comparison.is_pair else labels
    graded = ("left_grade", "right_grade") if evidence and comparison.is_pair else ()
    of_sides = (Column(name, heading=label) for name, label in zip(names, labels, strict=True))
    of_pair = machine("relation", *graded) if comparison.is_pair else ()
    # beside columns of words, an area whose title would take more than two lines is shown by its label
    columns = (*parts.AREA[:-1], parts.AREA[-1]._replace(min_width=48), *of_sides, *of_pair)
    sources, footnotes = Sources("S"), dict[str, str]()

    def line(compared: AreaComparison, section: str) -> Line:
        cells, sides = _cells(names, compared), explained.get(compared.area.id, ())
        for name, side in zip(names, sides, strict=bool(sides)):  # no sides if nobody asked for evidence
            marker = footnotes.setdefault(_brief(side, sources), str(len(footnotes) + 1))
            cells[name] = cells[name]._replace(notes=(marker,))
        grades = {name: side[0].grade for name, side in zip(graded, sides, strict=False)}  # of a pair with evidence
        return Line({"relation": compared.relation, **grades}, cells, section)

    areas = comparison.areas if all_areas else comparison.differing
    # lines of one section have to be adjacent
    ordered = sorted(areas, key=lambda row: (not row.differs, row.extents, row.area.number))
    lines = [line(compared, _title(labels, compared)) for compared in ordered]
    if comparison.is_pair:
        lines += _identity(comparison.partnerships)
    table = listing(
        f"{(' and ' if comparison.is_pair else ' | ').join(labels)}: {_outcome(comparison)}",
        columns,
        lines,
        (_pair_data if comparison.is_pair else _sides_data)(dataset, comparison, explained),
        notes=(*(Note(marker, f"{text}.") for text, marker in footnotes.items()), *sources.notes(dataset)),
        remarks=tuple(_alike(comparison) if comparison.is_pair else _members(comparison.sides)),
    )
    return framed(dataset, table, comparison.scope)


def _outcome(comparison: Comparison) -> str:
    """Return how many areas differ, and how many cannot be compared because a side is unknown."""
    count, total = len(comparison.differing), len(comparison.areas)
    unknown = sum(not row.differs and "unknown" in row.extents for row in comparison.areas)
    known = f" known on {'both' if comparison.is_pair else 'all'} sides"
    if not count and unknown == total:
        return f"no area is{known}"
    areas = counted(total, "area")
    differ = f"{count} of {areas} {'differs' if count == 1 else 'differ'}"
    alike = f"the {counted(total - unknown, 'area')}{known}" if unknown else areas
    return (differ if count else f"no difference in {alike}") + (f"; {unknown} unknown" if unknown else "")


def _title(labels: Sequence[str], compared: AreaComparison) -> str:
    """Return the sides that have an area: 'Only Japan', 'NATO allies, EFTA states in part'."""
    if compared.relation in {Relation.ONLY_LEFT, Relation.ONLY_RIGHT}:
        return f"Only {labels[0] if compared.relation is Relation.ONLY_LEFT else labels[1]}"
    texts = []
    for extent, words in _EXTENTS.items():
        sides = [label for label, of_side in zip(labels, compared.extents, strict=True) if of_side == extent]
        if sides:
            texts.append(words.format(listed(sides, "or" if extent == "none" else "and")))
    if compared.relation is Relation.DIFFERS_IN_KIND:
        texts.append("but not in the same way")
    title = ", ".join(texts)
    return title[0].upper() + title[1:]


def _alike(comparison: Comparison) -> Iterator[str]:
    counts = {"both have": comparison.summary[Relation.BOTH], "neither has": comparison.summary[Relation.NEITHER]}
    if texts := [f"{words} {counted(count, 'area')}" for words, count in counts.items() if count]:
        yield f"Alike: {', '.join(texts)}."


def _members(sides: Sequence[Operand]) -> Iterator[str]:
    for side in sides:
        members = ", ".join(p.name for p in side.partnerships)
        # The name of a partner needs no list; a group with a single member here does.
        if members != side.label:
            yield f"{side.label}: {members}."


def _identity(partnerships: Sequence[Partnership]) -> Iterator[Line]:
    """Yield who, when and who signed, beside a label in the column of areas."""
    facts: dict[str, list[str]] = {
        "Date": [dates.in_words(p.date.value) for p in partnerships],
        "Act": [p.act.value for p in partnerships],
        "Place": [p.place.value if p.place else "not recorded" for p in partnerships],
        "For the EU": ["; ".join(s.name for s in p.signatories if s.party == EU) for p in partnerships],
        "For the partner": ["; ".join(s.name for s in p.signatories if s.party != EU) for p in partnerships],
    }
    for label, texts in facts.items():
        shown = {p.id: text or "not established" for p, text in zip(partnerships, texts, strict=True)}
        yield Line({}, {"area": Cell(label, look=Look.MUTED), **shown}, "Date, act and signatories", people_only=True)


def _cells(names: Sequence[str], compared: AreaComparison) -> dict[str, Cell]:
    """Return the cells of an area by column: the status of a single partner, or how many of a group have it."""
    area = zip(("number", "area_id", "area"), parts.area_cells(compared.area), strict=True)
    return {**dict(area), **dict(zip(names, map(_side_cell, compared.tallies, compared.statuses), strict=True))}


def _side_cell(tally: Tally, statuses: Sequence[Status]) -> Cell:
    if len(statuses) == 1:
        return parts.status_words(statuses[0])
    return Cell(tally.words, look=_LOOKS.get(tally.extent, Look.PLAIN))


def _brief(side: Sequence[Explanation], sources: Sources) -> str:
    """Return what a side rests on; of several partners, who has which status, and on what."""
    if len(side) == 1:
        return in_brief(side[0], sources)
    alike: dict[str, list[str]] = {}
    for explanation in side:
        brief = f"{value_words(explanation.field, explanation.value)}, {in_brief(explanation, sources)}"
        brief = brief.replace("unknown, unknown", "unknown")  # the status and the grade without evidence
        alike.setdefault(brief, []).append(explanation.partnership.name)
    return ". ".join(f"{listed(names)}: {brief}" for brief, names in alike.items())


def _support(dataset: Dataset, sides: Sequence[Sequence[Explanation]]) -> list[dict[str, Json]]:
    return [{e.partnership.id: support_data(dataset, e) for e in side} for side in sides]


def _pair_data(dataset: Dataset, comparison: Comparison, explained: _Explained) -> Json:
    left, right = comparison.partnerships
    areas: list[Json] = []
    for compared in comparison.areas:
        (on_left,), (on_right,) = compared.statuses
        data = {**area_data(compared.area), "left": on_left, "right": on_right, "relation": compared.relation}
        if explained:
            of_left, of_right = _support(dataset, explained[compared.area.id])
            data["evidence"] = {"left": of_left[left.id], "right": of_right[right.id]}
        areas.append(data)
    return {
        "left": partner_data(left),
        "right": partner_data(right),
        "summary": {relation.replace("-", "_"): count for relation, count in comparison.summary.items()},
        "areas": areas,
    }


def _sides_data(dataset: Dataset, comparison: Comparison, explained: _Explained) -> Json:
    areas: list[Json] = [
        {
            **area_data(compared.area),
            "sides": [{**asdict(tally), "extent": tally.extent} for tally in compared.tallies],
            "differs": compared.differs,
            **({"evidence": _support(dataset, explained[compared.area.id])} if explained else {}),
        }
        for compared in comparison.areas
    ]
    sides: Json = [{"label": s.label, "partners": [partner_data(p) for p in s.partnerships]} for s in comparison.sides]
    return {"sides": sides, "areas": areas}


_SPREADS = {
    "common": "In every partnership",
    "near_universal": "In at least three quarters of the partnerships",
    "unique": "In a single partnership",
    "never": "In no partnership",
    "unstated": "Not established for any partnership",
}

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
    left_out = "Left out: partners whose status is unknown in an area of the line; they count neither way."
    remarks = [
        "n of m: of the m partners whose status is known, n have all areas of the line (with |: one of the two).",
        left_out if uncertain else "",
        f"Areas are listed as always together if {MIN_SUPPORT} partners or more have them.",
    ]
    table = listing(title, columns, _lines(patterns), _patterns_data(patterns), remarks=tuple(filter(None, remarks)))
    return framed(dataset, table, patterns.scope, fields=[area.id for area in patterns.areas])


def _lines(patterns: Patterns) -> Iterator[Line]:
    for name, title in _SPREADS.items():
        spreads = patterns.of_kind(name)
        known = ", as far as known" if any(spread.unknown for spread in spreads) else ""
        section = f"{title}{known} ({counted(sum(len(spread.areas) for spread in spreads), 'area')})"
        yield from (_spread(name.replace("_", "-"), spread, section) for spread in spreads)
    for relation in patterns.together:
        yield _cooccurrence(relation, " = ", "Always together: a partner has all of these areas or none")
    for kind, title in _EXCLUSIVE.items():
        pairs = [relation for relation in patterns.relations if relation.kind is kind]
        yield from (_cooccurrence(pair, " | ", f"{title} ({counted(len(pairs), 'pair')})") for pair in pairs)
    for near in patterns.nearest:
        apart = sorted(area.number for area in (*near.only_left, *near.only_right))
        yield _line(
            "nearest",
            "Most similar to each partner (n of m areas alike)",
            f"{near.left.name}: {near.right.name}",
            (near.alike, near.known),
            (near.left, near.right),
            near.only_left,
            other_areas=near.only_right,
            shown=f"differ in {' '.join(map(str, apart))}" if apart else "",
        )


def _spread(kind: str, spread: Spread, section: str) -> Line:
    """Return a line of areas, for people with the partner that alone has them, or with those that do not."""
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
    lists: dict[str, Iterable[Area | Partnership]]
    lists = {"areas": areas, "other_areas": other_areas, "partners": partners, "left_out": left_out}
    data: dict[str, Json] = {name: " ".join(thing.id for thing in things) for name, things in lists.items()}
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


def _patterns_data(patterns: Patterns) -> Json:
    return {
        "partners": [partner_data(p) for p in patterns.partnerships],
        "areas": [area_data(a) for a in patterns.areas],
        **{
            name: [parts.ids(spread, "areas", "present", "absent", "unknown") for spread in patterns.of_kind(name)]
            for name in _SPREADS
        },
        "nearest": [
            {
                "left": near.left.id,
                "right": near.right.id,
                **parts.attributes(near, "alike", "known"),
                **parts.ids(near, "only_left", "only_right"),
            }
            for near in patterns.nearest
        ],
        "relations": [{"kind": relation.kind, **_cooccurrence_data(relation)} for relation in patterns.relations],
        "together": [_cooccurrence_data(relation) for relation in patterns.together],
    }


def _cooccurrence_data(relation: Cooccurrence) -> dict[str, Json]:
    counts = {"n": len(relation.supporters), "m": relation.known}
    return {**counts, **parts.ids(relation, "areas", "supporters", "left_out")}
