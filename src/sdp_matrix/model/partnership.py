"""What the data files say, as frozen values: one class for each thing that a file describes.

Plain dataclasses, so that the query engine needs neither YAML nor pydantic; `models` reads files into them. The order
of the fields is the canonical order of the keys in a file (an optional one that comes early is keyword-only for that
reason), and the text below each field is its description in the JSON Schemas that editors use. No slots: with them
the cache unpacks five times slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Generic, TypeVar

from sdp_matrix.model.constraints import Day, Id, Iso, Number, OrUnknown, PartialDate, Short, Text, Url, Version, Words
from sdp_matrix.model.vocabulary import NOT_ESTABLISHED, Act, Event, Membership, ReferenceKind, Stage, Status

T = TypeVar("T")


class Record:
    """Part of a file, equal to another by its fields; a key that it does not have is an error.

    Equality, hash and text are here once for all records: written by `dataclass` for each of forty classes, they cost
    every command a third of the time that the records take to import.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


@dataclass(frozen=True, eq=False, repr=False)
class Source(Record):
    """A place in a reference."""

    reference: Id
    """Id of an entry of references.yaml."""
    locator: Text | None = None
    """Section, table or page of the reference."""


@dataclass(frozen=True, eq=False, repr=False)
class Evidence(Record):
    """What one reference, at one place, supports for one value."""

    reference: Id
    """Id of an entry of references.yaml."""
    locator: Text | None = field(default=None, kw_only=True)
    """Section, table or page of the reference; needed for briefings and papers."""
    supports: Text
    """The value supported: a status, day, act, text, member or not-member; `planned` for an aim beforehand."""
    note: Text | None = None
    """Why, in our own words; never a quotation."""


@dataclass(frozen=True, eq=False, repr=False)
class Sourced(Record, Generic[T]):
    """A value with the evidence for and against it."""

    value: T
    """The value that we hold to be right."""
    note: Text | None = field(default=None, kw_only=True)
    """Why this value, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports."""


@dataclass(frozen=True, eq=False, repr=False)
class Coverage(Record):
    """Whether a partnership covers an area, with the evidence."""

    status: Status
    """covered, not-covered, already-exists or unknown."""
    note: Text | None = field(default=None, kw_only=True)
    """Why this status, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports, on top of the source of the whole coding."""


@dataclass(frozen=True, eq=False, repr=False)
class GroupMembership(Record):
    """That a partner belongs to a group, or that it does not though a source says so."""

    group: Id
    """Id of an entry of groups.yaml."""
    status: Membership = Membership.MEMBER
    """not-member only where a source claims the membership and we do not follow it."""
    note: Text | None = field(default=None, kw_only=True)
    """Why, where evidence disagrees."""
    evidence: tuple[Evidence, ...] = ()
    """What each reference supports."""


