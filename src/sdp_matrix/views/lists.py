"""What can be listed or searched for, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from sdp_matrix.analysis import search
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.scope import Scope
from sdp_matrix.analysis.search import Condition, Gap, SearchResult, TimelineEntry
from sdp_matrix.files.git_history import EditionRevision
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, MechanismKind, MechanismStatus
from sdp_matrix.views import parts
from sdp_matrix.views.parts import Line, counted, framed, ids, listing, machine, record_data

_PARTNER = (Column("id"), Column("iso", heading="ISO"), Column("date"), Column("act"))  # before other columns
_SIGNATURE, _MILESTONE = "●", "○"  # letters of ASCII on a terminal without them

_EVENTS = (
    Column("date", heading=parts.BLANK),
    *machine("partner", "event", "kind"),
    Column("happening", grows=True, heading=parts.BLANK),
    *machine("place", "reference", "locator", "note"),
)


def partners(dataset: Dataset, scope: Scope) -> Table:
    """Return partnerships in order of date."""
    in_table = {p.id for p in dataset.in_table}
    lines = [
        Line(parts.partner_data(p), {"in_table_1": "yes" if p.id in in_table else "no"})
        for p in dataset.partnerships
        if p in scope.partnerships
    ]
    columns = (*_PARTNER, Column("in_table_1", heading="In Table 1"), Column("name", grows=True))
    return framed(dataset, listing("Partnerships, in order of date", columns, lines), scope, fields=(DATE_FIELD,))


def search_result(dataset: Dataset, result: SearchResult) -> Table:
    """Return the partnerships that fulfil a condition."""
    records = [parts.partner_data(p) for p in result.partnerships]
    columns = (*_PARTNER, Column("name", grows=True))
    return _search_table(dataset, result, columns, map(Line, records), {"partners": records})


def cells(dataset: Dataset, result: SearchResult) -> Table:
    """Return the cells that a condition is about."""
    lines, records = list[Line](), list[Json]()
    for cell in search.cells(dataset, result):
        area = cell.area
        record: dict[str, Json] = {"partner": cell.partnership.id, "area": area.id, "number": area.number}
        record |= {"status": cell.status, "grade": cell.grade}
        shown = {"area": Cell(area.title, short=area.label, value=area.title)}
        records.append(record)
        lines.append(Line({**record, "name": cell.partnership.name, "area_id": area.id}, shown))
    columns = (*machine("partner"), Column("name", heading="Partner"), *parts.AREA, Column("status"), Column("grade"))
    count = f"{counted(len(lines), 'cell') if lines else 'No cells'}; "
    return _search_table(dataset, result, columns, lines, {"cells": records}, count)


def _search_table(
    dataset: Dataset,
    result: SearchResult,
    columns: Iterable[Column],
    lines: Iterable[Line],
    records: Mapping[str, Json],
    count: str = "",
) -> Table:
    condition = search.words(dataset, result.condition)
    title = f"{count}{len(result.partnerships) or 'None'} of {len(result.asked)} partnerships"
    undecided = ", ".join(f"{p.name} ({dates.in_words(p.date.value)})" for p in result.undecided)
    # what the condition does not name is left out
    named = {field.name: value for field in fields(Condition) if (value := getattr(result.condition, field.name))}
    data = {
        "condition": {name: value if isinstance(value, tuple) else str(value) for name, value in named.items()},
        **ids(result, "asked", "undecided", "newer"),
        **records,
    }
    remarks = (f"Not known for {undecided}.",) if undecided else ()
    table = listing(f"{title}: {condition}" if condition else title, columns, lines, data, remarks=remarks)
    return framed(dataset, table, result.scope, newer=result.newer)


def areas(dataset: Dataset) -> Table:
    """Return all areas in row order."""
    lines = [Line(record_data(a, "number", "id", "title", "label", "aliases")) for a in dataset.areas]
    columns = (Column("number"), Column("id"), Column("aliases"), Column("title", grows=True))
    return framed(dataset, listing("Areas of cooperation", columns, lines))


def groups(dataset: Dataset) -> Table:
    """Return all groups with their members."""
    lines = [
        Line({**record_data(g, "id", "title", "reference"), "members": [p.id for p in dataset.members(g.id)]})
        for g in dataset.groups
    ]
    columns = (Column("id"), Column("title"), Column("members", grows=True))
    return framed(dataset, listing("Groups of partners", columns, lines))


def mechanisms(dataset: Dataset, scope: Scope) -> Table:
    """Return the mechanisms of each partnership: a row per partner, a column per kind."""
    ordered = [p for p in dataset.partnerships if p in scope.partnerships]
    lines = []
    for p in ordered:
        statuses = {kind: {m.status for m in p.mechanisms if m.kind is kind} for kind in MechanismKind}
        shown = {str(kind): ", ".join(s.words for s in MechanismStatus if s in of) for kind, of in statuses.items()}
        lines.append(Line({"partner": p.id}, {"partner": p.name, **shown}))
    columns = (Column("partner"), *(Column(kind, heading=kind.words) for kind in MechanismKind))
    data = {p.id: [m.model_dump(mode="json") for m in p.mechanisms] for p in ordered}
    remark = "Absent means not recorded; a mechanism may still exist. 'sdp show PARTNER' has details and sources."
    table = listing("Mechanisms beside the areas, by partner", columns, lines, data, remarks=(remark,))
    return framed(dataset, table, scope, fields=())


def references(dataset: Dataset, cited: Iterable[Reference] | None = None) -> Table:
    """Return the references cited, else all; people see publisher and title together, as a link to the address."""
    lines = [
        Line(
            parts.reference_data(dataset, r),
            {"title": Cell(f"{r.publisher}: {parts.title_words(r)}", value=parts.title_words(r), link=r.url)},
        )
        for r in (dataset.references if cited is None else cited)
    ]
    title = Column("title", grows=True, heading="Reference")
    columns = (*map(Column, ("id", "date", "standing")), *machine("kind", "publisher"), title, *machine("url"))
    hint = "sdp show ID gives the address of a reference, and every value that it supports or contradicts"
    return framed(dataset, listing("References", columns, lines, hints=(hint,)))


def statements(dataset: Dataset) -> Table:
    """Return the published statements: ids, sources and paraphrases."""
    lines = [Line(record_data(s, "id", "reference", "paraphrase")) for s in dataset.statements]
    columns = (Column("id"), Column("reference"), Column("paraphrase", grows=True, heading="Statement"))
    return framed(dataset, listing("Published statements; 'sdp factcheck ID' checks one", columns, lines))


def prospects(dataset: Dataset) -> Table:
    """Return the countries without a partnership, each with the steps towards it."""
    sources = parts.Sources()
    lines = [
        Line(
            {"id": p.id, **step.model_dump(mode="json")},
            {
                "id": Cell("" if later else p.name, value=p.id),  # people see each country once
                "stage": step.stage.words,
                "note": Cell(step.note or "", notes=(sources.number(step),)),
            },
        )
        for p in dataset.prospects
        for later, step in enumerate(p.steps)
    ]
    country, details = Column("id", heading="Country"), Column("note", grows=True, heading="Details")
    columns = (country, Column("stage"), Column("date"), details, *machine("reference", "locator"))
    title = "Partnerships under discussion or called for"
    data = [p.model_dump(mode="json") for p in dataset.prospects]
    return framed(dataset, listing(title, columns, lines, data, notes=sources.notes(dataset)))


def editions(revisions: Sequence[EditionRevision]) -> Table:
    """Return the editions in the history of the data, the newest first."""
    lines = [
        Line({"version": e.version, "date": e.date, "revision": e.commit}, {"revision": e.commit[:9]})
        for e in revisions
    ]
    columns = (Column("version"), Column("date"), Column("revision", heading="Newest revision"))
    hints = ("'sdp changes VERSION' lists what has changed since an edition",) if lines else ()
    return listing("Editions of the data", columns, lines, hints=hints)


def gaps(dataset: Dataset, gaps: Listing[Gap]) -> Table:
    """Return what is not coded yet, partner by partner."""
    areas = {area.id: f"{area.number} {area.label}" for area in dataset.areas}
    lines = [
        Line(
            {"partner": gap.partnership.id, "missing": str(gap.missing), "fields": list(gap.fields)},
            {
                "missing": gap.missing.meaning + (f" ({len(gap.fields)})" if len(gap.fields) > 1 else ""),
                "fields": Cell(", ".join(areas.get(f, f) for f in gap.fields), value="; ".join(gap.fields)),
            },
            gap.partnership.name,
        )
        for gap in gaps
    ]
    title = f"{counted(sum(len(gap.fields) for gap in gaps), 'value')} not coded yet" if gaps else "Everything is coded"
    columns = (*machine("partner"), Column("missing"), Column("fields", grows=True))
    return framed(dataset, listing(title, columns, lines), gaps.scope, fields=())


def timeline(dataset: Dataset, entries: Listing[TimelineEntry]) -> Table:
    """Return signatures and milestones in order of date, with a section for each year."""
    title = "Signatures and milestones by date" if entries else "Nothing is recorded"
    legend = ((Cell(_SIGNATURE), "signed, adopted, announced or concluded"), (Cell(_MILESTONE), "milestone"))
    table = listing(title, _EVENTS, map(_event, entries), legend=legend)
    return framed(dataset, table, entries.scope, fields=(DATE_FIELD,))


def _event(entry: TimelineEntry) -> Line:
    sign, look = (_MILESTONE, Look.PLAIN) if entry.milestone else (_SIGNATURE, Look.HEADING)
    words = entry.milestone.event.words if entry.milestone else entry.event
    text = f"{sign} {entry.partnership.name}: {', '.join(filter(None, [words, entry.place]))}"
    return Line(
        {
            "date": entry.date,
            "partner": entry.partnership.id,
            "event": entry.event,
            "kind": "milestone" if entry.milestone else "partnership",
            "place": entry.place,
            **{name: getattr(entry.milestone, name, None) for name in ("reference", "locator", "note")},
        },
        {"happening": Cell(text, value=words, look=look)},
        entry.date[:4],
    )
