"""What the files that all partnerships share say: areas, groups, references, prospects, and the edition of the data."""

from pydantic import Field

from sdp_matrix.model.constraints import (
    Day,
    Doi,
    Id,
    Iso,
    Number,
    OnlyTrue,
    Origin,
    PartialDate,
    ReferenceId,
    Text,
    Url,
    Version,
    Words,
)
from sdp_matrix.model.partnership import Source
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import ReferenceKind, Stage, Standing


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
    reviewed: Day | None = None
    """Day on which this entry was last looked at."""


class Group(Record):
    """A group of partners."""

    id: Id
    """Never reused."""
    title: Words
    """Name of the group, in the plural."""
    short: Words | None = None
    """At most 12 characters."""
    aliases: tuple[Text, ...] = ()
    """Other names that people type."""
    reference: ReferenceId
    """Who lists the members."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """What to know about it."""


class Reference(Record):
    """A cited publication."""

    id: Id
    """Never reused."""
    title: Words
    """As published where known, else a description."""
    descriptive: OnlyTrue = False
    """true where the title is our description; else left out."""
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
    """What the address leads to, where that is not the document itself."""
    celex: Text | None = None
    """Identifier in EUR-Lex."""
    oj: Text | None = None
    """Place in the Official Journal."""
    note: Text | None = None
    """What it is good for, how weak it is."""


class Step(Record):
    """What happened on the way of a country that has no partnership."""

    date: PartialDate
    """When."""
    stage: Stage
    """How far it had come."""
    reference: ReferenceId
    """Who says so."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    note: Text | None = None
    """Details, in our own words."""


class Prospect(Record):
    """A country without a partnership that talks or is talked about."""

    id: Id
    """Never reused."""
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
        """The edition as source lines give it: 'data version 1.0.0 of 2026-11-23'."""
        return f"data version {self.version} of {self.date}"


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


class ProspectsFile(Record):
    """prospects.yaml."""

    prospects: tuple[Prospect, ...] = ()
    """Countries without a partnership."""
