"""One partnership, area or reference, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby

from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Mention, Testimony
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Headings, Mechanism, OtherTopic, Partnership, Signatory
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, Status
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import (
    FACT,
    Cited,
    Sources,
    about,
    area_data,
    facts,
    framed,
    groups_of,
    headings,
    machine,
    mechanism_data,
    partner_data,
    record_data,
    reference_data,
    row,
    sourced,
    status_words,
    title_words,
)

_TESTIMONY = (
    *machine("partner"),
    *(Column(name, grows=True) for name in ("field", "value", "supports")),
    Column("stance"),
    *machine("locator", "note"),
)

_MECHANISMS = "Mechanisms beside the areas (absent means not recorded)"


def partnership(dataset: Dataset, partnership: Partnership, as_of: date | None = None) -> Table:
    """Return one partnership: what it is, who signed, groups, milestones and coverage, with numbered sources."""
    sources = Sources()
    sections = [
        facts(_about(dataset, partnership)),
        _cited(sources, "Signatories", [(s.party, _signatory(s), s) for s in partnership.signatories]),
        _cited(
            sources,
            "Milestones",
            [(dates.in_words(m.date), _milestone(m.event.words, m.place, m.note), m) for m in partnership.milestones],
        ),
        _cited(sources, _MECHANISMS, [(m.kind.words, mechanism_words(m), m) for m in partnership.mechanisms]),
        *_coverage_sections(dataset, partnership, known=True),
        _cited(sources, "Topics without a row in the table", [("·", _topic(t), t) for t in partnership.other_topics]),
        *_coverage_sections(dataset, partnership, known=False),
        *([_headings(sources, partnership.headings)] if partnership.headings else []),
    ]
    table = Table(
        title=partnership.title_words,
        columns=FACT,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        notes=sources.notes(dataset),
        wide=False,
        data=partnership_data(partnership),
    )
    return framed(dataset, table, Scope((partnership,), dataset.areas, (), as_of))


def _cited(sources: Sources, title: str, facts: Iterable[tuple[str, str, Cited]]) -> Section:
    """Return facts, each with the number of its source."""
    rows = ((Cell(label, look=Look.MUTED), Cell(text, notes=(sources.number(by),))) for label, text, by in facts)
    return Section(tuple(rows), title)


def _about(dataset: Dataset, partnership: Partnership) -> list[tuple[str, str]]:
    groups = groups_of(dataset, partnership)
    return [
        ("Partner", f"{partnership.name} ({partnership.iso})" if partnership.iso else partnership.name),
        ("Id", partnership.id),
        ("Date", f"{dates.in_words(partnership.date.value)} ({partnership.act.value})"),
        ("Place", partnership.place.value if partnership.place else "not recorded"),
        ("Occasion", partnership.occasion.value if partnership.occasion else "not recorded"),
        ("Groups", ", ".join(groups) or "none"),
        *[(f"Note on the {field}", note) for field, note in _notes(partnership)],
    ]


def _notes(partnership: Partnership) -> list[tuple[str, str]]:
    departure = partnership.date.departure
    sourced = (("act", partnership.act.note), ("date", departure), ("date", partnership.date.note))
    return [(field, note) for field, note in sourced if note]


def _signatory(signatory: Signatory) -> str:
    return ", ".join(part for part in (signatory.name, signatory.office) if part)


def _milestone(event: str, place: str | None, note: str | None) -> str:
    return ", ".join(part for part in (event, place) if part) + (f": {note}" if note else "")


def mechanism_words(mechanism: Mechanism) -> str:
    """Return how far a mechanism has come, since when, and its details."""
    since = f" since {dates.in_words(mechanism.since)}" if mechanism.since else ""
    return f"{mechanism.status.words}{since}" + (f": {mechanism.detail}" if mechanism.detail else "")


def _topic(topic: OtherTopic) -> str:
    return topic.topic.words + (" (an aim before the signature)" if topic.planned else "")


def _headings(sources: Sources, headings: Headings) -> Section:
    """Return the areas as the text of the partnership lists them."""
    listed = [(str(number), heading.title, headings) for number, heading in enumerate(headings.items, 1)]
    seen = f"{len(listed)} of " if listed and len(listed) != headings.count else ""
    return _cited(
        sources,
        f"Headings of the text ({seen}{headings.count})",
        listed or [("·", "only their number is on record", headings)],
    )


def _coverage_sections(dataset: Dataset, partnership: Partnership, *, known: bool) -> Iterable[Section]:
    """Return the areas by status: what is known, or what is not."""
    for status in Status:
        areas = [a for a in dataset.areas if partnership.status(a.id) is status]
        if areas and (status is not Status.UNKNOWN) is known:
            rows = tuple((Cell(str(a.number), look=Look.MUTED), Cell(a.title)) for a in areas)
            yield Section(rows, f"{status.words.capitalize()} ({len(areas)} of {len(dataset.areas)} areas)")


def partnership_data(partnership: Partnership) -> Json:
    """Return a whole partnership in the shape of docs/json.md."""
    return {
        **partner_data(partnership),
        "title": partnership.title.value if partnership.title else None,
        "aliases": list(partnership.aliases),
        "place": partnership.place.value if partnership.place else None,
        "occasion": partnership.occasion.value if partnership.occasion else None,
        "signatories": [
            {**record_data(s, "party", "name", "office", "reference"), "established": s.established}
            for s in partnership.signatories
        ],
        "milestones": [record_data(m, "date", "event", "place", "reference", "note") for m in partnership.milestones],
        "mechanisms": [mechanism_data(m) for m in partnership.mechanisms],
        "other_topics": [record_data(t, "topic", "planned", "reference") for t in partnership.other_topics],
        "headings": _headings_data(partnership.headings) if partnership.headings else None,
        "coverage": {
            area: record_data(c, "status", "departure", "note", "evidence") for area, c in partnership.coverage.items()
        },
    }


def _headings_data(headings: Headings) -> Json:
    items = [heading.title for heading in headings.items]
    return {**record_data(headings, "basis", "count", "reference", "locator"), "items": items}


def area(dataset: Dataset, area: Area, scope: Scope) -> Table:
    """Show the status of one area with each partner, and its definition."""
    rows = tuple(
        (
            Cell(p.id),
            Cell(p.name),
            Cell(dates.in_words(p.date.value), value=p.date.text),
            status_words(p.status(area.id)),
        )
        for p in scope.partnerships
    )
    present = [p.status(area.id).present for p in scope.partnerships]
    unknown = f", {present.count(None)} unknown" if None in present else ""
    table = Table(
        title=f"{area.number} {area.title}",
        columns=(*machine("partner"), Column("name"), Column("date", align="right"), Column("status")),
        header=(headings("Partner", "Date", "Status"),),
        sections=(Section(rows),),
        remarks=(
            f"Present in {present.count(True)} of {len(present)} partnerships{unknown}.",
            *((area.definition,) if area.definition else ()),
        ),
        wide=False,
        data={
            **area_data(area),
            "definition": area.definition,
            "coverage": {p.id: str(p.status(area.id)) for p in scope.partnerships},
        },
    )
    return framed(dataset, table, scope, fields=(DATE_FIELD, area.id))


def reference(
    dataset: Dataset, reference: Reference, testimonies: Sequence[Testimony], mentions: Sequence[Mention]
) -> Table:
    """Show what a reference is, what it says on each value, and what it is cited for besides."""
    return Table(
        title=title_words(reference),
        columns=_TESTIMONY,
        header=(headings("Value", "Ours", "Supports", "Stance"),) if testimonies else (),
        sections=tuple(
            Section(tuple(_testimony_row(dataset, testimony) for testimony in run), partnership.name)
            for partnership, run in groupby(testimonies, lambda testimony: testimony.partnership)
        )
        + _mentions(mentions),
        remarks=_about_reference(dataset, reference),
        source=sourced("", dataset),
        wide=False,
        data={
            **reference_data(dataset, reference),
            "values": [_testimony_data(testimony) for testimony in testimonies],
            "mentions": [asdict(mention) for mention in mentions],
        },
    )


def _mentions(mentions: Sequence[Mention]) -> tuple[Section, ...]:
    """Return rows for people: csv has the values, to which all its columns belong."""
    rows = tuple(row(_TESTIMONY, partner=mention.id, field=mention.name, value=mention.words) for mention in mentions)
    return (Section(rows, "Cited besides for", people_only=True),) if rows else ()


def _about_reference(dataset: Dataset, reference: Reference) -> tuple[str, ...]:
    parts = (
        f"{reference.publisher}, {dates.in_words(reference.date)} ({reference.kind.replace('-', ' ')}).",
        f"Standing: {about(dataset, reference)}",
        reference.note or "",
    )
    return tuple(filter(None, parts))


def _testimony_row(dataset: Dataset, testimony: Testimony) -> tuple[Cell, ...]:
    partnership, field, evidence = testimony.partnership, testimony.field, testimony.evidence
    return (
        Cell(partnership.id),
        Cell(Field(field).title(dataset), value=field),
        Cell(value_words(field, testimony.value), value=testimony.value),
        Cell(value_words(field, evidence.supports), value=evidence.supports),
        Cell(testimony.stance.value, look=Look.WARNING if testimony.stance == "against" else Look.PLAIN),
        Cell(evidence.locator or ""),
        Cell(evidence.note or ""),
    )


def _testimony_data(testimony: Testimony) -> Json:
    return {
        "partner": testimony.partnership.id,
        "field": testimony.field,
        "value": testimony.value,
        "supports": testimony.evidence.supports,
        "stance": str(testimony.stance),
        **record_data(testimony.evidence, "locator", "note"),
    }
