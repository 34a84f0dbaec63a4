"""Rules on one partnership and its neighbours: names, codes, signatories, milestones and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath

from sdp_matrix.files.document import Document
from sdp_matrix.files.messages import not_allowed
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.dates import iso_day
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.vocabulary import EU, PLANNED, Act, Event, Membership, Status
from sdp_matrix.problem import Problem, Step
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.rule import Example, Rule

_ALBANIA = "partnerships/albania.yaml"
_EVIDENCE = "cyber: {{status: covered, evidence: [{{reference: news-albania, supports: {}}}]}}"
_LAST_MILESTONE = "  - {date: 2024-11-20, event: adopted, reference: relay-albania}\n"
_EU_SIGNED = "  - {party: EU, name: Kaja Kallas, office: High Representative, reference: news-albania}\n"

RULES = (
    Rule(
        "party",
        "A signatory signs for the EU or for the partner, named as in the file.",
        Example(_ALBANIA, "  - {party: Albania, name: Igli", "  - {party: ¦Albanya, name: Igli"),
    ),
    Rule(
        "eu-signatory",
        "The EU signs every partnership; signatories without one for the EU are incomplete.",
        Example(_ALBANIA, "signatories:\n" + _EU_SIGNED, "¦signatories:\n"),
    ),
    Rule(
        "repeated-signatory",
        "A person signs once for a party.",
        Example(_ALBANIA, _EU_SIGNED, _EU_SIGNED + _EU_SIGNED.replace("- ", "- ¦")),
    ),
    Rule(
        "office-of-nobody",
        "Where no source names a person, no office is given: it would seem to be known who signed.",
        Example(_ALBANIA, "name: Kaja Kallas, office: High", "name: not established, office: ¦High"),
    ),
    Rule(
        "repeated-group",
        "A group stands once; of two memberships one may say the contrary of the other.",
        Example(_ALBANIA, "groups: [nato-ally]", "groups: [nato-ally, ¦nato-ally]"),
    ),
    Rule(
        "milestone-order",
        "Milestones stand in order of date, as people read them.",
        Example(_ALBANIA, _LAST_MILESTONE, _LAST_MILESTONE.replace("2024-11-20", "¦2023-11-20")),
    ),
    Rule(
        "repeated-milestone",
        "A milestone stands once.",
        Example(_ALBANIA, _LAST_MILESTONE, _LAST_MILESTONE + _LAST_MILESTONE.replace("- ", "- ¦")),
    ),
    Rule(
        "milestone-after-signature",
        "What leads to a partnership is not later than it.",
        Example(_ALBANIA, _LAST_MILESTONE, "  - {date: ¦2025-01-01, event: talks-launched, reference: news-albania}\n"),
    ),
    Rule(
        "evidence-kind",
        "Evidence supports a value of the kind of its field; anything else supports nothing and is not counted.",
        Example(_ALBANIA, "  cyber: covered", "  " + _EVIDENCE.format("¦maybe")),
    ),
    Rule(
        "repeated-evidence",
        "A piece of evidence stands once under a value; two would look like more support.",
        Example(
            _ALBANIA,
            "  cyber: covered",
            "  cyber:\n    status: covered\n    evidence:\n"
            "      - {reference: news-albania, supports: covered}\n"
            "      - ¦{reference: news-albania, supports: covered}",
        ),
    ),
)


def _signatories(scan: Scan) -> Iterator[Problem]:
    for path, partner in scan.readable(Partnership).items():
        parties = {person.party for person in partner.signatories}
        document, own = scan.documents[path], parties - {EU}
        if len(own) == 1 and fold(*own) == fold(PurePosixPath(path).stem) != fold(partner.name):
            message = f"the name is '{in_one_line(partner.name)}' here, but {_listed(own)} signs below; write it alike"
            yield document.problem(["name"], "party", message)
        elif not _is_odd(document, "name"):
            yield from _parties(document, partner)
        yield from _persons(document, partner)
        if own and EU not in parties and own <= {partner.name}:
            message = "nobody signs for the EU; add a signatory with 'party: EU', named 'not established' if need be"
            yield document.problem(["signatories"], "eu-signatory", message, key=True)


def _is_odd(document: Document, key: str) -> bool:
    """Whether the text of a value is at fault, so that comparing it says nothing."""
    lines = {problem.location.line for problem in document.problems}
    return bool(lines) and document.locate([key]).line in lines


def _listed(names: set[str]) -> str:
    return " and ".join(f"'{in_one_line(name)}'" for name in sorted(names))


def _parties(document: Document, partner: Partnership) -> Iterator[Problem]:
    for index, person in enumerate(partner.signatories):
        if person.party not in {EU, partner.name}:
            message = f"'{in_one_line(person.party)}' is not a party; write EU or {in_one_line(partner.name)}"
            yield document.problem(["signatories", index, "party"], "party", message)


def _persons(document: Document, partner: Partnership) -> Iterator[Problem]:
    seen = set()
    for index, person in enumerate(partner.signatories):
        if (person.party, person.name) in seen:
            message = f"duplicate signatory {in_one_line(person.name)} for this party; remove one"
            yield document.problem(["signatories", index], "repeated-signatory", message)
        if not person.established and person.office:
            message = "no person is named, so no office can be known; remove the office, or name the person"
            yield document.problem(["signatories", index, "office"], "office-of-nobody", message)
        seen.add((person.party, person.name))


_BEFORE = {
    Event.NAMED_PILOT_PARTNER,
    Event.NEGOTIATIONS_AUTHORISED,
    Event.TALKS_ANNOUNCED,
    Event.TALKS_LAUNCHED,
    Event.INTEREST_CONFIRMED,
    Event.NEGOTIATIONS_CONFIRMED,
    Event.TALKS_CONCLUDED,
    Event.AGREEMENT_ANNOUNCED,
    Event.SIGNING_ANNOUNCED,
}
"""Events on the way to a signature."""


def _milestones(scan: Scan) -> Iterator[Problem]:
    for path, partner in scan.readable(Partnership).items():
        document, seen = scan.documents[path], set()
        signed = partner.date.text if partner.date.value else ""
        for index, milestone in enumerate(partner.milestones):
            where = ("milestones", index)
            seen_as = (milestone.date, milestone.event, milestone.place)
            if seen_as in seen:
                message = f"duplicate milestone: {milestone.event.words} on {milestone.date}; remove one"
                yield document.problem(where, "repeated-milestone", message)
            elif milestone.event in _BEFORE and signed and milestone.date > signed[: len(milestone.date)]:
                message = f"{milestone.event.words} leads to a partnership, but this one is of {signed}; "
                message += "correct the day or the event"
                # what is at fault with the event explains it as well
                yield replace(document.problem([*where, "date"], "milestone-after-signature", message), at=where)
            seen.add(seen_as)
        for index, (earlier, later) in enumerate(pairwise(partner.milestones), 1):
            length = min(len(earlier.date), len(later.date))
            if later.date[:length] < earlier.date[:length]:
                message = f"{later.date} is before {earlier.date}, the one above it; put them in order of date"
                yield document.problem(["milestones", index, "date"], "milestone-order", message)


def _evidence(scan: Scan) -> Iterator[Problem]:
    statuses = [*map(str, Status), PLANNED]
    memberships = [*map(str, Membership), PLANNED]
    acts = [*map(str, Act), PLANNED]
    for path, partner in scan.readable(Partnership).items():
        document = scan.documents[path]
        for area, coverage in partner.coverage.items():
            if coverage.evidence:
                yield from _pieces(document, ("coverage", area), coverage.evidence, statuses)
        for index, membership in enumerate(partner.groups):
            yield from _pieces(document, ("groups", index), membership.evidence, memberships)
        yield from _pieces(document, ("act",), partner.act.evidence, acts)
        yield from _pieces(document, ("date",), partner.date.evidence, None)
        for name in ("place", "occasion"):
            if sourced := getattr(partner, name):
                yield from _pieces(document, (name,), sourced.evidence, ())


def _pieces(
    document: Document, where: tuple[Step, ...], pieces: Sequence[Evidence], allowed: Sequence[str] | None
) -> Iterator[Problem]:
    """`allowed` is None for a day, and empty for any text."""
    seen = set()
    for index, piece in enumerate(pieces):
        here = (*where, "evidence", index)
        seen_as = (piece.reference, piece.locator, piece.supports)
        if seen_as in seen:
            message = "duplicate evidence; remove one, or say with 'locator' where each is found"
            yield document.problem(here, "repeated-evidence", message)
        elif allowed is None and not iso_day(piece.supports):
            message = f"'{in_one_line(piece.supports)}' is not a day, so it supports no date; write YYYY-MM-DD"
            yield document.problem([*here, "supports"], "evidence-kind", message)
        elif allowed and piece.supports not in allowed:
            message = not_allowed(in_one_line(piece.supports), [*allowed]) + "; else it supports nothing"
            yield document.problem([*here, "supports"], "evidence-kind", message)
        seen.add(seen_as)


CHECKS = (_signatories, _milestones, _evidence)
