"""What one value rests on, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    partner_data,
    record_data,
    reference_words,
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
    *(Column(name, machine_only=True) for name in ("partner", "field", "value", "grade")),
    Column("stance"),
    Column("reference", grows=True),
    *(Column(name, machine_only=True) for name in ("publisher", "date", "locator", "supports", "note", "url")),
)
_BEFORE, _AFTER = 4, 6
"""How many columns for machines stand on either side of the two that people see."""


def explanation(dataset: Dataset, found: Explanation) -> Table:
    """A value: its grade, each piece of evidence, what Table 1 prints, the codebook, how other partners stand."""
    area = Field(found.field).area(dataset)
    sections = [
        _people(_summary(dataset, found)),
        *_evidence(dataset, found),
        *([_people(_codebook(area), "What the area means")] if area else ()),
        _people(_others(dataset, found), "Other partners"),
    ]
    return Table(
        title=f"{found.partnership.name}: {Field(found.field).words(dataset)}",
        columns=_COLUMNS,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        wide=False,
        data=explanation_data(dataset, found),
    )


def value_words(field: str, value: str | None) -> str:
    """A value as people read it: a day in the style of Table 1, a status without hyphens."""
    if value is None:
        return "not recorded"
    if field == DATE_FIELD:
        return dates.in_words(value)
    closed = {*map(str, Status), *map(str, Membership)}
    return value.replace("not-member", "not a member").replace("-", " ") if value in closed else value


def _people(pairs: Iterable[tuple[str, str]], title: str = "") -> Section:
    """Facts that csv leaves out, in a table that has columns for evidence."""
    rows = (_row((), Cell(label, look=Look.MUTED), Cell(text), ()) for label, text in pairs)
    return Section(tuple(rows), title, people_only=True)


def _row(before: Sequence[str], left: Cell, right: Cell, after: Sequence[str]) -> tuple[Cell, ...]:
    machine = [[Cell(text) for text in texts] for texts in (before, after)]
    padding = [[Cell()] * (wanted - len(given)) for wanted, given in zip((_BEFORE, _AFTER), machine, strict=True)]
    return (*machine[0], *padding[0], left, right, *machine[1], *padding[1])


def _summary(dataset: Dataset, found: Explanation) -> Iterator[tuple[str, str]]:
    label = "Status" if Field(found.field).area(dataset) else "Value"
    if found.field == SIGNATORIES_FIELD:
        yield from ((s.party, ", ".join(filter(None, [s.name, s.office]))) for s in found.partnership.signatories)
    else:
        yield label, value_words(found.field, found.value)
    rests = f" ({', '.join(found.standings)})" if found.standings else ""
    yield "Grade", _MEANINGS[found.grade].format(count=found.independent) + rests
    if found.origins:
        yield "Origins", ", ".join(found.origins)
    if found.note:
        yield "Why", found.note
    if found.printed is not None:
        yield dataset.table.locator, _printed_words(dataset, found, found.printed)


def _printed_words(dataset: Dataset, found: Explanation, printed: str) -> str:
    """What the table prints, whether it is our value, and beside a cross what the table says on its limits."""
    mark = dataset.table.marks[Status(printed)] if Field(found.field).area(dataset) else ""
    words = value_words(found.field, printed)
    shown = words if mark.casefold() in {"", words} else f"{mark} ({words})"
    said = [f"prints {shown}, not the value here." if found.departs else f"prints {shown}, as here."]
    said += [found.departure] if found.departs and found.departure else []
    said += [authors_note(dataset)] if printed == Status.NOT_COVERED else []
    return " ".join(said)


def _evidence(dataset: Dataset, found: Explanation) -> Iterator[Section]:
    if not found.evidence:
        yield _people([("none", _nothing(dataset, found))], "Evidence")
    for number, piece in enumerate(found.evidence):
        reference = dataset.reference(piece.reference)
        yield Section((_piece(found, piece, reference),), "Evidence" if number == 0 else "")
        note = [("", piece.note)] if piece.note else []
        yield _people([*note, ("", about(dataset, reference))])


def _nothing(dataset: Dataset, found: Explanation) -> str:
    unit = "area" if Field(found.field).area(dataset) else "field"
    return f"No reference is recorded that says anything on this {unit}; that is not evidence of absence."


def _stance(found: Explanation, piece: Evidence) -> Stance:
    if found.field == SIGNATORIES_FIELD:
        return Stance.NEITHER if piece.supports == NOT_ESTABLISHED else Stance.FOR
    return stance(found.value, piece)


def _piece(found: Explanation, piece: Evidence, reference: Reference) -> tuple[Cell, ...]:
    which = _stance(found, piece)
    supports = value_words(found.field, piece.supports)
    return _row(
        (found.partnership.id, found.field, found.value or "", str(found.grade)),
        Cell(str(which), look=_LOOKS[which]),
        Cell(f"{supports} – {reference_words(reference, piece.locator)}", value=reference.id, link=reference.url),
        (
            reference.publisher,
            reference.date,
            piece.locator or "",
            piece.supports,
            piece.note or "",
            reference.url or "",
        ),
    )


def in_brief(found: Explanation, sources: Sources) -> str:
    """Grade and numbered sources in one line: 'corroborated (expert, official): S1, S4. Against: covered – S2'."""
    if not found.evidence:
        return "unknown: no reference says anything"
    parts = []
    for which in Stance:
        pieces = [_cited(found, e, sources) for e in found.evidence if _stance(found, e) is which]
        label = "" if which is Stance.FOR else f"{which.capitalize()}: "
        parts += [label + ", ".join(pieces)] if pieces else []
    rests = f" ({', '.join(found.standings)})" if found.standings else ""
    return f"{found.grade.words}{rests}: {'. '.join(parts)}"


def _cited(found: Explanation, piece: Evidence, sources: Sources) -> str:
    other = "" if _stance(found, piece) is Stance.FOR else f"{value_words(found.field, piece.supports)} – "
    return other + sources.number(piece)


def _codebook(area: Area) -> Iterator[tuple[str, str]]:
    if area.definition:
        yield "Our reading", area.definition
    yield from _labelled("Includes", area.includes)
    yield from _labelled("Excludes", area.excludes)
    yield from _labelled("Decided by", [f"{one.case} – {one.decision}" for one in area.borderline])


def _labelled(label: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Several texts under one label."""
    for number, text in enumerate(texts):
        yield ("" if number else label), text


