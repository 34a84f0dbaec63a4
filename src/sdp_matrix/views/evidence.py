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
from sdp_matrix.views.parts import Sources, framed, headings, sourced

_KINDS = {
    DATE_FIELD: "Dates",
    "act": "Acts",
    "place": "Places and occasions",
    "occasion": "Places and occasions",
    GROUP_FIELD: "Groups",
    "": "Areas",
}
"""Field to the section of the register it stands in; anything else is an area."""


def contested(dataset: Dataset, found: Sequence[Explanation], scope: Scope) -> Table:
    """The register of everything that is disputed, with who says otherwise."""
    sources = Sources()
    sections = [
        Section(tuple(_disputed(dataset, one, sources) for one in found if _kind(one.field) == title), title)
        for title in dict.fromkeys(_KINDS.values())
    ]
    table = Table(
        title=f"{len(found)} values are disputed",
        columns=(
            Column("partner"),
            Column("field", grows=True),
            Column("value", grows=True),
            Column("against", grows=True),
            Column("grade", machine_only=True),
            Column("note", machine_only=True),
        ),
        header=(headings("Partner", "Field", "Here", "Elsewhere"),),
        sections=tuple(section for section in sections if section.rows),
        notes=sources.notes(dataset),
        hints=("sdp explain PARTNER FIELD says why a value was chosen, and shows its whole evidence",),
        data=[_disputed_data(dataset, one) for one in found],
    )
    return framed(dataset, table, scope, fields=())


def _kind(field: str) -> str:
    return _KINDS[GROUP_FIELD if Field(field).group else "" if Field(field).is_area else field]


def _disputed(dataset: Dataset, found: Explanation, sources: Sources) -> tuple[Cell, ...]:
    against = [e for e in found.evidence if stance(found.value, e) is Stance.AGAINST]
    elsewhere: dict[str, list[str]] = {}
    for piece in against:
        elsewhere.setdefault(value_words(found.field, piece.supports), []).append(sources.number(piece))
    return (
        Cell(found.partnership.name, value=found.partnership.id),
        Cell(Field(found.field).title(dataset), value=found.field),
        Cell(value_words(found.field, found.value), value=found.value),
        Cell(
            "; ".join(f"{value} [{','.join(numbers)}]" for value, numbers in elsewhere.items()),
            value="; ".join(f"{e.supports}: {', '.join(filter(None, (e.reference, e.locator)))}" for e in against),
        ),
        Cell(str(found.grade)),
        Cell(found.departure or found.note or ""),
    )


def _disputed_data(dataset: Dataset, found: Explanation) -> Json:
    return {
        "partner": found.partnership.id,
        "field": found.field,
        "value": found.value,
        **support_data(dataset, found),
        "departure": {"published": found.printed, "reason": found.departure} if found.departs else None,
    }


def grades(dataset: Dataset, scope: Scope) -> Table:
    """How many cells of each partnership have each grade, with sums for those of Table 1 and for all that are shown."""
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


def values(dataset: Dataset, found: Sequence[Explanation]) -> Table:
    """Show values and how well each is supported, partner by partner."""
    names = list(dict.fromkeys(one.partnership.name for one in found))
    single = names[0] if len(names) == 1 else ""
    sections = (
        Section(tuple(_value_row(dataset, one) for one in run), "" if single else partnership.name)
        for partnership, run in groupby(found, lambda one: one.partnership)
    )
    return Table(
        title=f"{single or f'{len(names)} partners'}: what is recorded, and how well each value is supported",
        columns=(
            Column("partner", machine_only=True),
            Column("field"),
            Column("value", grows=True),
            Column("grade"),
        ),
        header=(headings("Field", "Value", "Grade"),),
        sections=tuple(sections),
        hints=(f"sdp explain {found[0].partnership.id if single else 'PARTNER'} FIELD shows the evidence of a value",),
        source=sourced("", dataset),
        wide=False,
        data=[
            {"partner": one.partnership.id, "field": one.field, "value": one.value, "grade": str(one.grade)}
            for one in found
        ],
    )


def _value_row(dataset: Dataset, one: Explanation) -> tuple[Cell, ...]:
    return (
        Cell(one.partnership.id),
        Cell(Field(one.field).title(dataset), value=one.field),
        Cell(value_words(one.field, one.value), value=one.value or ""),
        Cell(one.grade.words, value=str(one.grade), look=Look.WARNING if one.grade is Grade.CONTESTED else Look.PLAIN),
    )
