"""Comparisons as tables: what differs first, then who, when and where, and the evidence behind each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from sdp_matrix.analysis.comparison import AreaComparison, Comparison, Tally
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.selection import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import EU, Relation, Status
from sdp_matrix.text_safety import listed
from sdp_matrix.views import parts
from sdp_matrix.views.explain import in_brief, support_data, value_words
from sdp_matrix.views.parts import Line, Sources, counted, listing, machine

_EXTENTS = {"all": "", "some": "some of ", "none": "not ", "unknown": "not known: "}
"""What stands before the sides of which all, some or no partners have an area, or which are not known."""

_LOOKS = {"all": Look.COVERED, "none": Look.NOT_COVERED, "unknown": Look.UNKNOWN}

_Explained = Mapping[str, Sequence[Sequence[Explanation]]]
"""The values of each area: of each side, those of its partners. Empty if nobody asked for evidence."""


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
    columns = (parts.NUMBER, parts.AREA_ID, parts.AREA_BESIDE_WORDS, *of_sides, *of_pair)
    sources, footnotes = Sources("S"), dict[str, str]()

    def line(compared: AreaComparison, section: str) -> Line:
        cells, sides = _cells(names, compared), explained.get(compared.area.id, ())
        for name, side in zip(names, sides, strict=bool(sides)):  # no sides if nobody asked for evidence
            marker = footnotes.setdefault(_brief(side, sources), str(len(footnotes) + 1))
            cells[name] = replace(cells[name], notes=(marker,))
        grades = {name: side[0].grade for name, side in zip(graded, sides, strict=False)}
        return Line({"relation": compared.relation, **grades}, cells, section)

    areas = comparison.areas if all_areas else comparison.differing
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
    return parts.framed(dataset, table, comparison.scope)


def _outcome(comparison: Comparison) -> str:
    """Return how many areas differ, and how many cannot be compared because one side or more is unknown."""
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
    """Return the sides that have an area: 'Only Japan', 'NATO allies, some of EFTA states'."""
    if compared.relation in {Relation.ONLY_LEFT, Relation.ONLY_RIGHT}:
        return f"Only {labels[0] if compared.relation is Relation.ONLY_LEFT else labels[1]}"
    conjunctions = {"none": "or", "some": "and some of"}
    texts = []
    for extent, words in _EXTENTS.items():
        sides = [label for label, of_side in zip(labels, compared.extents, strict=True) if of_side == extent]
        if sides:
            texts.append(words + listed(sides, conjunctions.get(extent, "and")))
    if compared.relation is Relation.DIFFERS_IN_KIND:
        texts.append("but not in the same way")
    title = ", ".join(texts)
    return title[0].upper() + title[1:]


def _alike(comparison: Comparison) -> Iterator[str]:
    relations = {"both have": Relation.BOTH, "neither has": Relation.NEITHER}
    counts = {words: comparison.summary[relation] for words, relation in relations.items()}
    if texts := [f"{words} {counted(count, 'area')}" for words, count in counts.items() if count]:
        yield f"Alike: {', '.join(texts)}."


def _members(sides: Sequence[Operand]) -> Iterator[str]:
    """Yield who is on each side."""
    for side in sides:
        members = ", ".join(p.name for p in side.partnerships)
        # A partner by its own name needs no list; a group that has one member here does.
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
        label_cell = Cell(label, look=Look.MUTED)
        yield Line({}, {"area": label_cell, **shown}, "Date, act and signatories", people_only=True)


def _cells(names: Sequence[str], compared: AreaComparison) -> dict[str, Cell]:
    """Return the cells of an area, by columns: its status for a side of one partner, for a group how many have it."""
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
        alike.setdefault(brief.replace("unknown, unknown", "unknown"), []).append(explanation.partnership.name)
    return ". ".join(f"{listed(names)}: {brief}" for brief, names in alike.items())


def _support(dataset: Dataset, sides: Sequence[Sequence[Explanation]]) -> list[dict[str, Json]]:
    return [{e.partnership.id: support_data(dataset, e) for e in side} for side in sides]


def _pair_data(dataset: Dataset, comparison: Comparison, explained: _Explained) -> Json:
    left, right = comparison.partnerships
    areas: list[Json] = []
    for compared in comparison.areas:
        (on_left,), (on_right,) = compared.statuses
        data = {**parts.area_data(compared.area), "left": on_left, "right": on_right, "relation": compared.relation}
        if explained:
            of_left, of_right = _support(dataset, explained[compared.area.id])
            data["evidence"] = {"left": of_left[left.id], "right": of_right[right.id]}
        areas.append(data)
    return {
        "left": parts.partner_data(left),
        "right": parts.partner_data(right),
        "summary": {relation.replace("-", "_"): count for relation, count in comparison.summary.items()},
        "areas": areas,
    }


def _sides_data(dataset: Dataset, comparison: Comparison, explained: _Explained) -> Json:
    areas: list[Json] = [
        {
            **parts.area_data(compared.area),
            "sides": [{**asdict(tally), "extent": tally.extent} for tally in compared.tallies],
            "differs": compared.differs,
            **({"evidence": _support(dataset, explained[compared.area.id])} if explained else {}),
        }
        for compared in comparison.areas
    ]
    sides: Json = [
        {"label": s.label, "partners": [parts.partner_data(p) for p in s.partnerships]} for s in comparison.sides
    ]
    return {"sides": sides, "areas": areas}
