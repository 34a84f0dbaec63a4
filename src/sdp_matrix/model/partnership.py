"""What the file of a partnership says: every value with its evidence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sdp_matrix.model.record import (
    Abridged,
    AreaId,
    Day,
    DayOrUnknown,
    Entry,
    GroupId,
    Id,
    Iso,
    Number,
    PartialDate,
    Record,
    Source,
    Text,
    Words,
)
from sdp_matrix.model.vocabulary import (
    NOT_ESTABLISHED,
    UNKNOWN,
    Act,
    Basis,
    Event,
    MechanismKind,
    MechanismStatus,
    Membership,
    Status,
    Topic,
)


class Evidence(Source):
    """What one reference, at one place, supports for one value."""

    supports: Text
    """The value supported: a status, day, act, text, member or not-member; `planned` for an aim beforehand."""
    note: Text | None = None
    """Why, in our own words; never a quotation."""


class Judgement(Abridged):
    """What we hold to be right, with the evidence for and against it."""

    departure: Text | None = None
    """Why this and not what the published table prints; needed if they differ, and only then."""
    note: Text | None = None
    """Why this, if evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports; what the published table prints counts without being written here."""


class Sourced(Judgement):
    """A value with the evidence for and against it."""

    value: Any
    """The value that we hold to be right."""

    @property
    def text(self) -> str:
        """Return the value as a data file writes it; `unknown` for an unknown day."""
        return UNKNOWN if self.value is None else str(self.value)


class SourcedAct(Sourced):
    """What was done, with the evidence for and against it."""

    value: Act


class SourcedDay(Sourced):
    """A day, with the evidence for and against it."""

    value: DayOrUnknown


class SourcedText(Sourced):
    """A text, with the evidence for and against it."""

    value: Text


class Coverage(Judgement):
    """Whether a partnership covers an area, with the evidence."""

    status: Status
    """Whether it covers the area; unknown is never absence."""


class GroupMembership(Judgement):
    """That a partner belongs to a group, or that it does not though a source says so."""

    group: GroupId
    """Id of an entry of groups.yaml."""
    status: Membership = Membership.MEMBER
    """not-member only if a source claims the membership and we do not follow it."""
    since: Day | None = None
    """The first day of the membership, if a question as of a day could meet it."""


class Title(Source):
    """The official title of a partnership, with the reference that gives it."""

    value: Words
    """The title as the parties write it."""


class Signatory(Source):
    """Who signed for a party."""

    party: Words
    """EU, or the name of the partner."""
    name: Words
    """Name of the person; `not established` if no source names one."""
    office: Words | None = None
    """Office held on the day."""
    note: Text | None = None
    """How sure this is."""

    @property
    def established(self) -> bool:
        """Return whether a source names the person."""
        return self.name != NOT_ESTABLISHED

    @property
    def evidence(self) -> Evidence:
        """Return what the reference says on who signed."""
        return Evidence(reference=self.reference, locator=self.locator, supports=self.name, note=self.note)


class Milestone(Source):
    """An event on the way to or after a signature."""

    date: PartialDate
    """Day, month or year."""
    event: Event
    """What happened."""
    place: Text | None = None
    """Where it happened."""
    note: Text | None = None
    """Details, in our own words."""


class OtherTopic(Source):
    """A topic of a partnership that has no row in the table."""

    topic: Topic
    """One of a short list of topics."""
    planned: bool = False
    """True for an aim before the signature, of which it is not known whether the partnership has it."""


class Mechanism(Source):
    """A dialogue, arrangement or fund beside the areas; that none is recorded does not say that there is none."""

    kind: MechanismKind
    """One of a short list of kinds."""
    status: MechanismStatus
    """in-place, agreed, foreseen or requested."""
    since: PartialDate | None = None
    """Day, month or year since when this is so."""
    detail: Text | None = None
    """How often, at what level, how much, in our own words."""


class Heading(Record):
    """One area of cooperation as the text of a partnership itself lists it."""

    title: Words
    """The heading, in our own words."""
    areas: tuple[AreaId, ...] = ()
    """The areas of the table that it reaches; none if no row fits."""
    reason: Text | None = None
    """Why these areas."""


class Headings(Source):
    """The headings of a partnership's own text, as far as a source gives them."""

    basis: Basis
    """text, report, or count if only their number is known."""
    count: Number | None = None
    """How many there are; more than the list has if a report leaves some out."""
    items: tuple[Heading, ...] = ()
    """The headings in order; left out if only their number is known."""


_CODES_OF_THE_EU = {"GB": "UK", "GR": "EL"}
"""Codes that the EU writes otherwise than ISO 3166-1 (Interinstitutional style guide, section 7.1)."""


class Partnership(Entry):
    """One Security and Defence Partnership of the EU: a non-binding political instrument."""

    id: Id
    """Id of the partner; equals the file name."""
    name: Words
    """Name of the partner."""
    iso: Iso | None = None
    """ISO 3166-1 alpha-2 code of the partner; left out if the partner is not a country."""
    aliases: tuple[Text, ...] = ()
    """Other names that people type."""
    title: Title | None = None
    """Official title of the instrument; left out if no source gives it."""
    act: SourcedAct
    """What was done: signed, adopted, announced or concluded; `unknown` until a source says so."""
    date: SourcedDay
    """Day of signature, or of the act in its place; not known until a source gives it."""
    place: SourcedText | None = None
    """Where it was done."""
    occasion: SourcedText | None = None
    """The meeting it was done at."""
    signatories: tuple[Signatory, ...] = ()
    """Who signed, the EU first."""
    groups: tuple[GroupMembership, ...] = ()
    """Groups the partner belongs to."""
    milestones: tuple[Milestone, ...] = ()
    """Events in order of date; the signature itself is not repeated."""
    mechanisms: tuple[Mechanism, ...] = ()
    """Dialogues, arrangements and funds beside the areas; none means that none is recorded."""
    other_topics: tuple[OtherTopic, ...] = ()
    """Topics without a row in the table."""
    headings: Headings | None = None
    """The areas of cooperation as the partnership's own text lists them."""
    coverage: Mapping[AreaId, Coverage]
    """A status for every area, in the order of the table."""

    @property
    def order_key(self) -> tuple[dt.date, str]:
        """Return the key that sorts by date, then id; an unknown day comes last."""
        return self.date.value or dt.date.max, self.id

    @property
    def title_words(self) -> str:
        """Return the official title, or if none is known a description in square brackets."""
        described = f"Security and Defence Partnership between the European Union and {self.name_with_article}"
        return self.title.value if self.title else f"[{described}]"

    @property
    def name_with_article(self) -> str:
        """Return the name as a sentence has it: 'the United Kingdom'."""
        return f"the {self.name}" if self.name.startswith(("Republic ", "United ")) else self.name

    @property
    def short_name(self) -> str:
        """Return the code of the country as the EU writes it, or the name of what is not a country."""
        return _CODES_OF_THE_EU.get(self.iso, self.iso) if self.iso else self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the partner: id, name, codes and aliases."""
        codes = (self.iso,) if self.iso else ()
        return (self.id, self.name, *codes, self.short_name, *self.aliases)

    def status(self, area: str) -> Status:
        """Return the status of an area by its id."""
        return self.coverage[area].status

    def is_dated_by(self, day: dt.date | None) -> bool:
        """Return whether the date of the partnership is known and not after a day; without a day, always."""
        return day is None or (self.date.value is not None and self.date.value <= day)

    def belongs_to(self, group: str) -> bool:
        """Return whether the partner is a member of the group with this id."""
        return any(m.group == group and m.status is Membership.MEMBER for m in self.groups)
