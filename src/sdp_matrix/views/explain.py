"""What one value rests on, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Explanation, explain_field, stance
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import (
    DATE_FIELD,
    NOT_ESTABLISHED,
    SIGNATORIES_FIELD,
    SOURCED_FIELDS,
    Act,
    Grade,
    Membership,
    Stance,
    Status,
)
from sdp_matrix.views.parts import (
    Sources,
    about,
    area_data,
    authors_note,
    evidence_data,
    machine,
    partner_data,
    record_data,
    reference_data,
    reference_words,
    row,
)

_MEANINGS = {
    Grade.CONTESTED: "contested: some evidence disagrees",
    Grade.FROM_TEXT: "from the text of the partnership",
    Grade.CORROBORATED: "corroborated by {count} independent origins",
    Grade.SINGLE_SOURCE: "single source",
    Grade.UNKNOWN: "unknown: no source establishes a value",
}

_LOOKS = {Stance.FOR: Look.COVERED, Stance.AGAINST: Look.NOT_COVERED, Stance.NEITHER: Look.MUTED}

_ORDER = [*map(str, Status), *map(str, Membership), *map(str, Act)]
"""In which order the values of other partners are listed."""

_COLUMNS = (
    *machine("partner", "field", "value", "grade"),
    Column("stance"),
    Column("reference", grows=True),
    *machine("publisher", "date", "locator", "supports", "note", "url"),
)


def explanation(dataset: Dataset, explanation: Explanation) -> Table:
    """Return a value: its grade, the evidence, what Table 1 prints, the codebook, how other partners stand."""
    area = Field(explanation.field).area(dataset)
    sections = [
        _people(_summary(dataset, explanation)),
        *_evidence(dataset, explanation),
        *([_people(_codebook(area), "What the area means")] if area else ()),
        _people(_others(dataset, explanation), "Other partners"),
    ]
    return Table(
        title=f"{explanation.partnership.name}: {Field(explanation.field).words(dataset)}",
        columns=_COLUMNS,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        wide=False,
        data=explanation_data(dataset, explanation),
    )


def value_words(field: str, value: str | None) -> str:
    """Return a value as people read it: a day in the style of Table 1, a status without hyphens."""
    if value is None:
        return "not recorded"
    if field == DATE_FIELD:
        return dates.in_words(value)
    closed = {*map(str, Status), *map(str, Membership)}
    return value.replace("not-member", "not a member").replace("-", " ") if value in closed else value


def _people(pairs: Iterable[tuple[str, str]], title: str = "") -> Section:
    """Return facts that csv leaves out, in a table that has columns for evidence."""
    rows = (row(_COLUMNS, stance=Cell(label, look=Look.MUTED), reference=text) for label, text in pairs)
    return Section(tuple(rows), title, people_only=True)


def _summary(dataset: Dataset, explanation: Explanation) -> Iterator[tuple[str, str]]:
    label = "Status" if Field(explanation.field).area(dataset) else "Value"
    if explanation.field == SIGNATORIES_FIELD:
        yield from ((s.party, ", ".join(filter(None, [s.name, s.office]))) for s in explanation.partnership.signatories)
    else:
        yield label, value_words(explanation.field, explanation.value)
    rests = f" ({', '.join(explanation.standings)})" if explanation.standings else ""
    yield "Grade", _MEANINGS[explanation.grade].format(count=explanation.independent) + rests
    if explanation.origins:
        yield "Origins", ", ".join(explanation.origins)
    if explanation.note:
        yield "Why", explanation.note
    if explanation.printed is not None:
        yield dataset.table.locator, _printed_words(dataset, explanation, explanation.printed)


def _printed_words(dataset: Dataset, explanation: Explanation, printed: str) -> str:
    """Return what the table prints, whether it is our value, and beside a cross what the table says on its limits."""
    mark = dataset.table.marks[Status(printed)] if Field(explanation.field).area(dataset) else ""
    words = value_words(explanation.field, printed)
    shown = words if mark.casefold() in {"", words} else f"{mark} ({words})"
    sentences = [f"prints {shown}, not the value here." if explanation.departs else f"prints {shown}, as here."]
    sentences += [explanation.departure] if explanation.departs and explanation.departure else []
    sentences += [authors_note(dataset)] if printed == Status.NOT_COVERED else []
    return " ".join(sentences)


def _evidence(dataset: Dataset, explanation: Explanation) -> Iterator[Section]:
    if not explanation.evidence:
        yield _people([("none", _nothing(dataset, explanation))], "Evidence")
    for number, piece in enumerate(explanation.evidence):
        reference = dataset.reference(piece.reference)
        yield Section((_piece(explanation, piece, reference),), "Evidence" if number == 0 else "")
        note = [("", piece.note)] if piece.note else []
        yield _people([*note, ("", about(dataset, reference))])


def _nothing(dataset: Dataset, explanation: Explanation) -> str:
    unit = "area" if Field(explanation.field).area(dataset) else "field"
    return f"No reference is recorded that says anything on this {unit}; that is not evidence of absence."


def _stance(explanation: Explanation, piece: Evidence) -> Stance:
    if explanation.field == SIGNATORIES_FIELD:
        return Stance.NEITHER if piece.supports == NOT_ESTABLISHED else Stance.FOR
    return stance(explanation.value, piece)


def _piece(explanation: Explanation, piece: Evidence, reference: Reference) -> tuple[Cell, ...]:
    which = _stance(explanation, piece)
    supports = value_words(explanation.field, piece.supports)
    return row(
        _COLUMNS,
        partner=explanation.partnership.id,
        field=explanation.field,
        value=explanation.value,
        grade=explanation.grade.value,
        stance=Cell(str(which), look=_LOOKS[which]),
        reference=Cell(
            f"{supports} – {reference_words(reference, piece.locator)}", value=reference.id, link=reference.url
        ),
        publisher=reference.publisher,
        date=reference.date,
        locator=piece.locator,
        supports=piece.supports,
        note=piece.note,
        url=reference.url,
    )


def in_brief(explanation: Explanation, sources: Sources) -> str:
    """Return grade and numbered sources: 'corroborated (expert, official): S1, S4. Against: covered – S2'."""
    if not explanation.evidence:
        return "unknown: no reference says anything"
    parts = []
    for which in Stance:
        pieces = [_cited(explanation, e, sources) for e in explanation.evidence if _stance(explanation, e) is which]
        label = "" if which is Stance.FOR else f"{which.capitalize()}: "
        parts += [label + ", ".join(pieces)] if pieces else []
    rests = f" ({', '.join(explanation.standings)})" if explanation.standings else ""
    return f"{explanation.grade.words}{rests}: {'. '.join(parts)}"


def _cited(explanation: Explanation, piece: Evidence, sources: Sources) -> str:
    other = "" if _stance(explanation, piece) is Stance.FOR else f"{value_words(explanation.field, piece.supports)} – "
    return other + sources.number(piece)


def _codebook(area: Area) -> Iterator[tuple[str, str]]:
    if area.definition:
        yield "Our reading", area.definition
    yield from _labelled("Includes", area.includes)
    yield from _labelled("Excludes", area.excludes)
    yield from _labelled("Decided by", [f"{case.case} – {case.decision}" for case in area.borderline])


def _labelled(label: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield several texts under one label."""
    for number, text in enumerate(texts):
        yield ("" if number else label), text