@dataclass(frozen=True, eq=False, repr=False)
class Signatory(Record):
    """Who signed for a party."""

    party: Words
    """EU, or the name of the partner."""
    name: Words
    """Name of the person; `not established` where no source names one."""
    office: Words | None = field(default=None, kw_only=True)
    """Office held on the day."""
    reference: Id
    """Id of the reference that names the person, or that was looked at in vain."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """How sure this is."""

    @property
    def established(self) -> bool:
        """Whether a source names the person."""
        return self.name != NOT_ESTABLISHED


@dataclass(frozen=True, eq=False, repr=False)
class Milestone(Record):
    """An event on the way to or after a signature."""

    date: PartialDate
    """Day, month or year."""
    event: Event
    """What happened."""
    place: Text | None = field(default=None, kw_only=True)
    """Where it happened."""
    reference: Id
    """Id of the reference that reports it."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """Details, in our own words."""


@dataclass(frozen=True, eq=False, repr=False)
class OtherTopic(Record):
    """A topic of a partnership that has no row in the table."""

    topic: Words
    """The topic, in a few words."""
    reference: Id
    """Id of the reference that names it."""
    locator: Text | None = None
    """Section, table or page of the reference."""


@dataclass(frozen=True, eq=False, repr=False)
class Partnership(Record):
    """One Security and Defence Partnership of the EU: a non-binding political instrument."""

    id: Id
    """Equals the file name."""
    name: Words
    """Name of the partner."""
    iso: Iso | None = field(default=None, kw_only=True)
    """ISO 3166-1 alpha-2 code of the partner; left out where the partner is not a country."""
    aliases: tuple[Text, ...] = field(default=(), kw_only=True)
    """Other names that people type."""
    title: Words
    """Title of the instrument."""
    act: Annotated[Sourced[Act], Short("value")]
    """What was done: signed, adopted, announced or concluded; `unknown` until a source says so."""
    date: Annotated[Sourced[Annotated[Day, OrUnknown()]], Short("value")]
    """Day of signature, or of the act that stands in its place; `unknown` until a source gives it."""
    place: Annotated[Sourced[Text], Short("value")] | None = field(default=None, kw_only=True)
    """Where it was done."""
    occasion: Annotated[Sourced[Text], Short("value")] | None = field(default=None, kw_only=True)
    """The meeting it was done at."""
    signatories: tuple[Signatory, ...] = field(default=(), kw_only=True)
    """Who signed, the EU first."""
    groups: tuple[Annotated[GroupMembership, Short("group")], ...] = field(default=(), kw_only=True)
    """Groups the partner belongs to."""
    milestones: tuple[Milestone, ...] = field(default=(), kw_only=True)
    """Events in order of date; the signature itself is not repeated."""
    other_topics: tuple[OtherTopic, ...] = field(default=(), kw_only=True)
    """Topics without a row in the table."""
    coded_from: Source | None = field(default=None, kw_only=True)
    """The source of the coding as a whole; counts as evidence for date, groups and coverage."""
    coverage: Mapping[Id, Annotated[Coverage, Short("status")]]
    """A status for every area, in the order of the table."""

    @property
    def short_name(self) -> str:
        """The code of the country where there is one, else the name."""
        return self.iso or self.name

    def status(self, area: str) -> Status:
        """Status of one area by its id."""
        return self.coverage[area].status

    def belongs_to(self, group: str) -> bool:
        """Whether the partner is a member of the group with this id."""
        return any(m.group == group and m.status is Membership.MEMBER for m in self.groups)


@dataclass(frozen=True, eq=False, repr=False)
class Borderline(Record):
    """A case that was hard to code, and how it was decided."""

    case: Text
    """What was met."""
    decision: Text
    """How it was coded, and why."""


@dataclass(frozen=True, eq=False, repr=False)
class Examples(Record):
    """One example either way."""

    covered: Text
    """A partnership that covers the area, and how."""
    not_covered: Text = field(metadata={"alias": "not-covered"})
    """A partnership that does not."""


@dataclass(frozen=True, eq=False, repr=False)
class Area(Record):
    """One area of cooperation: a row of the table, with its codebook entry."""

    number: Number
    """Row number."""
    id: Id
    """Never reused."""
    title: Words
    """Exactly as in the published table."""
    label: Words
    """Short label, at most 28 characters."""
    aliases: tuple[Text, ...] = ()
    """Other names that people type."""
    definition: Text | None = None
    """What has to be in a partnership for the area to count as covered."""
    includes: tuple[Text, ...] = ()
    """What counts."""
    excludes: tuple[Text, ...] = ()
    """What does not count, and where it belongs."""
    borderline: tuple[Borderline, ...] = ()
    """Cases met so far."""
    examples: Examples | None = None
    """One example either way."""


@dataclass(frozen=True, eq=False, repr=False)
class Group(Record):
    """A group of partners."""

    id: Id
    """Never reused."""
    title: Words
    """Name of the group, in the plural."""
    short: Words | None = field(default=None, kw_only=True)
    """At most 12 characters."""
    aliases: tuple[Text, ...] = field(default=(), kw_only=True)
    """Other names that people type."""
    reference: Id
    """Who lists the members."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """What to know about it."""


@dataclass(frozen=True, eq=False, repr=False)
class Reference(Record):
    """A cited publication."""

    id: Id
    """Never reused."""
    title: Words
    """As published where known, else a description."""
    publisher: Words
    """Who is responsible for the content; independence is judged by this name."""
    relayed_by: Text | None = field(default=None, kw_only=True)
    """Who carried the copy that was seen."""
    kind: ReferenceKind
    """What sort of publication it is."""
    date: PartialDate
    """Date of publication, as far as known."""
    url: Url | None = None
    """Address."""
    celex: Text | None = None
    """Identifier in EUR-Lex."""
    oj: Text | None = None
    """Place in the Official Journal."""
    note: Text | None = None
    """What it is good for, how weak it is."""


@dataclass(frozen=True, eq=False, repr=False)
class TableColumn(Record):
    """A column of a published table."""

    partner: Id
    """Id of the partnership."""
    heading: Words
    """The partner's name as printed."""


