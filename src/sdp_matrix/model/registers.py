"""The models of the shared files: the edition, areas, groups, references, prospects, and published statements.

A statement has a claim that the data can check, of the kind in its key `kind`; the verdict is computed.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import Field

from sdp_matrix.model.record import (
    CELEX,
    SPDX,
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

    case: Text = Field(description="The case.")
    decision: Text = Field(description="How it was coded, and why; the rule for cases like it.")


class Examples(Record):
    """An example of each."""

    covered: Text = Field(description="A partnership that covers the area, and how.")
    not_covered: Text = Field(alias="not-covered", description="A partnership that does not.")


class Area(Entry):
    """One area of cooperation: a row of the table, with its codebook entry."""

    number: Number = Field(description="Row number.")
    title: Words = Field(description="Exactly as in the published table.")
    label: Words = Field(max_length=28, description="Short label, at most 28 characters.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other names that people type.")
    definition: Text | None = Field(default=None, description="What makes the area count as covered.")
    includes: tuple[Text, ...] = Field(default=(), description="What counts.")
    excludes: tuple[Text, ...] = Field(default=(), description="What does not count, and where it belongs.")
    borderline: tuple[Borderline, ...] = Field(default=(), description="Cases met so far.")
    examples: Examples | None = Field(default=None, description="One example of each.")
    reviewed: Day | None = Field(default=None, description="Day of the last review of this entry.")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the area: number, id, title, label and aliases."""
        return (str(self.number), self.id, self.title, self.label, *self.aliases)


