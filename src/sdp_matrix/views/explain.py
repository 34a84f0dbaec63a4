"""Evidence as tables: of a value, of the values of partners, of disputed values, and the grades of all cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.scope import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model import dates, vocabulary
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD, Act, Grade, Membership, Stance, Status
from sdp_matrix.views import parts
from sdp_matrix.views.parts import Line, Sources, attributes, framed, listing, machine

_MEANINGS = {
    Grade.CONTESTED: "contested: some evidence disagrees",
    Grade.FROM_TEXT: "from the text of the partnership",
    Grade.CORROBORATED: "corroborated by {count} independent origins",
    Grade.SINGLE_SOURCE: "single source",
    Grade.UNKNOWN: "unknown: no value is established",
}

_LOOKS = {Stance.FOR: Look.COVERED, Stance.AGAINST: Look.NOT_COVERED, Stance.NEITHER: Look.MUTED}

_ORDER = [*Status, *Membership, *Act]  # in which the values of other partners are listed

_EVIDENCE = (
    *machine("partner", "field", "value", "grade"),
    Column("stance", heading=parts.BLANK),
    Column("reference", grows=True, heading=parts.BLANK),
    *machine("publisher", "date", "locator", "supports", "note", "url"),
)


def explanation(dataset: Dataset, explanation: Explanation) -> Table:
    """Return a value: its grade, the evidence, what Table 1 prints, the codebook, and the values of other partners."""
    title = f"{explanation.partnership.name}: {Field(explanation.field).words(dataset)}"
    lines = [
        *_summary(dataset, explanation),
        *_evidence(dataset, explanation),
        *_codebook(Field(explanation.field).area(dataset)),
        *_others(dataset, explanation),
    ]
    return listing(title, _EVIDENCE, lines, explanation_data(dataset, explanation))


def value_words(field: str, value: str | None) -> str:
    """Return a value as people read it: a day in the style of Table 1, a status without hyphens."""
    if value is None:
        return "not recorded"
    if field == vocabulary.DATE_FIELD:
        return dates.in_words(value)
    return value.replace("not-member", "not a member").replace("-", " ") if value in {*Status, *Membership} else value


def _fact(label: str, text: str, section: str = "") -> Line:
    """Return a fact that csv leaves out, in a table that has columns for evidence."""
    return Line({}, {"stance": Cell(label, look=Look.MUTED), "reference": text}, section, people_only=True)


def _summary(dataset: Dataset, explanation: Explanation) -> Iterator[Line]:
    if explanation.field == SIGNATORIES_FIELD:
        for signatory in explanation.partnership.signatories:
            yield _fact(signatory.party, ", ".join(filter(None, [signatory.name, signatory.office])))
    else:
        label = "Status" if Field(explanation.field).area(dataset) else "Value"
        yield _fact(label, value_words(explanation.field, explanation.value))
    grade = _MEANINGS[explanation.grade].format(count=len(explanation.independent))
    yield _fact("Grade", grade + _standings(explanation))
    if explanation.origins:
        sound = explanation.independent  # beside these, an origin that is only weak does not count for the grade
        origins = (o if o in sound or not sound else f"{o} (weak, not counted)" for o in explanation.origins)
        yield _fact("Origins", ", ".join(origins))
    if explanation.note:
        yield _fact("Why", explanation.note)
    if explanation.printed is not None:
        yield _fact(dataset.table.locator, _printed_words(dataset, explanation, explanation.printed))


def _standings(explanation: Explanation) -> str:
    return f" ({', '.join(explanation.standings)})" if explanation.standings else ""


def _printed_words(dataset: Dataset, explanation: Explanation, printed: str) -> str:
    """Return what the table prints, whether it is our value, and with a cross what its authors note on its limits."""
    mark = dataset.table.marks[Status(printed)] if Field(explanation.field).area(dataset) else ""
    words = value_words(explanation.field, printed)
    shown = words if mark.casefold() in {"", words} else f"{mark} ({words})"  # "Already exists" is its own word
    departure = explanation.departure if explanation.departs else None
    note = parts.authors_note(dataset) if printed == Status.NOT_COVERED else None
    compared = f"prints {shown}, {'not the value here' if explanation.departs else 'as here'}."
    return " ".join(filter(None, [compared, departure, note]))


def _evidence(dataset: Dataset, explanation: Explanation) -> Iterator[Line]:
    if not explanation.evidence:
        unit = "area" if Field(explanation.field).area(dataset) else "field"
        nothing = f"No reference on this {unit} is recorded; that is not evidence of absence."
        yield _fact("none", nothing, "Evidence")
    for piece in explanation.evidence:
        reference = dataset.reference(piece.reference)
        stance = _stance(explanation, piece)
        words = f"{value_words(explanation.field, piece.supports)} – {parts.reference_words(reference, piece.locator)}"
        yield Line(
            {**value_data(explanation), **evidence_details(dataset, explanation, piece)},
            {"stance": Cell(stance, look=_LOOKS[stance]), "reference": Cell(words, link=reference.url)},
            "Evidence",
        )
        yield from (_fact("", text, "Evidence") for text in (piece.note, parts.about(dataset, reference)) if text)


def _stance(explanation: Explanation, piece: Evidence) -> Stance:
    if explanation.field == SIGNATORIES_FIELD:
        # nobody contradicts a name: that a source leaves it open is no evidence against it
        return Stance.NEITHER if piece.supports == vocabulary.NOT_ESTABLISHED else Stance.FOR
    return grading.stance(explanation.value, piece)


def in_brief(explanation: Explanation, sources: Sources) -> str:
    """Return grade and numbered sources: 'contested (expert, official): S1, S4, against: covered – S2'."""
    if not explanation.evidence:
        return "unknown: no reference"
    texts = []
    for piece in explanation.evidence:
        stance = _stance(explanation, piece)
        value = "" if stance is Stance.FOR else f"{stance}: {value_words(explanation.field, piece.supports)} – "
        texts.append(value + sources.number(piece))
    return f"{explanation.grade.words}{_standings(explanation)}: {', '.join(texts)}"


def _codebook(area: Area | None) -> Iterator[Line]:
    texts = area and {
        "Our reading": [area.definition] if area.definition else [],
        "Includes": area.includes,
        "Excludes": area.excludes,
        "Decided by": [f"{case.case} – {case.decision}" for case in area.borderline],
    }
    for label, lines in (texts or {}).items():
        yield from (_fact("" if n else label, line, "What the area means") for n, line in enumerate(lines))


def _others(dataset: Dataset, explanation: Explanation) -> Iterator[Line]:
    """Yield the values of the other partners, each with those who have it."""
    others = _comparable(dataset, explanation)
    for value in sorted({other.value or "" for other in others}, key=_ORDER.index):
        names = ", ".join(other.partnership.name for other in others if other.value == value)
        yield _fact(value_words(explanation.field, value), names, "Other partners")


def _comparable(dataset: Dataset, explanation: Explanation) -> list[Explanation]:
    """Return the same field of the other partnerships, if its values are from a closed list."""
    field = Field(explanation.field)
    if not (field.is_area or field.group or field.name == "act"):
        return []
    others = (p for p in dataset.partnerships if p.id != explanation.partnership.id)
    if field.group:  # nobody has looked up the membership of the rest
        others = (p for p in others if any(m.group == field.group for m in p.groups))
    return [explain_field(dataset, p, field.name) for p in others]


def explanation_data(dataset: Dataset, explanation: Explanation) -> Json:
    """Return an explanation in the shape of docs/json.md."""
    area = Field(explanation.field).area(dataset)
    keys = ("number", "id", "title", "definition", "includes", "excludes", "borderline")
    printed = {"published": explanation.printed, "departure": explanation.departure}
    return {
        **value_data(explanation),
        "partner": parts.partner_data(explanation.partnership),  # lists name it by its id
        **support_data(dataset, explanation),
        "table_1": None if explanation.printed is None else printed,
        "area": parts.record_data(area, *keys) if area else None,
        "others": [
            {"id": other.partnership.id, **attributes(other, "value", "grade")}
            for other in _comparable(dataset, explanation)
        ],
    }


def value_data(explanation: Explanation) -> dict[str, Json]:
    """Return a value with its grade."""
    return {"partner": explanation.partnership.id, **attributes(explanation, "field", "value", "grade")}


def support_data(dataset: Dataset, explanation: Explanation) -> dict[str, Json]:
    """Return grade and evidence of a value, wherever a JSON output gives them."""
    return {
        **attributes(explanation, "grade", "origins", "standings", "note"),
        "evidence": [evidence_details(dataset, explanation, piece) for piece in explanation.evidence],
    }


def evidence_details(dataset: Dataset, explanation: Explanation, piece: Evidence) -> dict[str, Json]:
    """Return a piece of evidence with what its reference is."""
    reference = dataset.reference(piece.reference)
    return {
        "stance": _stance(explanation, piece),
        **piece.model_dump(mode="json"),
        "origin": dataset.voices[reference.id].origin,
        **parts.record_data(reference, "publisher", "standing", "title", "date", "url"),
    }


def value_shown(dataset: Dataset, field: str, value: str | None) -> dict[str, Cell | str]:
    """Return a field and its value as people read them."""
    return {"field": Field(field).title(dataset), "value": value_words(field, value)}


def values(dataset: Dataset, explanations: Sequence[Explanation]) -> Table:
    """Return values and how well each is supported, partner by partner."""
    lines = [Line(value_data(e), value_shown(dataset, e.field, e.value), e.partnership.name) for e in explanations]
    columns = (*machine("partner"), Column("field"), Column("value", grows=True), Column("grade"))
    hints = ("sdp explain PARTNER FIELD shows the evidence of a value",)
    title = "What is recorded, and how well each value is supported"
    return framed(dataset, listing(title, columns, lines, hints=hints))


def contested(dataset: Dataset, disputes: Listing[Explanation]) -> Table:
    """Return the disputed values, with the sources that support another."""
    sources = Sources()
    lines = [_disputed(dataset, dispute, sources) for dispute in disputes]
    value, against = Column("value", grows=True, heading="Here"), Column("against", grows=True, heading="Elsewhere")
    columns = (Column("partner"), Column("field", grows=True), value, against, *machine("grade", "note"))
    hints = ("sdp explain PARTNER FIELD shows why a value was chosen, with all its evidence",)
    notes, title = sources.notes(dataset), f"{len(disputes)} values are disputed"
    return framed(dataset, listing(title, columns, lines, notes=notes, hints=hints), disputes.scope, fields=())


def _disputed(dataset: Dataset, dispute: Explanation, sources: Sources) -> Line:
    against = [e for e in dispute.evidence if _stance(dispute, e) is Stance.AGAINST]
    numbers = defaultdict[str, list[str]](list)
    for piece in against:
        numbers[value_words(dispute.field, piece.supports)].append(sources.number(piece))
    elsewhere = (f"{words} [{', '.join(of_value)}]" for words, of_value in numbers.items())
    cited = (f"{e.supports}: {', '.join(filter(None, (e.reference, e.locator)))}" for e in against)
    departure: Json = {"published": dispute.printed, "reason": dispute.departure} if dispute.departs else None
    return Line(
        {**value_data(dispute), **support_data(dataset, dispute), "departure": departure},
        {
            **value_shown(dataset, dispute.field, dispute.value),
            "partner": dispute.partnership.name,
            "against": Cell("; ".join(elsewhere), value="; ".join(cited)),
            "note": Cell(value=dispute.departure or dispute.note or ""),
        },
    )


def grades(dataset: Dataset, scope: Scope) -> Table:
    """Return how many cells of each partnership have each grade, with sums for Table 1 and for all shown."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    in_table = [p for p in ordered if p in dataset.in_table]
    order = (Grade.FROM_TEXT, Grade.CORROBORATED, Grade.SINGLE_SOURCE, Grade.CONTESTED, Grade.UNKNOWN)
    counted = [
        *((p.id, p.name, [p], "") for p in ordered),
        ("table-1", f"Table 1, {len(in_table)} partners", in_table, "Sums"),
        ("all", f"All {len(ordered)} partners", ordered, "Sums"),
    ]
    lines, data = [], dict[str, dict[str, Json]]()
    for name, title, partnerships, section in counted:
        counts = Counter(grading.grade(dataset, p, area.id) for p in partnerships for area in dataset.areas)
        data[name] = {str(grade): counts[grade] for grade in order}
        lines.append(Line({"scope": name, **data[name], "cells": sum(counts.values())}, {"scope": title}, section))
    columns = (
        Column("scope", heading="Partner"),
        *(Column(grade, align="right", heading=grade.words.capitalize()) for grade in order),
        Column("cells", align="right"),
    )
    remarks = (
        "From text: the text of the partnership supports it. Contested: some evidence disagrees.",
        "Corroborated: two independent origins that are not weak support it. Single source: no second one does.",
        "Unknown: no value is established, which is not evidence of absence.",
    )
    return framed(dataset, listing("Grades of the cells", columns, lines, data, remarks=remarks), scope, fields=())
