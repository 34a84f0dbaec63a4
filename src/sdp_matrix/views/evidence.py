"""What values rest on, as tables: what is disputed, how sure the values are, and what one reference says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Explanation, stance
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Grade, Stance
from sdp_matrix.views.explain import support_data, value_words
from sdp_matrix.views.parts import Sources, framed, headings, machine, sourced

_KINDS = {
    DATE_FIELD: "Dates",
    "act": "Acts",
    "place": "Places and occasions",
    "occasion": "Places and occasions",
    GROUP_FIELD: "Groups",
    "": "Areas",
}
"""Field to the section of the register it stands in; anything else is an area."""


def contested(dataset: Dataset, disputes: Sequence[Explanation], scope: Scope) -> Table:
    """Return the register of everything that is disputed, with who says otherwise."""
    sources = Sources()
    sections = [
        Section(
            tuple(_disputed(dataset, dispute, sources) for dispute in disputes if _kind(dispute.field) == title), title
        )
        for title in dict.fromkeys(_KINDS.values())
    ]
    table = Table(
        title=f"{len(disputes)} values are disputed",
        columns=(
            Column("partner"),
            *(Column(name, grows=True) for name in ("field", "value", "against")),
            *machine("grade", "note"),
        ),
        header=(headings("Partner", "Field", "Here", "Elsewhere"),),
        sections=tuple(section for section in sections if section.rows),
        notes=sources.notes(dataset),
        hints=("sdp explain PARTNER FIELD says why a value was chosen, and shows its whole evidence",),
        data=[_disputed_data(dataset, dispute) for dispute in disputes],
    )
    return framed(dataset, table, scope, fields=())


def _kind(field: str) -> str:
    return _KINDS[GROUP_FIELD if Field(field).group else "" if Field(field).is_area else field]


def _disputed(dataset: Dataset, dispute: Explanation, sources: Sources) -> tuple[Cell, ...]:
    against = [e for e in dispute.evidence if stance(dispute.value, e) is Stance.AGAINST]
    elsewhere: dict[str, list[str]] = {}
    for piece in against:
        elsewhere.setdefault(value_words(dispute.field, piece.supports), []).append(sources.number(piece))
    return (
        Cell(dispute.partnership.name, value=dispute.partnership.id),
        Cell(Field(dispute.field).title(dataset), value=dispute.field),
        Cell(value_words(dispute.field, dispute.value), value=dispute.value),
        Cell(
            "; ".join(f"{value} [{','.join(numbers)}]" for value, numbers in elsewhere.items()),
            value="; ".join(f"{e.supports}: {', '.join(filter(None, (e.reference, e.locator)))}" for e in against),
        ),
        Cell(str(dispute.grade)),
        Cell(dispute.departure or dispute.note or ""),
    )


def _disputed_data(dataset: Dataset, dispute: Explanation) -> Json:
    return {
        "partner": dispute.partnership.id,
        "field": dispute.field,
        "value": dispute.value,
        **support_data(dataset, dispute),
        "departure": {"published": dispute.printed, "reason": dispute.departure} if dispute.departs else None,
    }


def grades(dataset: Dataset, scope: Scope) -> Table:
    """Return how many cells of each partnership have each grade, with sums for Table 1 and for all shown."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    in_table = [p for p in ordered if p in dataset.in_table]
    single: list[tuple[str, str, Sequence[Partnership]]] = [(p.id, p.name, [p]) for p in ordered]
    sums: list[tuple[str, str, Sequence[Partnership]]] = [
        ("table-1", f"Table 1, {len(in_table)} partners", in_table),
        ("all", f"All {len(ordered)} partners", ordered),
    ]
    tallies = {name: grading.grades(dataset, counted) for name, _, counted in [*single, *sums]}
    order = (Grade.FROM_TEXT, Grade.CORROBORATED, Grade.SINGLE_SOURCE, Grade.CONTESTED, Grade.UNKNOWN)

    def row(name: str, title: str) -> tuple[Cell, ...]:
        counts = [tallies[name][grade] for grade in order]
        return (Cell(title, value=name), *(Cell(str(count), value=count) for count in (*counts, sum(counts))))

    table = Table(
        title="How sure the cells are",
        columns=(Column("scope"), *(Column(grade, align="right") for grade in order), Column("cells", align="right")),
        header=(headings("Partner", *(grade.words.capitalize() for grade in order), "Cells"),),
        sections=(
            Section(tuple(row(name, title) for name, title, _ in single)),
            Section(tuple(row(name, title) for name, title, _ in sums), "Sums"),
        ),
        remarks=(
            "From text: the text of the partnership supports the status.",
            "Corroborated: two independent origins that are not weak do. Single source: no second one does.",
            "Contested: some evidence disagrees. Unknown: no source was found; that is not absence.",
        ),
        wide=False,
        data={name: {grade: counts[grade] for grade in order} for name, counts in tallies.items()},
    )
    return framed(dataset, table, scope, fields=())


def values(dataset: Dataset, explanations: Sequence[Explanation]) -> Table:
    """Show values and how well each is supported, partner by partner."""
    names = list(dict.fromkeys(explanation.partnership.name for explanation in explanations))
    single = names[0] if len(names) == 1 else ""
    partner = explanations[0].partnership.id if single else "PARTNER"
    sections = (
        Section(tuple(_value_row(dataset, explanation) for explanation in run), "" if single else partnership.name)
        for partnership, run in groupby(explanations, lambda explanation: explanation.partnership)
    )
    return Table(
        title=f"{single or f'{len(names)} partners'}: what is recorded, and how well each value is supported",
        columns=(*machine("partner"), Column("field"), Column("value", grows=True), Column("grade")),
        header=(headings("Field", "Value", "Grade"),),
        sections=tuple(sections),
        hints=(f"sdp explain {partner} FIELD shows the evidence of a value",),
        source=sourced("", dataset),
        wide=False,
        data=[
            {
                "partner": explanation.partnership.id,
                "field": explanation.field,
                "value": explanation.value,
                "grade": str(explanation.grade),
            }
            for explanation in explanations
        ],
    )


def _value_row(dataset: Dataset, explanation: Explanation) -> tuple[Cell, ...]:
    return (
        Cell(explanation.partnership.id),
        Cell(Field(explanation.field).title(dataset), value=explanation.field),
        Cell(value_words(explanation.field, explanation.value), value=explanation.value or ""),
        Cell(
            explanation.grade.words,
            value=str(explanation.grade),
            look=Look.WARNING if explanation.grade is Grade.CONTESTED else Look.PLAIN,
        ),
    )
