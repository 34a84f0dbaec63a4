"""What can be listed, as tables; the last list is the time line, with lanes to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sdp_matrix.analysis.search import Gap, TimelineEntry
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, MechanismKind, MechanismStatus
from sdp_matrix.views.parts import (
    Sources,
    area_data,
    framed,
    headings,
    listing,
    machine,
    mechanism_data,
    partner_data,
    record_data,
    reference_data,
    row,
    sourced,
    title_words,
)

_SIGNATURE, _MILESTONE, _BEFORE, _AFTER, _GAP = "●", "○", "┈", "━", "┊"
_LANE_WIDTH = 60
"""A lane has at most so many characters, so that it fits 80 columns with the name before it."""

_STEPS = (1, 3, 12)
"""Months to one character of a lane; the first that fits is taken."""

_HAPPENINGS = (
    Column("date"),
    *machine("partner", "event", "kind"),
    Column("happening", grows=True),
    *machine("place", "reference", "locator", "note"),
)


def partners(dataset: Dataset, scope: Scope) -> Table:
    """Return partnerships in order of date."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    in_table = {p.id for p in dataset.in_table}
    rows = [
        (p.id, p.iso or "", p.date.text, str(p.act.value), "yes" if p.id in in_table else "no", p.name) for p in ordered
    ]
    data: list[Json] = [partner_data(p) for p in ordered]
    columns = ("Id", "ISO", "Date", "Act", "In Table 1", "Name")
    return framed(dataset, listing("Partnerships, in order of date", columns, rows, data), scope, fields=(DATE_FIELD,))


def areas(dataset: Dataset) -> Table:
    """Return all areas in row order."""
    rows = [(a.number, a.id, ", ".join(a.aliases), a.title) for a in dataset.areas]
    data: list[Json] = [{**area_data(a), "label": a.label, "aliases": list(a.aliases)} for a in dataset.areas]
    return listing(
        "Areas of cooperation", ("Number", "Id", "Aliases", "Title"), rows, data, source=sourced("", dataset)
    )


def groups(dataset: Dataset) -> Table:
    """Return all groups with their members."""
    rows = [(g.id, g.title, ", ".join(p.id for p in dataset.members(g.id))) for g in dataset.groups]
    data: list[Json] = [
        {**record_data(g, "id", "title", "reference"), "members": [p.id for p in dataset.members(g.id)]}
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


def references(dataset: Dataset, cited: Iterable[Reference] | None = None) -> Table:
    """Return references, all if none are given; people see publisher and title together, as a link to the address."""
    listed = dataset.references if cited is None else tuple(cited)
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
            *machine("kind", "publisher"),
            Column("title", grows=True),
            *machine("url"),
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
        data=[record_data(s, "id", "reference", "paraphrase") for s in dataset.statements],
    )


def prospects(dataset: Dataset) -> Table:
    """Return countries without a partnership that talk or are talked about."""
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
            *machine("reference", "locator"),
        ),
        header=(headings("Country", "Stage", "Date", "Details"),),
        sections=(Section(rows),),
        notes=sources.notes(dataset),
        source=sourced("", dataset),
        wide=False,
        data=[
            {
                **record_data(p, "id", "name", "iso"),
                "steps": [record_data(step, "date", "stage", "reference", "locator", "note") for step in p.steps],
            }
            for p in dataset.prospects
        ],
    )


def gaps(dataset: Dataset, gaps: Sequence[Gap], scope: Scope) -> Table:
    """Return what is not coded yet, partner by partner."""
    sections = tuple(
        Section(tuple(_gap(dataset, gap) for gap in run), partnership.name)
        for partnership, run in groupby(gaps, lambda gap: gap.partnership)
    )
    table = Table(
        title=f"{sum(len(gap.fields) for gap in gaps)} values are not coded yet" if gaps else "Everything is coded",
        columns=(*machine("partner"), Column("missing"), Column("fields", grows=True)),
        header=(),
        sections=sections,
        wide=False,
        data=[{"partner": g.partnership.id, "missing": str(g.missing), "fields": list(g.fields)} for g in gaps],
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


def timeline(dataset: Dataset, entries: Sequence[TimelineEntry], scope: Scope, *, lanes: bool) -> Table:
    """Return what happened, in order; with `lanes`, first one row per partner on a common scale of time."""
    years = (
        Section(tuple(_entry_row(entry) for entry in of_year), year)
        for year, of_year in groupby(entries, lambda entry: entry.date[:4])
    )
    names = max((len(entry.partnership.name) for entry in entries), default=0)
    drawn = Section(tuple(_lanes(entries)), people_only=True, min_width=names + 1 + _LANE_WIDTH)
    table = Table(
        title="What happened when" if entries else "Nothing is recorded",
        columns=_HAPPENINGS,
        header=(),
        sections=(*([drawn] if lanes and entries else []), *years),
        legend=((Cell(_SIGNATURE), "signed, adopted, announced or concluded"), (Cell(_MILESTONE), "milestone")),
        wide=False,
        data=[_entry_data(entry) for entry in entries],
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD,))


