"""What can be listed, as tables; the last list is the time line, with lanes to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sdp_matrix.analysis.search import Gap
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.analysis.timeline import TimelineEntry
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Prospect, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, MechanismKind, MechanismStatus
from sdp_matrix.views.parts import (
    Sources,
    area_data,
    framed,
    headings,
    listing,
    mechanism_data,
    partner_data,
    record_data,
    reference_data,
    sourced,
    title_words,
)

_SIGNATURE, _MILESTONE, _BEFORE, _AFTER, _GAP = "●", "○", "┈", "━", "┊"
_LANE_WIDTH = 60
"""A lane has at most so many characters, so that it fits 80 columns with the name before it."""

_STEPS = (1, 3, 12)
"""Months to one character of a lane; the first that fits is taken."""

_PLACED = ("place", "reference", "locator", "note")


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


def timeline(dataset: Dataset, found: Sequence[TimelineEntry], scope: Scope, *, lanes: bool) -> Table:
    """What happened, in order; with `lanes`, first one row per partner on a common scale of time."""
    years = (
        Section(tuple(_row(one) for one in of_year), year) for year, of_year in groupby(found, lambda one: one.date[:4])
    )
    names = max((len(one.partnership.name) for one in found), default=0)
    drawn = Section(tuple(_lanes(found)), people_only=True, min_width=names + 1 + _LANE_WIDTH)
    table = Table(
        title="What happened when" if found else "Nothing is recorded",
        columns=(
            Column("date"),
            *(Column(name, machine_only=True) for name in ("partner", "event", "kind")),
            Column("happening", grows=True),
            *(Column(name, machine_only=True) for name in _PLACED),
        ),
        header=(),
        sections=(*([drawn] if lanes and found else []), *years),
        legend=((Cell(_SIGNATURE), "signed, adopted, announced or concluded"), (Cell(_MILESTONE), "milestone")),
        wide=False,
        data=[_data(one) for one in found],
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD,))


def _row(one: TimelineEntry) -> tuple[Cell, ...]:
    milestone = one.milestone
    sign = _MILESTONE if milestone else _SIGNATURE
    words = milestone.event.words if milestone else one.event
    told = f"{sign} {one.partnership.name}: {', '.join(filter(None, [words, one.place]))}"
    machine = (one.partnership.id, one.event, "milestone" if milestone else "partnership")
    cited = (milestone.reference, milestone.locator, milestone.note) if milestone else (None, None, None)
    return (
        Cell(dates.in_words(one.date), value=one.date, look=Look.MUTED),
        *map(Cell, machine),
        Cell(told, value=words, look=Look.PLAIN if milestone else Look.HEADING),
        *(Cell(text or "") for text in (one.place, *cited)),
    )


def _data(one: TimelineEntry) -> Json:
    milestone = one.milestone
    return {
        "date": one.date,
        "partner": one.partnership.id,
        "event": one.event,
        "kind": "milestone" if milestone else "partnership",
        "place": one.place,
        "reference": milestone.reference if milestone else None,
        "locator": milestone.locator if milestone else None,
        "note": milestone.note if milestone else None,
    }


def _lanes(found: Sequence[TimelineEntry]) -> Iterable[tuple[Cell, ...]]:
    """The scale, then a lane a partner in order of its first partnership date; no blank, so that nothing is wrapped."""
    slots = _slots(found)
    yield _lane("", _scale(slots))
    partners = {one.partnership.id: one.partnership for one in found}
    for partner in sorted(partners.values(), key=lambda p: p.order_key):
        yield _lane(partner.name, _drawn([one for one in found if one.partnership is partner], slots))


def _lane(name: str, lane: str) -> tuple[Cell, ...]:
    return (Cell(name), *[Cell()] * 3, Cell(lane), *[Cell()] * len(_PLACED))


def _slots(found: Sequence[TimelineEntry]) -> list[str]:
    """The characters of a lane, each a month, quarter or year: its first month, or nothing where years are left out."""
    years = sorted({int(one.date[:4]) for one in found})
    for step in _STEPS:
        slots: list[str] = []
        for before, year in zip([None, *years], years, strict=False):
            slots += [""] * (before is not None and year > before + 1)
            slots += [f"{year}-{month:02}" for month in range(1, 13, step)]
        if len(slots) <= _LANE_WIDTH:
            break
    return slots


def _slot(day: str, slots: Sequence[str]) -> int:
    """Where a date stands: a month or year without a day stands where it begins."""
    return max(index for index, slot in enumerate(slots) if slot and slot <= max(day[:7], f"{day[:4]}-01"))


def _scale(slots: Sequence[str]) -> str:
    """Years, each where it begins."""
    line = "".join(_BEFORE if slot else _GAP for slot in slots)
    for index, slot in enumerate(slots):
        year = slot.removesuffix("-01")
        if year != slot and line[index:].startswith(_BEFORE * len(year)):
            line = line[:index] + year + line[index + len(year) :]
    return line


def _drawn(happenings: Sequence[TimelineEntry], slots: Sequence[str]) -> str:
    """One lane: dotted before the partnership, a line from it on."""
    line = [_GAP if not slot else _BEFORE for slot in slots]
    signed = [_slot(one.date, slots) for one in happenings if not one.milestone]
    for index in range(signed[0], len(slots)) if signed else ():
        line[index] = _AFTER if slots[index] else _GAP
    for one in sorted(happenings, key=lambda one: one.milestone is None):
        line[_slot(one.date, slots)] = _MILESTONE if one.milestone else _SIGNATURE
    return "".join(line)