def _others(dataset: Dataset, found: Explanation) -> Iterator[tuple[str, str]]:
    """How the others stand, one line a value, by grade."""
    others = _comparable(dataset, found)
    for value in sorted({other.value or "" for other in others}, key=_ORDER.index):
        of_value = [other for other in others if other.value == value]
        parts = []
        for grade in dict.fromkeys(other.grade for other in of_value):
            names = ", ".join(other.partnership.name for other in of_value if other.grade is grade)
            parts.append(names if grade is Grade.UNKNOWN else f"{names} ({grade.words})")
        yield value_words(found.field, value), "; ".join(parts)


def _comparable(dataset: Dataset, found: Explanation) -> list[Explanation]:
    """The same field of the other partnerships, where its values are from a closed list."""
    if found.field in {*SOURCED_FIELDS, SIGNATORIES_FIELD} and found.field != "act":
        return []
    others = (p for p in dataset.partnerships if p.id != found.partnership.id)
    if group := Field(found.field).group:
        others = (p for p in others if any(m.group == group for m in p.groups))
    return [explain_field(dataset, p, found.field) for p in others]


def explanation_data(dataset: Dataset, found: Explanation) -> Json:
    """An explanation in the shape of docs/json.md."""
    area = Field(found.field).area(dataset)
    return {
        "partner": partner_data(found.partnership),
        "field": found.field,
        "value": found.value,
        **support_data(dataset, found),
        "table_1": _table_data(found),
        "area": {**area_data(area), **record_data(area, "definition", "includes", "excludes", "borderline")}
        if area
        else None,
        "others": [
            {"id": other.partnership.id, "value": other.value, "grade": str(other.grade)}
            for other in _comparable(dataset, found)
        ],
    }


def _table_data(found: Explanation) -> Json:
    return None if found.printed is None else {"published": found.printed, "departure": found.departure}


def support_data(dataset: Dataset, found: Explanation) -> dict[str, Json]:
    """Grade and evidence of a value, wherever a JSON output gives them."""
    return {
        "grade": str(found.grade),
        "origins": list(found.origins),
        "standings": [str(standing) for standing in found.standings],
        "note": found.note,
        "evidence": [evidence_details(dataset, found, piece) for piece in found.evidence],
    }


def evidence_details(dataset: Dataset, found: Explanation, piece: Evidence) -> Json:
    """A piece of evidence with what its reference is."""
    reference = dataset.reference(piece.reference)
    return {
        "stance": str(_stance(found, piece)),
        **evidence_data(piece),
        "publisher": reference.publisher,
        "origin": dataset.voices[reference.id].origin,
        "standing": str(reference.standing),
        "title": reference.title,
        "date": reference.date,
        "url": reference.url,
    }
