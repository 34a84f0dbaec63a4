"""The models of the file of a partnership: every value with its evidence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import Field

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
    OnlyTrue,
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
    """What a reference supports for a value."""

    supports: Text = Field(
        description="The value: a status, day, act, text, member or not-member; `planned` for an aim beforehand."
    )
    note: Text | None = Field(default=None, description="Why, in our own words; never a quotation.")


class Judgement(Abridged):
    """What we consider right, with the evidence for and against it."""

    departure: Text | None = Field(default=None, description="Why it is not the printed value; needed if it is not.")
    note: Text | None = Field(default=None, description="Why this, if evidence disagrees.")
    evidence: tuple[Evidence, ...] = Field(default=(), description="What each reference supports, the table apart.")


class Sourced(Judgement):
    """A value with the evidence for and against it."""

    value: Any = Field(description="The value that we consider right.")

    @property
    def text(self) -> str:
        """Return the value as a data file writes it; `unknown` for an unknown day."""
        return UNKNOWN if self.value is None else str(self.value)


class SourcedAct(Sourced):
    """What was done, with the evidence for and against it."""

    value: Act = Field(description="The act that we consider right.")


class SourcedDay(Sourced):
    """A day, with the evidence for and against it."""

    value: DayOrUnknown = Field(description="The day that we consider right.")


class SourcedText(Sourced):
    """A text, with the evidence for and against it."""

    value: Text = Field(description="The text that we consider right.")


class Coverage(Judgement):
    """Whether a partnership covers an area, with the evidence."""

    status: Status = Field(description="Whether it covers the area; unknown is never absence.")


class GroupMembership(Judgement):
    """Whether a partner belongs to a group; not-member is recorded only if a source says otherwise."""

    group: GroupId = Field(description="Id of an entry of groups.yaml.")
    status: Membership = Field(default=Membership.MEMBER, description="not-member if a claimed membership is not one.")
    since: Day | None = Field(default=None, description="First day of the membership, if an answer can depend on it.")


class Title(Source):
    """The official title of a partnership, with the reference that gives it."""

    value: Words = Field(description="The title as the parties write it.")


class Signatory(Source):
    """Who signed for a party."""

    party: Words = Field(description="EU, or the name of the partner.")
    name: Words = Field(description="Name of the person; `not established` if no source names one.")
    office: Words | None = Field(default=None, description="Office held on the day.")
    note: Text | None = Field(default=None, description="How sure this is.")

    @property
    def established(self) -> bool:
        """Return whether a source names the person."""
        return self.name != NOT_ESTABLISHED

    @property
    def evidence(self) -> Evidence:
        """Return what the reference supports on who signed."""
        return Evidence(reference=self.reference, locator=self.locator, supports=self.name, note=self.note)


class Milestone(Source):
    """An event on the way to or after a signature."""

    date: PartialDate = Field(description="Day, month or year.")
    event: Event = Field(description="What happened.")
    place: Text | None = Field(default=None, description="Where it happened.")
    note: Text | None = Field(default=None, description="Details, in our own words.")


class OtherTopic(Source):
    """A topic of a partnership that has no row in the table."""

    topic: Topic = Field(description="One of a short list of topics.")
    planned: OnlyTrue = Field(default=False, description="Whether it is only an aim from before the signature.")


class Mechanism(Source):
    """A dialogue, arrangement or fund beside the areas; those that are not recorded may exist."""

    kind: MechanismKind = Field(description="One of a short list of kinds.")
    status: MechanismStatus = Field(description="in-place, agreed, foreseen or requested.")
    since: PartialDate | None = Field(default=None, description="Day, month or year since when this is so.")
    detail: Text | None = Field(default=None, description="How often, at what level, how much, in our own words.")


class Heading(Record):
    """One area of cooperation as the text of a partnership itself lists it."""

    title: Words = Field(description="The heading, in our own words.")
    areas: tuple[AreaId, ...] = Field(default=(), description="The areas that it reaches; none if no row fits.")
    reason: Text | None = Field(default=None, description="Why these areas.")


class Headings(Source):
    """The headings of a partnership's own text, as far as a source gives them."""

    basis: Basis = Field(description="text, report, or count if only their number is known.")
    count: Number | None = Field(default=None, description="How many there are; the list may have fewer.")
    items: tuple[Heading, ...] = Field(default=(), description="The headings in order, if they are known.")


# The EU writes these codes differently from ISO 3166-1 (Interinstitutional style guide, section 7.1).
_CODES_OF_THE_EU = {"GB": "UK", "GR": "EL"}


class Partnership(Entry):
    """One Security and Defence Partnership of the EU: a non-binding political instrument."""

    id: Id = Field(description="Id of the partner; equals the file name.")
    name: Words = Field(description="Name of the partner.")
    iso: Iso | None = Field(default=None, description="ISO 3166-1 alpha-2 code, if the partner is a country.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other names that people type.")
    title: Title | None = Field(default=None, description="Official title of the instrument, if a source gives it.")
    act: SourcedAct = Field(description="What was done: signed, adopted, announced or concluded, if a source says so.")
    date: SourcedDay = Field(description="Day of signature, or of the act in its place, if a source gives it.")
    place: SourcedText | None = Field(default=None, description="Where it was done.")
    occasion: SourcedText | None = Field(default=None, description="The meeting it was done at.")
    signatories: tuple[Signatory, ...] = Field(default=(), description="Who signed, the EU first.")
    groups: tuple[GroupMembership, ...] = Field(default=(), description="Groups the partner belongs to.")
    milestones: tuple[Milestone, ...] = Field(default=(), description="Events in order of date, without the signature.")
    mechanisms: tuple[Mechanism, ...] = Field(default=(), description="Dialogues, arrangements and funds on record.")
    other_topics: tuple[OtherTopic, ...] = Field(default=(), description="Topics without a row in the table.")
    headings: Headings | None = Field(default=None, description="Its areas of cooperation as its own text lists them.")
    coverage: Mapping[AreaId, Coverage] = Field(description="A status for every area.")

    @property
    def order_key(self) -> tuple[dt.date, str]:
        """Return the key that sorts by date, then id; an unknown day comes last."""
        return self.date.value or dt.date.max, self.id  # the id decides between partnerships of one day

    @property
    def title_words(self) -> str:
        """Return the official title, or if none is known a description in square brackets."""
        described = f"Security and Defence Partnership between the European Union and {self.name_with_article}"
        return self.title.value if self.title else f"[{described}]"

    @property
    def name_with_article(self) -> str:
        """Return the name for a sentence: 'the United Kingdom'."""
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