def _entry_row(entry: TimelineEntry) -> tuple[Cell, ...]:
    sign, look = (_MILESTONE, Look.PLAIN) if entry.milestone else (_SIGNATURE, Look.HEADING)
    words = entry.milestone.event.words if entry.milestone else entry.event
    text = f"{sign} {entry.partnership.name}: {', '.join(filter(None, [words, entry.place]))}"
    cells: dict[str, Cell | str | None] = {
        **_entry_data(entry),
        "date": Cell(dates.in_words(entry.date), value=entry.date, look=Look.MUTED),
        "happening": Cell(text, value=words, look=look),
    }
    return row(_HAPPENINGS, **cells)


def _entry_data(entry: TimelineEntry) -> dict[str, str | None]:
    return {
        "date": entry.date,
        "partner": entry.partnership.id,
        "event": entry.event,
        "kind": "milestone" if entry.milestone else "partnership",
        "place": entry.place,
        **{name: getattr(entry.milestone, name, None) for name in ("reference", "locator", "note")},
    }


def _lanes(entries: Sequence[TimelineEntry]) -> Iterable[tuple[Cell, ...]]:
    """Return the scale, then a lane per partner in order of date; no blank, so that nothing is wrapped."""
    slots = _slots(entries)
    yield _lane("", _scale(slots))
    partners = {entry.partnership.id: entry.partnership for entry in entries}
    for partner in sorted(partners.values(), key=lambda p: p.order_key):
        yield _lane(partner.name, _drawn([entry for entry in entries if entry.partnership is partner], slots))


def _lane(name: str, lane: str) -> tuple[Cell, ...]:
    return row(_HAPPENINGS, date=name, happening=lane)


def _slots(entries: Sequence[TimelineEntry]) -> list[str]:
    """Return the month with which each character of a lane begins; an empty one where years are left out."""
    years = sorted({int(entry.date[:4]) for entry in entries})
    for step in _STEPS:
        slots: list[str] = []
        for before, year in zip([None, *years], years, strict=False):
            slots += [""] * (before is not None and year > before + 1)
            slots += [f"{year}-{month:02}" for month in range(1, 13, step)]
        if len(slots) <= _LANE_WIDTH:
            break
    return slots


def _slot(day: str, slots: Sequence[str]) -> int:
    """Return where a date stands: a month or year without a day stands where it begins."""
    return max(index for index, slot in enumerate(slots) if slot and slot <= max(day[:7], f"{day[:4]}-01"))


def _scale(slots: Sequence[str]) -> str:
    """Return years, each where it begins."""
    line = "".join(_BEFORE if slot else _GAP for slot in slots)
    for index, slot in enumerate(slots):
        year = slot.removesuffix("-01")
        if year != slot and line[index:].startswith(_BEFORE * len(year)):
            line = line[:index] + year + line[index + len(year) :]
    return line


def _drawn(happenings: Sequence[TimelineEntry], slots: Sequence[str]) -> str:
    """Return one lane: dotted before the partnership, a line from it on."""
    line = [_GAP if not slot else _BEFORE for slot in slots]
    signed = [_slot(entry.date, slots) for entry in happenings if not entry.milestone]
    for index in range(signed[0], len(slots)) if signed else ():
        line[index] = _AFTER if slots[index] else _GAP
    for entry in sorted(happenings, key=lambda entry: entry.milestone is None):
        line[_slot(entry.date, slots)] = _MILESTONE if entry.milestone else _SIGNATURE
    return "".join(line)
