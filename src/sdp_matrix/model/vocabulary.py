"""The vocabulary of the field: closed lists of values, with their meanings and the words that people read."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

_SPELLINGS = {"safe": "SAFE", "eda": "EDA", "european peace facility": "Peace Facility"}  # not the words of the id


class Word(StrEnum):
    """A word of a closed list, with its meaning, which schemas and the codebook show."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Return the word with this value, and with its meaning."""
        word = str.__new__(cls, value)
        word._value_ = value  # else Enum would take the pair as the value
        word.meaning = meaning
        return word

    @property
    def words(self) -> str:
        """Return the word as people read it: 'not covered', 'SAFE talks ended'."""
        words = self.value.replace("-", " ")
        for plain, spelling in _SPELLINGS.items():
            words = words.replace(plain, spelling)
        return words


class Status(Word):
    """Whether a partnership covers an area.

    >>> Status.UNKNOWN.present is None
    True
    """

    COVERED = "covered", "The partnership covers the area."
    NOT_COVERED = "not-covered", "The authors of the published table did not find it, or a text that was read lacks it."
    ALREADY_EXISTS = "already-exists", "What the area aims at exists already, apart from the partnership."
    UNKNOWN = "unknown", "No source read so far gives it; never the same as not covered."

    @property
    def present(self) -> bool | None:
        """Return True for covered and already-exists, False for not-covered, None if it is not known."""
        return None if self is Status.UNKNOWN else self is not Status.NOT_COVERED


class Act(Word):
    """What was done on the day of a partnership, in the words of the parties."""

    SIGNED = "signed", "Both sides signed the text."
    ADOPTED = "adopted", "Both sides adopted the text; no source reports a signature."
    ANNOUNCED = "announced", "The sides made the partnership public; no source reports a signature."
    CONCLUDED = "concluded", "The sides say that they concluded it; no source reports a signature."
    UNKNOWN = "unknown", "No source read so far gives it."


class Membership(Word):
    """Whether a partner belongs to a group."""

    MEMBER = "member", "The partner belongs to the group."
    NOT_MEMBER = "not-member", "A source says that it belongs to the group, and we do not follow it."


class Relation(Word):
    """How two partnerships relate in one area."""

    BOTH = "both", "Areas that both have with the same status."
    NEITHER = "neither", "Areas that neither has."
    ONLY_LEFT = "only-left", "Areas that only the first has."
    ONLY_RIGHT = "only-right", "Areas that only the second has."
    DIFFERS_IN_KIND = "differs-in-kind", "Areas that both have, in two forms."
    UNKNOWN = "unknown", "Areas that are not known for one or both."


class Grade(Word):
    """How well a value is supported; always derived from evidence, never typed."""

    CONTESTED = "contested", "Some evidence supports another value."
    FROM_TEXT = "from-text", "The text of the partnership itself supports the value."
    CORROBORATED = "corroborated", "Two independent origins, neither of them weak, support the value."
    SINGLE_SOURCE = "single-source", "The value has support, but not of two independent origins that are not weak."
    UNKNOWN = "unknown", "No value is established."


class Standing(Word):
    """How much weight the author of a reference has; a copy at a site without a responsible publisher is weak."""

    TEXT = "text", "The partnership itself."
    OFFICIAL = "official", "A release, statement or report of a party on it."
    EXPERT = "expert", "Parliamentary research, a think tank or a law firm."
    PRESS = "press", "A news agency or newspaper."
    WEAK = "weak", "An aggregator, blog or small outlet, or a copy at a site without a responsible publisher."


class Basis(Word):
    """The source of the headings of a partnership."""

    TEXT = "text", "The text of the partnership."
    REPORT = "report", "A report on it that lists them, such as a release of a ministry."
    COUNT = "count", "A report that says only how many there are."


