"""What statements.yaml says: published statements, and of each the claim that the data can check.

A claim is of one of a few kinds, told apart by its key `kind`. It names what a text states, never whether it is right.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sdp_matrix.model.constraints import Count, Day, Id, Number, Operand, Text, Words
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import Counting, Event, Verdict

EVERYBODY = "all"
IN_TABLE = "table"

Over: TypeAlias = tuple[Operand, ...]


class PartnersWithArea(Record):
    """That an area counts for exactly these partners, and for no other."""

    kind: Literal["partners-with-area"]
    """partners-with-area."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    area: Id
    """Id of an area."""
    counting: Counting
    """covered, present (covered or already exists) or absent."""
    exactly: tuple[Id, ...]
    """Ids of the partners; an empty list ([]) states that there is none."""


class MembersOfGroup(Record):
    """That exactly these partners are members of a group."""

    kind: Literal["members-of-group"]
    """members-of-group."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    group: Id
    """Id of a group."""
    exactly: tuple[Id, ...]
    """Ids of the members among them."""


class CommonAreas(Record):
    """That so many areas count for all of some partners; with one partner, that it has so many."""

    kind: Literal["common-areas"]
    """common-areas."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    counting: Counting
    """covered, present (covered or already exists) or absent."""
    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, where the text says 'about'."""


class DifferingAreas(Record):
    """That some partners do not have the same status in so many areas; 0 states that they are equal."""

    kind: Literal["differing-areas"]
    """differing-areas."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, where the text says 'about'."""


class NumberOfPartnerships(Record):
    """That there are so many partnerships."""

    kind: Literal["number-of-partnerships"]
    """number-of-partnerships."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, where the text says 'about'."""


class OrderByDate(Record):
    """That partnerships follow one another in this order; those of one day may stand either way round."""

    kind: Literal["order-by-date"]
    """order-by-date."""
    order: tuple[Id, ...]
    """Ids of partners, the earliest first; these are the partnerships looked at."""


class RankByDate(Record):
    """That a partnership is the first, second … by date; those of one day share their ranks."""

    kind: Literal["rank-by-date"]
    """rank-by-date."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    partner: Id
    """Id of a partner among them."""
    rank: Number
    """1 for the first."""


class DatesOfPartnerships(Record):
    """That partnerships have these dates."""

    kind: Literal["dates-of-partnerships"]
    """dates-of-partnerships."""
    days: Mapping[Id, Day]
    """The day stated of each partner; these are the partnerships looked at."""


class MilestoneOn(Record):
    """That something happened on this day on the way to or after a partnership."""

    kind: Literal["milestone"]
    """milestone."""
    partner: Id
    """Id of a partner; its partnership is the one looked at."""
    event: Event
    """What happened."""
    day: Day
    """The day stated."""


class PlannedArea(Record):
    """That an area was planned for a partnership before its signature; what became of it decides nothing."""

    kind: Literal["planned-area"]
    """planned-area."""
    partner: Id
    """Id of a partner; its partnership is the one looked at."""
    area: Id
    """Id of an area."""


class HeadingsOfText(Record):
    """That the text of each partnership has so many areas of cooperation, counted by its own headings."""

    kind: Literal["headings"]
    """headings."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    count: Number
    """The number stated."""


class OfficesOfSignatories(Record):
    """That whoever signed for a partner held one of these offices."""

    kind: Literal["offices-of-signatories"]
    """offices-of-signatories."""
    over: Over
    """Partnerships looked at: table, all, group:<id> and ids of partners."""
    offices: tuple[Words, ...]
    """The offices, as the partnerships write them."""


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
    | PlannedArea
    | HeadingsOfText
    | OfficesOfSignatories
)


class Statement(Record):
    """A published statement that the data can check; it never says whether it is right."""

    id: Id
    """Never reused."""
    reference: Id
    """Id of the entry of references.yaml that makes the statement."""
    locator: Text | None = None
    """Section, table or page of the reference."""
    paraphrase: Text
    """What is stated, in our own words."""
    as_of: Day | None = None
    """The day the statement speaks of; without it the statement speaks of all days."""
    check: Annotated[Claim, Field(discriminator="kind")]
    """What the data have to show for the statement to be true."""
    note: Text | None = None
    """How the text was read, and what the check cannot see."""
    expected: Verdict | None = None
    """Regression value that only `sdp factcheck --check` compares; never shown as a verdict."""


class StatementsFile(Record):
    """statements.yaml."""

    statements: tuple[Statement, ...] = ()
    """Every statement, in the order of the sources."""