def _others(dataset: Dataset, explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield how the others stand, one line a value, by grade."""
    others = _comparable(dataset, explanation)
    for value in sorted({other.value or "" for other in others}, key=_ORDER.index):
        of_value = [other for other in others if other.value == value]
        parts = []
        for grade in dict.fromkeys(other.grade for other in of_value):
            names = ", ".join(other.partnership.name for other in of_value if other.grade is grade)
            parts.append(names if grade is Grade.UNKNOWN else f"{names} ({grade.words})")
        yield value_words(explanation.field, value), "; ".join(parts)


def _comparable(dataset: Dataset, explanation: Explanation) -> list[Explanation]:
    """Return the same field of the other partnerships, where its values are from a closed list."""
    if explanation.field in {*SOURCED_FIELDS, SIGNATORIES_FIELD} and explanation.field != "act":
        return []
    others = (p for p in dataset.partnerships if p.id != explanation.partnership.id)
    if group := Field(explanation.field).group:
        others = (p for p in others if any(m.group == group for m in p.groups))
    return [explain_field(dataset, p, explanation.field) for p in others]


def explanation_data(dataset: Dataset, explanation: Explanation) -> Json:
    """Return an explanation in the shape of docs/json.md."""
    area = Field(explanation.field).area(dataset)
    return {
        "partner": partner_data(explanation.partnership),
        "field": explanation.field,
        "value": explanation.value,
        **support_data(dataset, explanation),
        "table_1": None
        if explanation.printed is None
        else {"published": explanation.printed, "departure": explanation.departure},
        "area": {**area_data(area), **record_data(area, "definition", "includes", "excludes", "borderline")}
        if area
        else None,
        "others": [
            {"id": other.partnership.id, "value": other.value, "grade": str(other.grade)}
            for other in _comparable(dataset, explanation)
        ],
    }


def support_data(dataset: Dataset, explanation: Explanation) -> dict[str, Json]:
    """Return grade and evidence of a value, wherever a JSON output gives them."""
    return {
        "grade": str(explanation.grade),
        "origins": list(explanation.origins),
        "standings": [str(standing) for standing in explanation.standings],
        "note": explanation.note,
        "evidence": [evidence_details(dataset, explanation, piece) for piece in explanation.evidence],
    }


def evidence_details(dataset: Dataset, explanation: Explanation, piece: Evidence) -> Json:
    """Return a piece of evidence with what its reference is."""
    details = reference_data(dataset, dataset.reference(piece.reference))
    keys = ("publisher", "origin", "standing", "title", "date", "url")
    return {"stance": str(_stance(explanation, piece)), **evidence_data(piece), **{key: details[key] for key in keys}}
