"""One partnership, area or reference, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.grading import Testimony
from sdp_matrix.analysis.scope import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Headings, Mechanism, Partnership
from sdp_matrix.model.record import Source
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, Membership, Status
from sdp_matrix.views import parts
from sdp_matrix.views.explain import value_shown, value_words
from sdp_matrix.views.parts import Line, Sources, fact, framed, listing, machine, record_data

_TESTIMONY = (
    *machine("partner"),
    Column("field", grows=True, heading="Value"),
    Column("value", grows=True, heading="Ours"),
    Column("supports", grows=True),
    Column("stance"),
    *machine("locator", "note"),
)

_SHOWN = {"aliases", "signatories", "milestones", "mechanisms", "other_topics", "headings", "coverage"}


def partnership(dataset: Dataset, partnership: Partnership, as_of: date | None = None) -> Table:
    """Return one partnership: what it is, who signed, groups, milestones and coverage, with numbered sources."""
    sources = Sources()
    lines = [*_about(dataset, partnership), *_cited(sources, partnership), *_coverage(dataset, partnership)]
    if partnership.headings:
        lines += _headings(sources, partnership.headings)
    data, notes = partnership_data(partnership), sources.notes(dataset)
    table = listing(partnership.title_words, parts.FACT, lines, data, notes=notes)
    return framed(dataset, table, Scope((partnership,), dataset.areas, (), as_of))  # --all would add nobody


def _cited(sources: Sources, partnership: Partnership) -> Iterator[Line]:
    """Yield what has a source of its own, with its number."""
    facts: dict[str, Iterable[tuple[str, str, Source]]] = {
        "Signatories": ((s.party, _joined(", ", s.name, s.office), s) for s in partnership.signatories),
        "Milestones": (
            (dates.in_words(m.date), _joined(": ", _joined(", ", m.event.words, m.place), m.note), m)
            for m in partnership.milestones
        ),
        "Mechanisms beside the areas (absent means not recorded)": (
            (m.kind.words, mechanism_words(m), m) for m in partnership.mechanisms
        ),
        "Topics without a row in the table": (
            ("·", t.topic.words + (" (an aim before the signature)" if t.planned else ""), t)
            for t in partnership.other_topics
        ),
    }
    for section, of_section in facts.items():
        yield from (fact(label, text, section, (sources.number(cited),)) for label, text, cited in of_section)


def _joined(sign: str, *texts: str | None) -> str:
    return sign.join(filter(None, texts))


def _about(dataset: Dataset, partnership: Partnership) -> Iterator[Line]:
    groups = [dataset.group(m.group).title for m in partnership.groups if m.status is Membership.MEMBER]
    yield fact("Partner", f"{partnership.name} ({partnership.iso})" if partnership.iso else partnership.name)
    yield fact("Id", partnership.id)
    yield fact("Date", f"{dates.in_words(partnership.date.value)} ({partnership.act.value})")
    yield fact("Place", partnership.place.value if partnership.place else "not recorded")
    yield fact("Occasion", partnership.occasion.value if partnership.occasion else "not recorded")
    yield fact("Groups", ", ".join(groups) or "none")
    notes = (("act", partnership.act.note), ("date", partnership.date.departure), ("date", partnership.date.note))
    yield from (fact(f"Note on the {field}", note) for field, note in notes if note)


def mechanism_words(mechanism: Mechanism) -> str:
    """Return how far a mechanism has come, since when, and its details."""
    since = f" since {dates.in_words(mechanism.since)}" if mechanism.since else ""
    return _joined(": ", f"{mechanism.status.words}{since}", mechanism.detail)


def _headings(sources: Sources, headings: Headings) -> Iterator[Line]:
    """Yield the areas as the text of the partnership lists them."""
    items = [(str(number), heading.title) for number, heading in enumerate(headings.items, 1)]
    seen = f"{len(items)} of " if items and len(items) != headings.count else ""
    for label, text in items or [("·", "only their number is on record")]:  # a line needs a label
        yield fact(label, text, f"Headings of the text ({seen}{headings.count})", (sources.number(headings),))


def _coverage(dataset: Dataset, partnership: Partnership) -> Iterator[Line]:
    for status in Status:
        areas = [a for a in dataset.areas if partnership.status(a.id) is status]
        title = f"{status.words.capitalize()} ({len(areas)} of {len(dataset.areas)} areas)"
        yield from (fact(str(area.number), area.title, title) for area in areas)


def partnership_data(partnership: Partnership) -> Json:
    """Return a whole partnership in the shape of docs/json.md."""
    values = partnership.model_dump(mode="json", include=_SHOWN)
    fields = {name: getattr(partnership, name) for name in ("title", "place", "occasion")}
    signatories = zip(values.pop("signatories"), partnership.signatories, strict=True)
    headings = values.pop("headings")
    return {
        **parts.partner_data(partnership),
        **{name: field.value if field else None for name, field in fields.items()},
        **values,
        "signatories": [{**values, "established": signatory.established} for values, signatory in signatories],
        "headings": headings and {**headings, "items": [heading["title"] for heading in headings["items"]]},
    }


def area(dataset: Dataset, area: Area, scope: Scope) -> Table:
    """Return the status of an area for each partner, and its definition."""
    statuses = {p.id: p.status(area.id) for p in scope.partnerships}
    lines = [
        Line({"partner": p.id, "name": p.name, "date": p.date.text, "status": statuses[p.id]})
        for p in scope.partnerships
    ]
    columns = (*machine("partner"), Column("name", heading="Partner"), Column("date", align="right"), Column("status"))
    data: Json = {**parts.area_data(area), "definition": area.definition, "coverage": statuses}
    present = [status.present for status in statuses.values()]  # True, False, or None if unknown
    unknown = f", {present.count(None)} unknown" if None in present else ""
    count = f"Present in {present.count(True)} of {len(present)} partnerships{unknown}."
    remarks = (count, *([f"Definition: {area.definition}"] if area.definition else []))
    table = listing(f"{area.number} {area.title}", columns, lines, data, remarks=remarks)
    return framed(dataset, table, scope, fields=(DATE_FIELD, area.id))


def reference(dataset: Dataset, reference: Reference, testimonies: Sequence[Testimony]) -> Table:
    """Return what a reference is, what it supports for each value, and what else it is cited for."""
    lines = [_testimony(dataset, testimony) for testimony in testimonies]
    mentions = grading.mentions(dataset, reference.id)
    data: Json = {
        **parts.reference_data(dataset, reference),
        "values": [line.data for line in lines],
        "mentions": [asdict(mention) for mention in mentions],
    }
    # left out of csv, all of whose columns are about values
    besides = [Line({}, {"field": m.name, "value": m.words}, "Also cited for", people_only=True) for m in mentions]
    kind = reference.kind.replace("-", " ")
    published = f"{reference.publisher}, {dates.in_words(reference.date)} ({kind})."
    remarks = tuple(filter(None, (published, f"Standing: {parts.about(dataset, reference)}", reference.note)))
    title = parts.title_words(reference)
    return framed(dataset, listing(title, _TESTIMONY, [*lines, *besides], data, remarks=remarks))


def _testimony(dataset: Dataset, testimony: Testimony) -> Line:
    field, evidence = testimony.field, testimony.evidence
    return Line(
        {
            "partner": testimony.partnership.id,
            **parts.attributes(testimony, "field", "value"),
            "supports": evidence.supports,
            "stance": testimony.stance,
            **record_data(evidence, "locator", "note"),
        },
        {
            **value_shown(dataset, field, testimony.value),
            "supports": value_words(field, evidence.supports),
            "stance": Cell(testimony.stance, look=Look.WARNING if testimony.stance == "against" else Look.PLAIN),
        },
        testimony.partnership.name,
    )
