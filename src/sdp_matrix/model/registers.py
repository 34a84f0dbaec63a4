"""The models of the shared files: the edition, areas, groups, references, prospects, and published statements.

A statement holds the claim that the data can check, of the kind that its key `kind` names; never whether it is right.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sdp_matrix.model.record import (
    AreaId,
    Count,
    Day,
    Doi,
    Entry,
    GroupId,
    Iso,
    Number,
    OnlyTrue,
    Operand,
    Origin,
    PartialDate,
    PartnerId,
    Record,
    Source,
    Text,
    Url,
    Version,
    Words,
)
from sdp_matrix.model.vocabulary import Counting, Event, ReferenceKind, Stage, Standing, Verdict


class Borderline(Record):
    """A case that was hard to code, and the rule that it decided."""

    case: Text
    """What was met."""
    decision: Text
    """How it was coded, and why; the rule for cases like it."""


class Examples(Record):
    """One example either way."""

    covered: Text
    """A partnership that covers the area, and how."""
    not_covered: Text = Field(alias="not-covered")
    """A partnership that does not."""


class Area(Entry):
    """One area of cooperation: a row of the table, with its codebook entry."""

    number: Number
    """Row number."""
    title: Words
    """Exactly as in the published table."""
    label: Annotated[Words, Field(max_length=28)]
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
    reviewed: Day | None = None
    """Day on which this entry was last looked at."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the area: number, id, title, label and aliases."""
        return (str(self.number), self.id, self.title, self.label, *self.aliases)


class Group(Source, Entry):
    """A group of partners."""

    title: Words
    """Name of the group, in the plural."""
    short: Annotated[Words, Field(max_length=12)] | None = None
    """Short name, at most 12 characters."""
    aliases: tuple[Text, ...] = ()
    """Other names that people type."""
    note: Text | None = None
    """What to know about it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the group: id, title and aliases."""
        return (self.id, self.title, *self.aliases)


class Reference(Entry):
    """A cited publication."""

    title: Words
    """As published if known, else a description."""
    descriptive: OnlyTrue = False
    """Whether the title is our description; a file leaves it out if not."""
    publisher: Words
    """Whose publication it is; never the compilers of these data."""
    relayed_by: Text | None = None
    """Who carried the copy that was seen; not a voice of its own."""
    follows: Origin | None = None
    """Whose content it passes on: the id of a reference, or the name of a publisher; it counts as that one."""
    standing: Standing
    """text, official, expert, press or weak: how much weight it has, as it was seen."""
    kind: ReferenceKind
    """What sort of publication it is."""
    date: PartialDate
    """Date of publication, as far as known."""
    url: Url | None = None
    """Address."""
    address_note: Text | None = None
    """What the address leads to, if that is not the document itself."""
    celex: Text | None = None
    """Identifier in EUR-Lex."""
    oj: Text | None = None
    """Place in the Official Journal."""
    note: Text | None = None
    """What it is good for, how weak it is."""


class Step(Source):
    """What happened on the way of a country that has no partnership."""

    date: PartialDate
    """When."""
    stage: Stage
    """How far it had come."""
    note: Text | None = None
    """Details, in our own words."""


class Prospect(Entry):
    """A country without a partnership that talks or is talked about."""

    name: Words
    """Name of the country."""
    iso: Iso
    """ISO 3166-1 alpha-2 code."""
    steps: tuple[Step, ...]
    """In order of date."""


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
    doi: Doi | None = None
    """Digital object identifier of the data set; left out until it has one."""
    authors: tuple[Text, ...]
    """Who made it."""
    licence: Text
    """SPDX identifier of the licence."""
    licence_url: Url
    """Where the licence can be read."""
    table_notice: Text | None = None
    """What the publisher of the table allows, in our own words; the licence is that of our coding alone."""
    codebook: Text
    """Title of the codebook, which is cited on its own."""
    source: Source
    """The publication that the data begin with, acknowledged in every citation."""

    @property
    def words(self) -> str:
        """Return the edition as source lines give it: 'edition 1.0.0 of 2026-11-23'."""
        return f"edition {self.version} of {self.date}"


class AreasFile(Record):
    """areas.yaml."""

    areas: tuple[Area, ...]
    """Every area, in row order."""


