"""One partnership, area or reference, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date

from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Mention, Testimony
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Headings, Mechanism, Partnership
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, Membership, Status
from sdp_matrix.views import parts
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import Cited, Line, Sources, framed, listing, machine, record_data, row

_TESTIMONY = (
    *machine("partner"),
    Column("field", grows=True, heading="Value"),
    Column("value", grows=True, heading="Ours"),
    Column("supports", grows=True),
    Column("stance"),
    *machine("locator", "note"),
)

_SHOWN = {"aliases", "signatories", "milestones", "mechanisms", "other_topics", "headings", "coverage"}
_NOT_SHOWN = {
    "signatories": {"__all__": {"locator", "note"}},
    "milestones": {"__all__": {"locator"}},
    "other_topics": {"__all__": {"locator"}},
}

_Fact = tuple[str, str, Cited]
"""A label, what is recorded, and the place that says so."""


def partnership(dataset: Dataset, partnership: Partnership, as_of: date | None = None) -> Table:
    """Return one partnership: what it is, who signed, groups, milestones and coverage, with numbered sources."""
    sources = Sources()
    cited: dict[str, Iterable[_Fact]] = {
        "Signatories": ((s.party, _joined(s.name, s.office), s) for s in partnership.signatories),
        "Milestones": (
            (dates.in_words(m.date), _with_details(_joined(m.event.words, m.place), m.note), m)
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
    sections = [
        parts.facts(_about(dataset, partnership)),
        *(_cited(sources, title, facts) for title, facts in cited.items()),
        *_coverage(dataset, partnership),
        *([_headings(sources, partnership.headings)] if partnership.headings else []),
    ]
    table = Table(
        title=partnership.title_words,
        columns=parts.FACT,
        header=(),
        sections=tuple(section for section in sections if section.rows),
        notes=sources.notes(dataset),
        data=partnership_data(partnership),
    )
    return framed(dataset, table, Scope((partnership,), dataset.areas, (), as_of))


def _cited(sources: Sources, title: str, facts: Iterable[_Fact]) -> Section:
    """Return facts, each with the number of its source."""
    rows = ((Cell(label, look=Look.MUTED), Cell(text, notes=(sources.number(by),))) for label, text, by in facts)
    return Section(tuple(rows), title)


def _joined(*texts: str | None) -> str:
    return ", ".join(filter(None, texts))


def _with_details(text: str, details: str | None) -> str:
    return f"{text}: {details}" if details else text


def _about(dataset: Dataset, partnership: Partnership) -> Iterator[tuple[str, str]]:
    groups = [dataset.group(m.group).title for m in partnership.groups if m.status is Membership.MEMBER]
    yield "Partner", f"{partnership.name} ({partnership.iso})" if partnership.iso else partnership.name
    yield "Id", partnership.id
    yield "Date", f"{dates.in_words(partnership.date.value)} ({partnership.act.value})"
    yield "Place", partnership.place.value if partnership.place else "not recorded"
    yield "Occasion", partnership.occasion.value if partnership.occasion else "not recorded"
    yield "Groups", ", ".join(groups) or "none"
    notes = (("act", partnership.act.note), ("date", partnership.date.departure), ("date", partnership.date.note))
    yield from ((f"Note on the {field}", note) for field, note in notes if note)


def mechanism_words(mechanism: Mechanism) -> str:
    """Return how far a mechanism has come, since when, and its details."""
    since = f" since {dates.in_words(mechanism.since)}" if mechanism.since else ""
    return _with_details(f"{mechanism.status.words}{since}", mechanism.detail)


def _headings(sources: Sources, headings: Headings) -> Section:
    """Return the areas as the text of the partnership lists them."""
    facts = [(str(number), heading.title, headings) for number, heading in enumerate(headings.items, 1)]
    seen = f"{len(facts)} of " if facts and len(facts) != headings.count else ""
    unlisted = [("·", "only their number is on record", headings)]
    return _cited(sources, f"Headings of the text ({seen}{headings.count})", facts or unlisted)


def _coverage(dataset: Dataset, partnership: Partnership) -> Iterator[Section]:
    """Yield the areas by status."""
    for status in Status:
        areas = [a for a in dataset.areas if partnership.status(a.id) is status]
        title = f"{status.words.capitalize()} ({len(areas)} of {len(dataset.areas)} areas)"
        yield parts.facts(((str(a.number), a.title) for a in areas), title)


def partnership_data(partnership: Partnership) -> Json:
    """Return a whole partnership in the shape of docs/json.md."""
    values = partnership.model_dump(mode="json", include=_SHOWN, exclude=_NOT_SHOWN)
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
    """Return the status of one area with each partner, and its definition."""
    statuses = {p.id: p.status(area.id) for p in scope.partnerships}
    lines = [
        Line(
            {"partner": p.id, "name": p.name, "date": p.date.text},
            {"date": dates.in_words(p.date.value), "status": parts.status_words(statuses[p.id])},
        )
        for p in scope.partnerships
    ]
    columns = (
        *machine("partner"),
        Column("name", heading="Partner"),
        Column("date", align="right"),
        Column("status"),
    )
    data: Json = {**parts.area_data(area), "definition": area.definition, "coverage": statuses}
    present = [status.present for status in statuses.values()]
    unknown = f", {present.count(None)} unknown" if None in present else ""
    count = f"Present in {present.count(True)} of {len(present)} partnerships{unknown}."
    table = listing(f"{area.number} {area.title}", columns, lines, data)
    table = replace(table, remarks=tuple(filter(None, [count, area.definition])))
    return framed(dataset, table, scope, fields=(DATE_FIELD, area.id))


def reference(
    dataset: Dataset, reference: Reference, testimonies: Sequence[Testimony], mentions: Sequence[Mention]
) -> Table:
    """Return what a reference is, what it says on each value, and what it is cited for besides."""
    lines = [_testimony(dataset, testimony) for testimony in testimonies]
    data: Json = {
        **parts.reference_data(dataset, reference),
        "values": [line.data for line in lines],
        "mentions": [asdict(mention) for mention in mentions],
    }
    table = listing(parts.title_words(reference), _TESTIMONY, lines, data)
    besides = tuple(row(_TESTIMONY, {"partner": m.id, "field": m.name, "value": m.words}) for m in mentions)
    kind = reference.kind.replace("-", " ")
    about = (
        f"{reference.publisher}, {dates.in_words(reference.date)} ({kind}).",
        f"Standing: {parts.about(dataset, reference)}",
        reference.note,
    )
    table = replace(
        table,
        header=table.header if lines else (),
        # csv has the values, to which all its columns belong
        sections=(*table.sections, *[Section(besides, "Cited besides for", people_only=True)] * bool(besides)),
        remarks=tuple(filter(None, about)),
    )
    return framed(dataset, table)


def _testimony(dataset: Dataset, testimony: Testimony) -> Line:
    field, evidence = testimony.field, testimony.evidence
    return Line(
        {
            "partner": testimony.partnership.id,
            "field": field,
            "value": testimony.value,
            "supports": evidence.supports,
            "stance": testimony.stance,
            **record_data(evidence, "locator", "note"),
        },
        {
            "field": Field(field).title(dataset),
            "value": value_words(field, testimony.value),
            "supports": value_words(field, evidence.supports),
            "stance": Cell(testimony.stance, look=Look.WARNING if testimony.stance == "against" else Look.PLAIN),
        },
        testimony.partnership.name,
    )
