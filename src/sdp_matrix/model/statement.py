"""What statements.yaml says: published statements, and of each the claim that the data can check.

A claim is of one of a few kinds, told apart by its key `kind`. It names what a text states, never whether it is right.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sdp_matrix.model import constraints
from sdp_matrix.model.constraints import (
    AreaId,
    Count,
    Day,
    GroupId,
    Id,
    Number,
    Operand,
    PartnerId,
    ReferenceId,
    Text,
)
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import Counting, Event, Verdict

EVERYBODY, IN_TABLE = constraints.EVERYBODY, constraints.IN_TABLE


class _Check(Record):
    """What the checks have in common."""

    kind: str
    """Which of the checks this is."""


class _OfSome(_Check):
    """A check that says which partnerships it looks at."""

    over: tuple[Operand, ...]
    """Partnerships looked at: table, all, group:<id> and ids of partners."""


class _Counted(_OfSome):
    """A check of a number."""

    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, where the text says 'about'."""


class PartnersWithArea(_OfSome):
    """That an area counts for exactly these partners, and for no other."""

    kind: Literal["partners-with-area"]
    area: AreaId
    """Id of an area."""
    counting: Counting
    """covered, present (covered or already exists) or absent."""
    exactly: tuple[PartnerId, ...]
    """Ids of the partners; an empty list ([]) states that there is none."""


class MembersOfGroup(_OfSome):
    """That exactly these partners are members of a group."""

    kind: Literal["members-of-group"]
    group: GroupId
    """Id of a group."""
    exactly: tuple[PartnerId, ...]
    """Ids of the members among them."""


class CommonAreas(_OfSome):
    """That so many areas count for all of some partners; with one partner, that it has so many."""

    kind: Literal["common-areas"]
    counting: Counting
    """covered, present (covered or already exists) or absent."""
    count: Count
    """The number stated."""
    tolerance: Count = 0
    """How far off the number may be, where the text says 'about'."""


class DifferingAreas(_Counted):
    """That some partners do not have the same status in so many areas; 0 states that they are equal."""

    kind: Literal["differing-areas"]


class NumberOfPartnerships(_Counted):
    """That there are so many partnerships."""

    kind: Literal["number-of-partnerships"]


class OrderByDate(_Check):
    """That partnerships follow one another in this order; those of one day may stand either way round."""

    kind: Literal["order-by-date"]
    order: tuple[PartnerId, ...]
    """Ids of partners, the earliest first; these are the partnerships looked at."""


class RankByDate(_OfSome):
    """That a partnership is the first, second … by date; those of one day share their ranks."""

    kind: Literal["rank-by-date"]
    partner: PartnerId
    """Id of a partner among them."""
    rank: Number
    """1 for the first."""


class DatesOfPartnerships(_Check):
    """That partnerships have these dates."""

    kind: Literal["dates-of-partnerships"]
    days: Mapping[PartnerId, Day]
    """The day stated of each partner; these are the partnerships looked at."""


class MilestoneOn(_Check):
    """That something happened on this day on the way to or after a partnership."""

    kind: Literal["milestone"]
    partner: PartnerId
    """Id of a partner; its partnership is the one looked at."""
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


class Statement(Record):
    """A published statement that the data can check; it never says whether it is right."""

    id: Id
    """Never reused."""
    reference: ReferenceId
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