class GroupsFile(Record):
    """groups.yaml."""

    groups: tuple[Group, ...]
    """Every group."""


class ReferencesFile(Record):
    """references.yaml."""

    references: tuple[Reference, ...]
    """Every reference."""
    publishers: Mapping[Words, tuple[Text, ...]] = {}
    """Publishers that are known by other names too, each with these names; references have the first."""


class ProspectsFile(Record):
    """prospects.yaml."""

    prospects: tuple[Prospect, ...] = ()
    """Countries without a partnership."""


class _Claim(Record):
    """The key that all claims have."""

    kind: str
    """The kind of claim."""


class _OnSome(_Claim):
    """A claim on some partnerships, which it names."""

    over: Annotated[tuple[Operand, ...], Field(min_length=1)]
    """Partnerships that are checked: table, all, group:<id> and ids of partners."""


class _OnNumber(_OnSome):
    """A claim on a number."""

    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, if the text says 'about'."""


class PartnersWithArea(_OnSome):
    """That an area counts for exactly these partners, and for no other."""

    kind: Literal["partners-with-area"]
    area: AreaId
    """Id of an area."""
    counting: Counting
    """covered, present (covered or already exists) or absent."""
    exactly: tuple[PartnerId, ...]
    """Ids of the partners; an empty list ([]) states that there is none."""


class MembersOfGroup(_OnSome):
    """That exactly these partners are members of a group."""

    kind: Literal["members-of-group"]
    group: GroupId
    """Id of a group."""
    exactly: tuple[PartnerId, ...]
    """Ids of the members among them."""


class CommonAreas(_OnNumber):
    """That so many areas count for all of some partners; with one partner, that it has so many."""

    kind: Literal["common-areas"]
    counting: Counting
    """covered, present (covered or already exists) or absent."""


class DifferingAreas(_OnNumber):
    """That some partners do not have the same status in so many areas; 0 states that they are equal."""

    kind: Literal["differing-areas"]


class NumberOfPartnerships(_OnNumber):
    """That there are so many partnerships."""

    kind: Literal["number-of-partnerships"]


class OrderByDate(_Claim):
    """That partnerships follow one another in this order; those of the same day in any order."""

    kind: Literal["order-by-date"]
    order: Annotated[tuple[PartnerId, ...], Field(min_length=2)]
    """Ids of partners, the earliest first; these are the partnerships that are checked."""


class RankByDate(_OnSome):
    """That a partnership is the first, second … by date; those of the same day share their ranks."""

    kind: Literal["rank-by-date"]
    partner: PartnerId
    """Id of a partner among them."""
    rank: Number
    """1 for the first."""


class DatesOfPartnerships(_Claim):
    """That partnerships have these dates."""

    kind: Literal["dates-of-partnerships"]
    days: Annotated[Mapping[PartnerId, Day], Field(min_length=1)]
    """The day stated of each partner; these are the partnerships that are checked."""


class MilestoneOn(_Claim):
    """That something happened on this day on the way to or after a partnership."""

    kind: Literal["milestone"]
    partner: PartnerId
    """Id of a partner; it is its partnership that is checked."""
    event: Event
    """What happened."""
    day: Day
    """The day stated."""


Claim: TypeAlias = (
    PartnersWithArea
    | MembersOfGroup
    | CommonAreas
    | DifferingAreas
    | NumberOfPartnerships
    | OrderByDate
    | RankByDate
    | DatesOfPartnerships
    | MilestoneOn
)


class Statement(Source, Entry):
    """A published statement that the data can check; it never says whether it is right."""

    paraphrase: Text
    """What is stated, in our own words."""
    as_of: Day | None = None
    """The day the statement speaks of; without it the statement speaks of all days."""
    check: Annotated[Claim, Field(discriminator="kind")]
    """What the data have to show for the statement to be true."""
    note: Text | None = None
    """How the text was read, and what the data cannot check of it."""
    expected: Verdict | None = None
    """Regression value that only `sdp factcheck --check` compares; never shown as a verdict."""


class StatementsFile(Record):
    """statements.yaml."""

    statements: tuple[Statement, ...] = ()
    """Every statement, in the order of the sources."""
