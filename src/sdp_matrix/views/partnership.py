"""One partnership as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Headings, Mechanism, OtherTopic, Partnership, Signatory
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.views.frame import framed
from sdp_matrix.views.parts import (
    FACT,
    Cited,
    Sources,
    facts,
    groups_of,
    partner_data,
    record_data,
)

_MECHANISMS = "Mechanisms beside the areas (absent means not recorded)"


def show(dataset: Dataset, partnership: Partnership, as_of: date | None = None) -> Table:
    """One partnership: what it is, who signed, groups, milestones and coverage, with numbered sources."""
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
    """Facts, each with the number of its source."""
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
    """The areas as the text of the partnership lists them."""
    listed = [(str(number), heading.title, headings) for number, heading in enumerate(headings.items, 1)]
    seen = f"{len(listed)} of " if listed and len(listed) != headings.count else ""
    return _cited(
        sources,
        f"Headings of the text ({seen}{headings.count})",
        listed or [("·", "only their number is on record", headings)],
    )


def _coverage_sections(dataset: Dataset, partnership: Partnership, *, known: bool) -> Iterable[Section]:
    """The areas by status: what is known, or what is not."""
    for status in Status:
        areas = [a for a in dataset.areas if partnership.status(a.id) is status]
        if areas and (status is not Status.UNKNOWN) is known:
            rows = tuple((Cell(str(a.number), look=Look.MUTED), Cell(a.title)) for a in areas)
            yield Section(rows, f"{status.words.capitalize()} ({len(areas)} of {len(dataset.areas)} areas)")


def mechanism_data(mechanism: Mechanism) -> Json:
    """A mechanism in the shape of docs/json.md."""
    return record_data(mechanism, "kind", "status", "since", "detail", "reference", "locator")


def partnership_data(partnership: Partnership) -> Json:
    """A whole partnership in the shape of docs/json.md."""
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
    return {
        "basis": str(headings.basis),
        "count": headings.count,
        "reference": headings.reference,
        "locator": headings.locator,
        "items": [heading.title for heading in headings.items],
    }
