"""Rules on one partnership and its neighbours: names, codes, signatories, milestones and evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sdp_matrix.files.messages import not_allowed
from sdp_matrix.matching import fold
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import ProspectsFile
from sdp_matrix.model.vocabulary import EU, PLANNED, Act, Event, Membership, Status
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.iso_countries import CODES, NEAR
from sdp_matrix.validation.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.files.document import Document
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.model.partnership import Evidence
    from sdp_matrix.problem import Problem, Step

_ALBANIA = "partnerships/albania.yaml"
_EVIDENCE = "cyber: {{status: covered, evidence: [{{reference: news-albania, supports: {}}}]}}"
_LAST_MILESTONE = "  - {date: 2024-11-20, event: adopted, reference: relay-albania}\n"
_EU_SIGNED = "  - {party: EU, name: Kaja Kallas, office: High Representative, reference: news-albania}\n"

RULES = (
    Rule(
        "file-name",
        "The id is the name of the file, so that a file is found by its id.",
        Example(_ALBANIA, "id: albania", "id: ¦shqiperia"),
    ),
    Rule(
        "iso-code",
        "A country code is officially assigned by ISO 3166-1, so that other data can be joined.",
        Example(_ALBANIA, "iso: AL", "iso: ¦XX"),
    ),
    Rule(
        "iso-taken",
        "A country code belongs to one partner; two of one code are confused when data are joined.",
        Example(_ALBANIA, "iso: AL", "iso: ¦NO"),
    ),
    Rule(
        "name-taken",
        "A name belongs to one partner; two of one name cannot be told apart in a table.",
        Example(_ALBANIA, "name: Albania\niso", "name: ¦Norway\niso"),
    ),
    Rule(
        "alias-taken",
        "An alias is not another partner's id, name, code or alias; else a question gets the wrong partner.",
        Example(_ALBANIA, "aliases: [shqiperia]", "aliases: [¦norway]"),
    ),
    Rule(
        "repeated-alias",
        "An alias stands once; a second is without effect.",
        Example(_ALBANIA, "aliases: [shqiperia]", "aliases: [shqiperia, ¦Shqiperia]"),
    ),
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
    Rule(
        "prospect-is-partner",
        "A country with a partnership is no prospect; it would be counted twice.",
        Example(
            "prospects.yaml",
            "prospects: []\n",
            "prospects:\n  - {id: ¦albania, name: Albania, iso: AL, steps: [{date: 2024, stage: proposed, reference: news-albania}]}\n",
        ),
    ),
)


def file_names(scan: Scan) -> Iterator[Problem]:
    """The id of a partnership or table is the name of its file."""
    named: dict[str, Partnership | PublishedTable] = {**scan.readable(Partnership), **scan.readable(PublishedTable)}
    for path, record in named.items():
        stem = path.rpartition("/")[2].removesuffix(".yaml")
        if record.id and record.id != stem:
            message = f"the id is '{in_one_line(record.id)}' but the file is called '{stem}'; write '{stem}' here, "
            message += "or rename the file"
            yield scan.documents[path].problem(["id"], "file-name", message)


def names(scan: Scan) -> Iterator[Problem]:
    """Codes, names and aliases belong to one partner each."""
    partners = {path: p for path, p in scan.readable(Partnership).items() if p.id}
    taken = _Taken(defaultdict(list), defaultdict(list), defaultdict(list))
    for path, partner in partners.items():
        taken.codes[partner.iso or ""].append(path)
        for name in {fold(name) for name in (_stem(path), partner.name, partner.iso or "") if name}:
            taken.names[name].append(path)
        for alias in {fold(alias) for alias in partner.aliases}:
            taken.aliases[alias].append(path)
    for path, partner in partners.items():
        document = scan.documents[path]
        yield from _code(document, path, partners, taken.codes[partner.iso or ""])
        yield from _name(document, path, partner, taken.names[fold(partner.name)])
        yield from _aliases(document, path, partner, taken)


class _Taken(NamedTuple):
    """Which files say what."""

    codes: dict[str, list[str]]
    names: dict[str, list[str]]
    """Ids, names and codes, which an alias has to respect."""
    aliases: dict[str, list[str]]


def _code(document: Document, path: str, partners: dict[str, Partnership], paths: list[str]) -> Iterator[Problem]:
    code = partners[path].iso or ""
    if re.fullmatch("[A-Z]{2}", code) and code not in CODES:
        right = NEAR.get(code)
        advice = f"write '{right}'" if right else "look it up in ISO 3166-1 alpha-2"
        yield document.problem(["iso"], "iso-code", f"'{code}' is not a code of any country; {advice}")
    elif code and len(paths) > 1 and path != (owner := max(paths, key=lambda p: _fits(code, partners[p]))):
        message = f"the code {code} stands in {owner} already; each partner has its own"
        yield document.problem(["iso"], "iso-taken", message)


def _fits(code: str, partner: Partnership) -> bool:
    """Whether a code could come from a name of the partner: GB from Great Britain."""
    names = (name.upper() for name in (partner.name, *partner.aliases))
    return any(name[:1] == code[:1] and code[1:] in name[1:] for name in names)


def _name(document: Document, path: str, partner: Partnership, paths: list[str]) -> Iterator[Problem]:
    name = fold(partner.name)
    other = next((other for other in paths if other != path), None)
    if other is None or name == fold(_stem(path)):
        return
    if name == fold(_stem(other)) or path > other:
        message = f"'{in_one_line(partner.name)}' is the partner of {other} already; each has its own name"
        yield document.problem(["name"], "name-taken", message)


def _aliases(document: Document, path: str, partner: Partnership, taken: _Taken) -> Iterator[Problem]:
    seen = {fold(partner.name)}
    for index, alias in enumerate(partner.aliases):
        folded = fold(alias)
        if folded in seen:
            message = f"'{in_one_line(alias)}' stands twice among the names; remove one (case and accents do not count)"
            yield document.problem(["aliases", index], "repeated-alias", message)
        elif other := _other_owner(path, folded, taken):
            message = f"the alias '{in_one_line(alias)}' stands for the partner of {other} as well; remove one"
            yield document.problem(["aliases", index], "alias-taken", message)
        seen.add(folded)


def _other_owner(path: str, alias: str, taken: _Taken) -> str | None:
    """Who has a better right to an alias: whose id, name or code it is, else whose id is more like it."""
    if other := next((other for other in taken.names[alias] if other != path), None):
        return other
    paths = taken.aliases[alias]
    if len(paths) == 1:
        return None
    owner = max(paths, key=lambda p: SequenceMatcher(None, fold(_stem(p)), alias).ratio())
    return owner if owner != path else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def signatories(scan: Scan) -> Iterator[Problem]:
    """Signatories sign once, for the EU or the partner, and the EU is among them."""
    for path, partner in scan.readable(Partnership).items():
        parties = {person.party for person in partner.signatories}
        document, own = scan.documents[path], parties - {EU}
        if len(own) == 1 and fold(*own) == fold(_stem(path)) != fold(partner.name):
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
            message = f"{in_one_line(person.name)} stands twice for this party; remove one of the two"
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


def milestones(scan: Scan) -> Iterator[Problem]:
    """Milestones stand once, in order, and what leads to a signature is not after it."""
    for path, partner in scan.readable(Partnership).items():
        document, seen = scan.documents[path], set()
        signed = partner.date.text if partner.date.value else ""
        for index, milestone in enumerate(partner.milestones):
            where = ("milestones", index)
            told = (milestone.date, milestone.event, milestone.place)
            if told in seen:
                message = f"{milestone.event.words} on {milestone.date} stands twice; remove one of the two"
                yield document.problem(where, "repeated-milestone", message)
            elif milestone.event in _BEFORE and signed and milestone.date > signed[: len(milestone.date)]:
                message = f"{milestone.event.words} leads to a partnership, but this one is of {signed}; "
                message += "correct the day or the event"
                yield document.problem([*where, "date"], "milestone-after-signature", message)
            seen.add(told)
        for index, (earlier, later) in enumerate(pairwise(partner.milestones), 1):
            length = min(len(earlier.date), len(later.date))
            if later.date[:length] < earlier.date[:length]:
                message = f"{later.date} is before {earlier.date}, which stands above it; put them in order of date"
                yield document.problem(["milestones", index, "date"], "milestone-order", message)


def evidence(scan: Scan) -> Iterator[Problem]:
    """Evidence supports a value of the kind of its field, and stands once."""
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
        told = (piece.reference, piece.locator, piece.supports)
        if told in seen:
            message = "this piece of evidence stands twice; remove one, or say with 'locator' where each is found"
            yield document.problem(here, "repeated-evidence", message)
        elif allowed is None and not _is_day(piece.supports):
            message = f"'{in_one_line(piece.supports)}' is not a day, so it supports no date; write YYYY-MM-DD"
            yield document.problem([*here, "supports"], "evidence-kind", message)
        elif allowed and piece.supports not in allowed:
            message = not_allowed(in_one_line(piece.supports), [*allowed]) + "; else it supports nothing"
            yield document.problem([*here, "supports"], "evidence-kind", message)
        seen.add(told)


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def prospects(scan: Scan) -> Iterator[Problem]:
    """A country with a partnership is no prospect."""
    listed = scan.readable(ProspectsFile).get("prospects.yaml")
    partners = scan.readable(Partnership)
    taken = {fold(name): path for path, p in partners.items() for name in (_stem(path), p.name, p.iso) if name}
    for index, prospect in enumerate(listed.prospects if listed else ()):
        keys = (key for key in ("id", "name", "iso") if fold(getattr(prospect, key)) in taken)
        if key := next(keys, None):
            other = taken[fold(getattr(prospect, key))]
            message = f"{prospect.name} has a partnership already ({other}); remove it here"
            yield scan.documents["prospects.yaml"].problem(["prospects", index, key], "prospect-is-partner", message)
        elif prospect.iso not in CODES:
            message = f"'{prospect.iso}' is not a code of any country; look it up in ISO 3166-1 alpha-2"
            yield scan.documents["prospects.yaml"].problem(["prospects", index, "iso"], "iso-code", message)