class Stance(Word):
    """Whether a piece of evidence is for or against a value."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Event(Word):
    """What happened at a milestone."""

    CALLED_FOR = "called-for"
    NEGOTIATING = "negotiating"
    OTHER_INSTRUMENT = "other-instrument"
    NAMED_PILOT_PARTNER = "named-pilot-partner"
    SUMMIT_COMMITMENT = "summit-commitment"
    PARTNERSHIP_PROPOSED = "partnership-proposed"
    NEGOTIATIONS_AUTHORISED = "negotiations-authorised"
    TALKS_ANNOUNCED = "talks-announced"
    TALKS_LAUNCHED = "talks-launched"
    INTEREST_CONFIRMED = "interest-confirmed"
    NEGOTIATIONS_CONFIRMED = "negotiations-confirmed"
    TALKS_CONCLUDED = "talks-concluded"
    AGREEMENT_ANNOUNCED = "agreement-announced"
    SIGNING_ANNOUNCED = "signing-announced"
    ADOPTED = "adopted"
    DIALOGUE_HELD = "dialogue-held"
    INFORMATION_SECURITY_TALKS_LAUNCHED = "information-security-talks-launched"
    SAFE_TALKS_ENDED = "safe-talks-ended"
    SAFE_TALKS_CONCLUDED = "safe-talks-concluded"
    SAFE_PARTICIPATION_ENDORSED = "safe-participation-endorsed"
    SAFE_AGREEMENT_SIGNED = "safe-agreement-signed"


class ReferenceKind(Word):
    """What sort of publication a reference is."""

    BRIEFING = "briefing"
    PAPER = "paper"
    PRESS_RELEASE = "press-release"
    WEB_PAGE = "web-page"
    NEWS = "news"
    SPEECH = "speech"
    TREATY = "treaty"
    POLICY_PAPER = "policy-paper"
    DOCUMENT = "document"


class Topic(Word):
    """A topic of partnerships that has no row in the table; a short list, so that people can search for it."""

    ARCTIC = "arctic"
    CIVIL_PROTECTION = "civil-protection"
    CLIMATE_SECURITY = "climate-security"
    DIPLOMATIC_NETWORK = "diplomatic-network"
    HEALTH = "health"
    ILLICIT_FINANCE = "illicit-finance"
    INFORMATION_EXCHANGE = "information-exchange"
    INTELLIGENCE_SHARING = "intelligence-sharing"
    MIGRATION = "migration"
    MILITARY_MOBILITY = "military-mobility"


class MechanismKind(Word):
    """A way in which a partner and the EU work together beside the areas of the table."""

    DIALOGUE = "dialogue", "Regular meetings, consultations and working groups."
    FRAMEWORK_PARTICIPATION = "framework-participation", "An agreement on taking part in operations of the EU."
    MISSIONS = "missions", "Part in missions and operations of the EU, or a mission of the EU in the country."
    EDA_ARRANGEMENT = "eda-arrangement", "An arrangement or consultations with the European Defence Agency."
    NAVAL_ARRANGEMENT = "naval-arrangement", "An arrangement or exercises with naval forces of the EU."
    SAFE = "safe", "Part in joint procurement under the SAFE regulation."
    EUROPEAN_PEACE_FACILITY = "european-peace-facility", "Money from or for the European Peace Facility."
    INFORMATION_SECURITY = "information-security", "An agreement, talks or help on classified information."


class MechanismStatus(Word):
    """How far a mechanism has come, by the source cited."""

    IN_PLACE = "in-place", "It works already."
    AGREED = "agreed", "Both sides have settled on it; that it works is not shown."
    FORESEEN = "foreseen", "The sides look into it, or mean to."
    REQUESTED = "requested", "One side has asked for it."


class Stage(Word):
    """How far a country without a partnership has come."""

    CALLED_FOR = "called-for", "A parliament, an institution or somebody else asks for a partnership."
    PROPOSED = "proposed", "One of the sides has proposed it."
    NEGOTIATING = "negotiating", "Both sides talk about it."
    OTHER_INSTRUMENT = "other-instrument", "The two sides have chosen another instrument."


class Counting(Word):
    """Which cells a statement counts; each claim chooses one of these.

    >>> [str(rule) for rule in Counting if rule.includes(Status.ALREADY_EXISTS)]
    ['present']
    >>> Counting.ABSENT.includes(Status.UNKNOWN) is None
    True
    """

    COVERED = "covered", "Only what the partnership covers."
    PRESENT = "present", "What the partnership covers, and what exists already."
    ABSENT = "absent", "What the partnership is known not to cover."

    def includes(self, status: Status) -> bool | None:
        """Return whether a cell counts; None if it is not known."""
        if status.present is None or self is Counting.PRESENT:
            return status.present
        return status is (Status.COVERED if self is Counting.COVERED else Status.NOT_COVERED)


class Verdict(Word):
    """The verdict of the data on a published statement; always computed."""

    TRUE = "true", "The data confirm it."
    FALSE = "false", "The data contradict it."
    TRUE_THEN = "true-then", "Confirmed for the day that it is about, and no longer true."
    UNKNOWN = "unknown", "Unknown cells or dates could decide."


UNKNOWN = "unknown"  # what a data file writes for an unknown day; in the models it is None
PLANNED = "planned"  # evidence of an aim before the signature: neither for nor against, as the text may not have it
NOT_ESTABLISHED = "not established"  # the name of a signatory if no source gives one
EU = "EU"  # the party that signs every partnership

DATE_FIELD, SIGNATORIES_FIELD = "date", "signatories"
GROUP_FIELD = "group:"  # begins the name of the field of a membership; the id of the group follows
SOURCED_FIELDS = (DATE_FIELD, "act", "place", "occasion")  # the other fields with evidence are cells and memberships
EVERYBODY, IN_TABLE = "all", "table"  # the operands of a claim that are neither a group nor a partner