@dataclass(frozen=True, eq=False, repr=False)
class HeaderCell(Record):
    """A cell of a header row of a published table."""

    title: Text | None = field(default=None, kw_only=True)
    """As printed; none for an empty cell."""
    short: Text | None = field(default=None, kw_only=True)
    """For narrow screens."""
    group: Id | None = field(default=None, kw_only=True)
    """The group it names."""
    span: Number
    """How many columns it covers."""


@dataclass(frozen=True, eq=False, repr=False)
class Departure(Record):
    """Where our value differs from a published table, with its reason."""

    partner: Id
    """Id of the partnership."""
    field: Text
    """date, the id of an area, or group:<id>."""
    published: Text
    """The value in the table."""
    ours: Text
    """Our value."""
    reason: Text
    """Why we depart."""


@dataclass(frozen=True, eq=False, repr=False)
class PublishedTable(Record):
    """A table as published: its columns, header rows and marks, and where we depart from it."""

    id: Id
    """Equals the file name."""
    title: Text
    """As printed."""
    reference: Id
    """Where it was published."""
    row_heading: Text
    """Heading of the column of areas."""
    columns: tuple[TableColumn, ...]
    """In the order of the table."""
    header: tuple[tuple[HeaderCell, ...], ...]
    """Header rows; the spans of each add up to the number of columns."""
    marks: Mapping[Status, Text]
    """The printed mark of each status."""
    note: Text | None = None
    """Limits of the table, in our own words."""
    departures: tuple[Departure, ...] = ()
    """Where our value is not the printed one."""


@dataclass(frozen=True, eq=False, repr=False)
class Prospect(Record):
    """A country without a partnership that talks or is talked about."""

    id: Id
    """Never reused."""
    name: Words
    """Name of the country."""
    iso: Iso
    """ISO 3166-1 alpha-2 code."""
    stage: Stage
    """How far it has come."""
    date: PartialDate
    """When."""
    reference: Id
    """Who says so."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """Details, in our own words."""


@dataclass(frozen=True, eq=False, repr=False)
class Edition(Record):
    """dataset.yaml: which edition of the data this is, who made it, and how it may be used and cited."""

    title: Text
    """Title of the data set."""
    description: Text
    """What it holds, in one sentence."""
    version: Version
    """Raised with every change of a value: major for codes that mean something else, minor for new partnerships."""
    date: Day
    """Day of the version."""
    authors: tuple[Text, ...]
    """Who made it."""
    licence: Text
    """SPDX identifier of the licence."""
    licence_url: Url
    """Where the licence can be read."""
    codebook: Text
    """Title of the codebook, which is cited on its own."""
    source: Source
    """The publication that the data begin with, acknowledged in every citation."""

    @property
    def words(self) -> str:
        """The edition as source lines give it: 'data version 1.0.0 of 2026-11-23'."""
        return f"data version {self.version} of {self.date}"


@dataclass(frozen=True, eq=False, repr=False)
class AreasFile(Record):
    """areas.yaml."""

    areas: tuple[Area, ...]
    """Every area, in row order."""


@dataclass(frozen=True, eq=False, repr=False)
class GroupsFile(Record):
    """groups.yaml."""

    groups: tuple[Group, ...]
    """Every group."""


@dataclass(frozen=True, eq=False, repr=False)
class ReferencesFile(Record):
    """references.yaml."""

    references: tuple[Reference, ...]
    """Every reference, sorted by id."""


@dataclass(frozen=True, eq=False, repr=False)
class ProspectsFile(Record):
    """prospects.yaml."""

    prospects: tuple[Prospect, ...] = field(default=())
    """Countries without a partnership."""


@dataclass(frozen=True, eq=False, repr=False)
class Waiver(Record):
    """A problem that is known and accepted, with its reason."""

    rule: Id
    """Id of the rule, as it stands in brackets at the end of a message."""
    path: Text
    """The file inside the data folder, such as partnerships/albania.yaml."""
    at: Text | None = field(default=None, kw_only=True)
    """Keys that lead to the value, such as coverage.cyber or references.eeas-overview; without it, the whole file."""
    reason: Text
    """Why the problem is accepted."""


@dataclass(frozen=True, eq=False, repr=False)
class WaiversFile(Record):
    """waivers.yaml."""

    waivers: tuple[Waiver, ...]
    """Every waiver; one that is no longer needed is an error."""
