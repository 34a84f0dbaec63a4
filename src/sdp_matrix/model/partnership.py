"""What the file of a partnership says: every value with its evidence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from sdp_matrix.model.record import (
    Abridged,
    AreaId,
    Day,
    DayOrUnknown,
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


class Sourced(Abridged):
    """A value with the evidence for and against it."""

    short_for: ClassVar[str] = "value"

    value: Any
    """The value that we hold to be right."""
    departure: Text | None = None
    """Why this value and not the one that the published table prints; needed where they differ, and only there."""
    note: Text | None = None
    """Why this value, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports."""

    @property
    def text(self) -> str:
        """The value as a data file writes it; `unknown` for a day that is not known."""
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


class Coverage(Abridged):
    """Whether a partnership covers an area, with the evidence."""

    short_for: ClassVar[str] = "status"

    status: Status
    """covered, not-covered, already-exists or unknown."""
    departure: Text | None = None
    """Why this status and not the printed mark; needed where they differ, and only there."""
    note: Text | None = None
    """Why this status, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports; the printed mark counts without being written here."""


class GroupMembership(Abridged):
    """That a partner belongs to a group, or that it does not though a source says so."""

    short_for: ClassVar[str] = "group"

    group: GroupId
    """Id of an entry of groups.yaml."""
    status: Membership = Membership.MEMBER
    """not-member only where a source claims the membership and we do not follow it."""
    since: Day | None = None
    """The first day of the membership, where a question as of a day could meet it."""
    departure: Text | None = None
    """Why this and not what the header of the published table says; needed where they differ, and only there."""
    note: Text | None = None
    """Why, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports."""


class Title(Source):
    """The official title of a partnership, with the reference that gives it."""

    value: Words
    """The title as the parties write it."""


class Signatory(Source):
    """Who signed for a party."""

    party: Words
    """EU, or the name of the partner."""
    name: Words
    """Name of the person; `not established` where no source names one."""
    office: Words | None = None
    """Office held on the day."""
    note: Text | None = None
    """How sure this is."""

    @property
    def established(self) -> bool:
        """Whether a source names the person."""
        return self.name != NOT_ESTABLISHED

    @property
    def evidence(self) -> Evidence:
        """What the reference says on who signed."""
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
    """The areas of the table that it reaches; none where no row fits."""
    reason: Text | None = None
    """Why these areas."""


class Headings(Source):
    """The headings of a partnership's own text, as far as a source gives them."""

    basis: Basis
    """text, report, or count where only their number is known."""
    count: Number | None = None
    """How many there are; more than the list has where a report leaves some out."""
    items: tuple[Heading, ...] = ()
    """The headings in order; left out where only their number is known."""


_CODES_OF_THE_EU = {"GB": "UK", "GR": "EL"}
"""Where the EU writes another code than ISO 3166-1 (Interinstitutional style guide, section 7.1)."""


class Partnership(Record):
    """One Security and Defence Partnership of the EU: a non-binding political instrument."""

    id: Id
    """Equals the file name."""
    name: Words
    """Name of the partner."""
    iso: Iso | None = None
    """ISO 3166-1 alpha-2 code of the partner; left out where the partner is not a country."""
    aliases: tuple[Text, ...] = ()
    """Other names that people type."""
    title: Title | None = None
    """Official title of the instrument; left out where no source gives it."""
    act: SourcedAct
    """What was done: signed, adopted, announced or concluded; `unknown` until a source says so."""
    date: SourcedDay
    """Day of signature, or of the act that stands in its place; `unknown` until a source gives it."""
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
        """The place among others in order of date, then id; an unknown day comes last."""
        return self.date.value or dt.date.max, self.id

    @property
    def title_words(self) -> str:
        """The official title; where none is known, a description in square brackets."""
        described = f"Security and Defence Partnership between the European Union and {self.name_with_article}"
        return self.title.value if self.title else f"[{described}]"

    @property
    def name_with_article(self) -> str:
        """The name as it stands in a sentence: 'the United Kingdom'."""
        return f"the {self.name}" if self.name.startswith(("Republic ", "United ")) else self.name

    @property
    def short_name(self) -> str:
        """The code of the country as the EU writes it, where there is one, else the name."""
        return _CODES_OF_THE_EU.get(self.iso, self.iso) if self.iso else self.name

    @property
    def names(self) -> tuple[str, ...]:
        """All by which it can be called: id, name, codes and aliases."""
        codes = (self.iso,) if self.iso else ()
        return (self.id, self.name, *codes, self.short_name, *self.aliases)

    def status(self, area: str) -> Status:
        """Status of one area by its id."""
        return self.coverage[area].status

    def is_dated_by(self, day: dt.date | None) -> bool:
        """Whether the day of the partnership is known and not after this one; any will do where none is given."""
        return day is None or (self.date.value is not None and self.date.value <= day)

    def belongs_to(self, group: str) -> bool:
        """Whether the partner is a member of the group with this id."""
        return any(m.group == group and m.status is Membership.MEMBER for m in self.groups)
