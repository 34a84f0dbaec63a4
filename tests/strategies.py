"""Random data sets, for laws that have to hold on any data."""

from __future__ import annotations

from datetime import date
from operator import itemgetter

from hypothesis import strategies as st

from sdp_matrix import Condition, Partnerships
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import PublishedTable, TableGroup, Transcription
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import Source
from sdp_matrix.model.registers import Area, Edition, Group, Reference
from sdp_matrix.model.vocabulary import (
    EU,
    NOT_ESTABLISHED,
    PLANNED,
    Act,
    Event,
    Grade,
    Membership,
    ReferenceKind,
    Standing,
    Status,
)

_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
_OUTSET = st.one_of(_DAYS, _DAYS, _DAYS, st.none())
_ODD = st.sampled_from(["Land", "Åland", "Côte d'Or", 'The "Isle"', "50% Land", "日本", "A; B", "=Sum"])
"""Beginnings of names that a query or a format may stumble over."""
_PEOPLE = st.sampled_from(["Kaja Kallas", "Josep Borrell Fontelles", "Þorgerður Gunnarsdóttir", NOT_ESTABLISHED])
_REFERENCES = ("ref-a", "ref-b", "ref-c")
_GROUPS = ("group-a", "group-b")
_CITED = st.sampled_from(_REFERENCES)
_SUPPORTS = st.sampled_from([*(s.value for s in Status if s is not Status.UNKNOWN), PLANNED])
_EVIDENCE = st.lists(st.fixed_dictionaries({"reference": _CITED, "supports": _SUPPORTS}), max_size=2)
_EVIDENCE_OF_DAY = st.lists(st.fixed_dictionaries({"reference": _CITED, "supports": _DAYS.map(str)}), max_size=2)
_COVERAGE = st.fixed_dictionaries({"status": st.sampled_from(Status), "evidence": st.just([]) | _EVIDENCE})
_MILESTONES = st.lists(
    st.fixed_dictionaries({"date": _DAYS.map(str), "event": st.sampled_from(Event), "reference": _CITED}), max_size=2
)
_EDITION = Edition(
    title="Random data",
    description="Made up.",
    version="1.0.0",
    date=date(2026, 12, 31),
    authors=("Nobody",),
    licence="MIT",
    licence_url="https://example.org/licence",
    codebook="Random codebook",
    source=Source(reference="ref-a"),
)


@st.composite
def datasets(draw: st.DrawFn, *, min_partners: int = 1, max_partners: int = 6, max_areas: int = 6) -> Partnerships:
    """Draw a data set of at least one partner and one area, with unknowns, evidence and groups."""
    areas = tuple(
        Area(number=n, id=f"area-{n}", title=f"{draw(_ODD)} row {n}", label=f"Row {n}")
        for n in range(1, draw(st.integers(1, max_areas)) + 1)
    )
    drawn = [_partnership(draw, n, areas) for n in range(draw(st.integers(min_partners, max_partners)))]
    partnerships = tuple(sorted(drawn, key=lambda p: p.order_key))
    printed = draw(st.lists(st.sampled_from(partnerships), min_size=1, unique_by=lambda p: p.id))
    return Partnerships(
        edition=_EDITION,
        areas=areas,
        groups=tuple(Group(id=name, title=f"The {name}", reference="ref-a") for name in _GROUPS),
        references=tuple(_reference(draw, name) for name in _REFERENCES),
        prospects=(),
        statements=(),
        partnerships=partnerships,
        table=_table(printed),
        transcription=_transcription(draw, printed, areas),
    )


_MARKS: dict[Status, str] = {status: f"<{status}>" for status in Status if status is not Status.UNKNOWN}


def _transcription(draw: st.DrawFn, printed: list[Partnership], areas: tuple[Area, ...]) -> Transcription:
    """Draw what the table prints: mostly the values of the data, else others."""
    of_group = draw(st.integers(0, len(printed) - 1))
    marks = st.sampled_from(list(_MARKS.values()))
    days = [p.date.value if p.date.value and draw(st.booleans()) else draw(_DAYS) for p in printed]

    def mark(partner: Partnership, area: Area) -> str:
        value = _MARKS.get(partner.status(area.id)) if draw(st.booleans()) else None
        return value or draw(marks)

    return Transcription(
        (
            ("", "Areas", *("The group-a" if index == of_group else "" for index in range(len(printed)))),
            ("", "Partner", *(p.name for p in printed)),
            ("", "Date", *map(dates.in_words, days)),
            *((str(a.number), a.title, *(mark(p, a) for p in printed)) for a in areas),
        )
    )


def _reference(draw: st.DrawFn, name: str) -> Reference:
    return Reference(
        id=name,
        title=f"On {name}",
        descriptive=draw(st.booleans()),
        publisher=draw(st.sampled_from(["One", "Two"])),
        follows=draw(st.none() | st.sampled_from(["One", "ref-a"])) if name != "ref-a" else None,
        standing=draw(st.sampled_from(Standing)),
        kind=draw(st.sampled_from(ReferenceKind)),
        date="2026-03",
    )


def _partnership(draw: st.DrawFn, index: int, areas: tuple[Area, ...]) -> Partnership:
    letter = chr(ord("a") + index)
    name = f"{draw(_ODD)} {letter}"
    groups = draw(st.lists(st.sampled_from(_GROUPS), unique=True))
    return Partnership.model_validate(
        {
            "id": f"partner-{letter}",
            "name": name,
            "iso": f"X{letter.upper()}",
            "act": {"value": draw(st.sampled_from(Act)), "evidence": [{"reference": "ref-a", "supports": "signed"}]},
            "date": {"value": draw(_OUTSET), "evidence": draw(_EVIDENCE_OF_DAY)},
            "coverage": {area.id: draw(_COVERAGE) for area in areas},
            "signatories": [
                {"party": party, "name": draw(_PEOPLE), "reference": reference}
                for party, reference in ((EU, "ref-a"), (name, "ref-b"))
            ],
            "groups": [{"group": group, "status": draw(st.sampled_from(Membership))} for group in groups],
            "milestones": sorted(draw(_MILESTONES), key=itemgetter("date")),
        }
    )


def _table(printed: list[Partnership]) -> PublishedTable:
    return PublishedTable(
        id="table-1",
        title="Coverage",
        reference="ref-a",
        locator="Table 1",
        columns=tuple(p.id for p in printed),
        groups=(TableGroup(title="The group-a", group="group-a"),),
        marks=_MARKS,
        published_note="Something may be missing.",
    )


@st.composite
def conditions(draw: st.DrawFn, partnerships: Partnerships) -> Condition:
    """Draw a condition on a data set: mostly a few things at once, by ids."""
    areas = st.lists(st.sampled_from([area.id for area in partnerships.areas]), max_size=1).map(tuple)
    return Condition(
        covers=draw(areas),
        exists=draw(areas),
        lacks=draw(areas),
        unknown=draw(areas),
        areas=draw(areas),
        groups=draw(st.lists(st.sampled_from([group.id for group in partnerships.groups]), max_size=1).map(tuple)),
        signed_before=draw(st.none() | _DAYS),
        signed_after=draw(st.none() | _DAYS),
        act=draw(st.none() | st.sampled_from(Act)),
        signed_by=draw(st.none() | st.sampled_from(["Kallas", "Josep", "gunn"])),
        grade=draw(st.none() | st.sampled_from(Grade)),
    )
