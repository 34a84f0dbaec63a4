"""What can be listed, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sdp_matrix.analysis.search import Gap
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area, Prospect, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, MechanismKind, MechanismStatus
from sdp_matrix.views import marks
from sdp_matrix.views.frame import framed
from sdp_matrix.views.partnership import mechanism_data
from sdp_matrix.views.parts import (
    Sources,
    area_data,
    headings,
    listing,
    partner_data,
    record_data,
    reference_data,
    sourced,
    title_words,
)


def partners(dataset: Dataset, scope: Scope) -> Table:
    """Partnerships in order of date."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    in_table = {p.id for p in dataset.in_table}
    rows = [
        (p.id, p.iso or "", p.date.text, str(p.act.value), "yes" if p.id in in_table else "no", p.name) for p in ordered
    ]
    data: list[Json] = [partner_data(p) for p in ordered]
    columns = ("Id", "ISO", "Date", "Act", "In Table 1", "Name")
    return framed(dataset, listing("Partnerships, in order of date", columns, rows, data), scope, fields=(DATE_FIELD,))


def areas(dataset: Dataset) -> Table:
    """All areas in row order."""
    rows = [(a.number, a.id, ", ".join(a.aliases), a.title) for a in dataset.areas]
    data: list[Json] = [{**area_data(a), "label": a.label, "aliases": list(a.aliases)} for a in dataset.areas]
    return listing(
        "Areas of cooperation", ("Number", "Id", "Aliases", "Title"), rows, data, source=sourced("", dataset)
    )


def groups(dataset: Dataset) -> Table:
    """All groups with their members."""
    rows = [(g.id, g.title, ", ".join(p.id for p in dataset.members(g.id))) for g in dataset.groups]
    data: list[Json] = [
        {
            "id": g.id,
            "title": g.title,
            "reference": g.reference,
            "members": [p.id for p in dataset.members(g.id)],
        }
        for g in dataset.groups
    ]
    return listing("Groups of partners", ("Id", "Title", "Members"), rows, data, source=sourced("", dataset))