class Group(Source, Entry):
    """A group of partners."""

    title: Words = Field(description="Name of the group, in the plural.")
    short: Words | None = Field(default=None, max_length=12, description="Short name, at most 12 characters.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other names that people type.")
    note: Text | None = Field(default=None, description="What to know about it.")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the group: id, title and aliases."""
        return (self.id, self.title, *self.aliases)


class Reference(Entry):
    """A cited publication."""

    title: Words = Field(description="As published if known, else a description.")
    descriptive: OnlyTrue = Field(default=False, description="Whether the title is our description; left out if not.")
    publisher: Words = Field(description="Whose publication it is; never the compilers of these data.")
    relayed_by: Text | None = Field(default=None, description="Who carried the copy that was seen; it adds no weight.")
    follows: Origin | None = Field(
        default=None, description="Whose content it passes on, and counts as: the id of a reference, or a publisher."
    )
    standing: Standing = Field(description="How much weight it has, as it was seen.")
    kind: ReferenceKind = Field(description="What sort of publication it is.")
    date: PartialDate = Field(description="Date of publication, as far as known.")
    url: Url | None = Field(default=None, description="Address.")
    address_note: Text | None = Field(default=None, description="What the address leads to, if not the document.")
    celex: str | None = Field(default=None, pattern=CELEX, description="Identifier in EUR-Lex.")
    oj: Text | None = Field(default=None, description="Place in the Official Journal.")
    note: Text | None = Field(default=None, description="What it is good for, how weak it is.")


class Step(Source):
    """What happened on the way of a country that has no partnership."""

    date: PartialDate = Field(description="When.")
    stage: Stage = Field(description="How far it had come.")
    note: Text | None = Field(default=None, description="Details, in our own words.")


class Prospect(Entry):
    """A country without a partnership that talks or is talked about."""

    name: Words = Field(description="Name of the country.")
    iso: Iso = Field(description="ISO 3166-1 alpha-2 code.")
    steps: tuple[Step, ...] = Field(description="In order of date.")


class Edition(Record):
    """dataset.yaml: which edition of the data this is, who made it, and how it may be used and cited."""

    title: Text = Field(description="Title of the data set.")
    description: Text = Field(description="What it is, in one sentence.")
    version: Version = Field(
        description="Raised with each change of a value: major if codes change meaning, minor for new partnerships."
    )
    date: Day = Field(description="Day of the version.")
    doi: Doi | None = Field(default=None, description="Digital object identifier, if the data set has one.")
    authors: tuple[Text, ...] = Field(description="Who made it.")
    licence: str = Field(pattern=SPDX, description="SPDX identifier of the licence.")
    licence_url: Url = Field(description="Where the licence can be read.")
    table_notice: Text | None = Field(
        default=None,
        description="What the publisher of the table allows, in our own words; the licence is that of our coding.",
    )
    codebook: Text = Field(description="Title of the codebook, which is cited on its own.")
    source: Source = Field(description="The publication that the data begin with, acknowledged in every citation.")

    @property
    def words(self) -> str:
        """Return the edition as source lines give it: 'edition 1.0.0 of 2026-11-23'."""
        return f"edition {self.version} of {self.date}"


class AreasFile(Record):
    """areas.yaml."""

    areas: tuple[Area, ...] = Field(description="Every area, in row order.")


class GroupsFile(Record):
    """groups.yaml."""

    groups: tuple[Group, ...] = Field(description="Every group.")


class ReferencesFile(Record):
    """references.yaml."""

    references: tuple[Reference, ...] = Field(description="Every reference.")
    publishers: Mapping[Words, tuple[Text, ...]] = Field(default={}, description="Other names of each publisher.")


class ProspectsFile(Record):
    """prospects.yaml."""

    prospects: tuple[Prospect, ...] = Field(default=(), description="Countries without a partnership.")


class _OnSome(Record):
    """A claim on some partnerships."""

    over: tuple[Operand, ...] = Field(
        min_length=1, description="The partnerships it is about: table, all, group:<id>, ids of partners."
    )


class _OnNumber(_OnSome):
    """A claim on a number."""

    count: Count = Field(description="The number stated.")
    tolerance: Count = Field(default=0, description="How far off the number may be, if the text says 'about'.")


class PartnersWithArea(_OnSome):
    """States that an area counts for exactly these partners."""

    kind: Literal["partners-with-area"]
    area: AreaId = Field(description="Id of an area.")
    counting: Counting = Field(description="covered, present (covered or already exists) or absent.")
    exactly: tuple[PartnerId, ...] = Field(description="Ids of the partners; [] states that there is none.")


class MembersOfGroup(_OnSome):
    """States that exactly these partners are members of a group."""

    kind: Literal["members-of-group"]
    group: GroupId = Field(description="Id of a group.")
    exactly: tuple[PartnerId, ...] = Field(description="Ids of the members among them.")


class CommonAreas(_OnNumber):
    """States how many areas count for all of some partners, or for one partner."""

    kind: Literal["common-areas"]
    counting: Counting = Field(description="covered, present (covered or already exists) or absent.")


class DifferingAreas(_OnNumber):
    """States in how many areas some partners have different statuses; 0 if they are equal."""

    kind: Literal["differing-areas"]


class NumberOfPartnerships(_OnNumber):
    """States how many partnerships there are."""

    kind: Literal["number-of-partnerships"]


class OrderByDate(Record):
    """States the order of partnerships by date; those of the same day may be in any order."""

    kind: Literal["order-by-date"]
    order: tuple[PartnerId, ...] = Field(
        min_length=2, description="Ids of the partners that are checked, the earliest first."
    )


class RankByDate(_OnSome):
    """States that a partnership is the first, second … by date; those of the same day share their ranks."""

    kind: Literal["rank-by-date"]
    partner: PartnerId = Field(description="Id of a partner among them.")
    rank: Number = Field(description="1 for the first.")


class DatesOfPartnerships(Record):
    """States the dates of partnerships."""

    kind: Literal["dates-of-partnerships"]
    days: Mapping[PartnerId, Day] = Field(min_length=1, description="The day stated of each partner that is checked.")


class MilestoneOn(Record):
    """States the day of an event on the way to or after a partnership."""

    kind: Literal["milestone"]
    partner: PartnerId = Field(description="Id of a partner; it is its partnership that is checked.")
    event: Event = Field(description="What happened.")
    day: Day = Field(description="The day stated.")


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
    """A published statement that the data can check; its verdict is computed."""

    paraphrase: Text = Field(description="What is stated, in our own words.")
    as_of: Day | None = Field(default=None, description="The day that it is about; without one, all days.")
    check: Claim = Field(discriminator="kind", description="What the data have to show for it to be true.")
    note: Text | None = Field(default=None, description="How the text was read, and what the data cannot check of it.")
    expected: Verdict | None = Field(default=None, description="Compared by `sdp validate`, never shown.")


class StatementsFile(Record):
    """statements.yaml."""

    statements: tuple[Statement, ...] = Field(default=(), description="Every statement, in the order of the sources.")