def mechanisms(dataset: Dataset, scope: Scope) -> Table:
    """Return the mechanisms recorded of each partnership: one row per partner, one column per kind."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    rows = tuple((Cell(p.name, value=p.id), *(Cell(_statuses(p, kind)) for kind in MechanismKind)) for p in ordered)
    table = Table(
        title="Mechanisms beside the areas, by partner",
        columns=(Column("partner"), *(Column(str(kind)) for kind in MechanismKind)),
        header=(headings("Partner", *(kind.words for kind in MechanismKind)),),
        sections=(Section(rows),),
        remarks=("Absent means not recorded, and may be there. 'sdp show PARTNER' has details and sources.",),
        wide=False,
        data={p.id: [mechanism_data(m) for m in p.mechanisms] for p in ordered},
    )
    return framed(dataset, table, scope, fields=())


def _statuses(partnership: Partnership, kind: MechanismKind) -> str:
    """Return how far the mechanisms of a kind have come, each status once."""
    recorded = {m.status for m in partnership.mechanisms if m.kind is kind}
    return ", ".join(status.words for status in MechanismStatus if status in recorded)


def references(dataset: Dataset, found: Iterable[Reference] | None = None) -> Table:
    """References, all if none are given; people see publisher and title together, as a link to the address."""
    listed = dataset.references if found is None else tuple(found)
    rows = tuple(
        (
            Cell(r.id),
            Cell(dates.in_words(r.date).replace(" ", "\u00a0"), value=r.date),
            Cell(r.standing.value),
            Cell(r.kind.value),
            Cell(r.publisher),
            Cell(f"{r.publisher}: {title_words(r)}", value=title_words(r), link=r.url),
            Cell(r.url or ""),
        )
        for r in listed
    )
    return Table(
        title="References",
        columns=(
            Column("id"),
            Column("date"),
            Column("standing"),
            *(Column(name, machine_only=True) for name in ("kind", "publisher")),
            Column("title", grows=True),
            Column("url", machine_only=True),
        ),
        header=(headings("Id", "Date", "Standing", "Reference"),),
        sections=(Section(rows),),
        hints=("sdp show ID gives the address of a reference, and every value that it speaks for or against",),
        source=sourced("", dataset),
        data=[reference_data(dataset, r) for r in listed],
    )


def statements(dataset: Dataset) -> Table:
    """Return the published statements on record: their ids, who says it and what."""
    rows = tuple((Cell(s.id), Cell(s.reference), Cell(s.paraphrase)) for s in dataset.statements)
    return Table(
        title="Published statements; 'sdp factcheck ID' checks one",
        columns=(Column("id"), Column("reference"), Column("paraphrase", grows=True)),
        header=(headings("Id", "Reference", "Statement"),),
        sections=(Section(rows),),
        source=sourced("", dataset),
        wide=False,
        data=[{"id": s.id, "reference": s.reference, "paraphrase": s.paraphrase} for s in dataset.statements],
    )


def prospects(dataset: Dataset) -> Table:
    """Countries without a partnership that talk or are talked about."""
    sources = Sources()
    rows = tuple(
        (
            Cell("" if later else p.name, value=p.id),
            Cell(step.stage.words, value=str(step.stage)),
            Cell(dates.in_words(step.date), value=step.date),
            Cell(step.note or "", notes=(sources.number(step),)),
            Cell(step.reference),
            Cell(step.locator or ""),
        )
        for p in dataset.prospects
        for later, step in enumerate(p.steps)
    )
    return Table(
        title="Under discussion or called for; none of them has a partnership",
        columns=(
            Column("id"),
            Column("stage"),
            Column("date"),
            Column("note", grows=True),
            Column("reference", machine_only=True),
            Column("locator", machine_only=True),
        ),
        header=(headings("Country", "Stage", "Date", "Details"),),
        sections=(Section(rows),),
        notes=sources.notes(dataset),
        source=sourced("", dataset),
        wide=False,
        data=[_prospect_data(p) for p in dataset.prospects],
    )


def _prospect_data(prospect: Prospect) -> Json:
    return {
        "id": prospect.id,
        "name": prospect.name,
        "iso": prospect.iso,
        "steps": [record_data(step, "date", "stage", "reference", "locator", "note") for step in prospect.steps],
    }


def gaps(dataset: Dataset, found: Sequence[Gap], scope: Scope) -> Table:
    """What is not coded yet, partner by partner."""
    sections = tuple(
        Section(tuple(_gap(dataset, gap) for gap in run), partnership.name)
        for partnership, run in groupby(found, lambda gap: gap.partnership)
    )
    table = Table(
        title=f"{sum(len(gap.fields) for gap in found)} values are not coded yet" if found else "Everything is coded",
        columns=(
            Column("partner", machine_only=True),
            Column("missing"),
            Column("fields", grows=True),
        ),
        header=(),
        sections=sections,
        wide=False,
        data=[{"partner": g.partnership.id, "missing": str(g.missing), "fields": list(g.fields)} for g in found],
    )
    return framed(dataset, table, scope, fields=())


def _gap(dataset: Dataset, gap: Gap) -> tuple[Cell, ...]:
    areas = {area.id: f"{area.number} {area.label}" for area in dataset.areas}
    shown = ", ".join(areas.get(field, field) for field in gap.fields)
    count = f" ({len(gap.fields)})" if len(gap.fields) > 1 else ""
    return (
        Cell(gap.partnership.id),
        Cell(gap.missing.words + count, value=str(gap.missing)),
        Cell(shown, value="; ".join(gap.fields)),
    )


def area(dataset: Dataset, found: Area, scope: Scope) -> Table:
    """Show the status of one area with each partner, and its definition."""
    rows = tuple(
        (
            Cell(p.id),
            Cell(p.name),
            Cell(dates.in_words(p.date.value), value=p.date.text),
            marks.words(p.status(found.id)),
        )
        for p in scope.partnerships
    )
    present = [p.status(found.id).present for p in scope.partnerships]
    unknown = f", {present.count(None)} unknown" if None in present else ""
    table = Table(
        title=f"{found.number} {found.title}",
        columns=(
            Column("partner", machine_only=True),
            Column("name"),
            Column("date", align="right"),
            Column("status"),
        ),
        header=(headings("Partner", "Date", "Status"),),
        sections=(Section(rows),),
        remarks=(
            f"Present in {present.count(True)} of {len(present)} partnerships{unknown}.",
            *((found.definition,) if found.definition else ()),
        ),
        wide=False,
        data={
            **area_data(found),
            "definition": found.definition,
            "coverage": {p.id: str(p.status(found.id)) for p in scope.partnerships},
        },
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD, found.id))
