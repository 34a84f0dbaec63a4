"""Rules on what partners are called: ids, names, codes and aliases, which belong to one partner each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import NamedTuple

from sdp_matrix.files.document import Document
from sdp_matrix.files.folder import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import ProspectsFile
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.iso_countries import CODES, NEAR
from sdp_matrix.validation.rules.rule import Example, Rule

_ALBANIA = "partnerships/albania.yaml"

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
        "prospect-is-partner",
        "A country with a partnership is no prospect; it would be counted twice.",
        Example(
            "prospects.yaml",
            "prospects: []\n",
            "prospects:\n  - {id: ¦albania, name: Albania, iso: AL, steps: [{date: 2024, stage: proposed, reference: news-albania}]}\n",
        ),
    ),
)


def _file_names(scan: Scan) -> Iterator[Problem]:
    tables = scan.readable(PublishedTable)
    named: dict[str, Partnership | PublishedTable] = {**scan.readable(Partnership), **tables}
    columns = {partner for table in tables.values() for partner in table.columns}
    for path, record in named.items():
        stem, own = PurePosixPath(path).stem, f"{path.rpartition('/')[0]}/{record.id}.yaml"
        if not record.id or record.id == stem:
            continue
        said = f"the id '{in_one_line(record.id)}' is not the name of the file"
        advice = f"write '{stem}' here, or rename the file"
        if own in scan.shown:
            said = f"the id '{record.id}' is that of {own}"
            advice = f"remove this file, if it is a copy; else write '{stem}' here, and a name and code of its own"
        elif record.id in columns and stem not in columns:
            advice = f"rename the file to {record.id}.yaml; or write '{stem}' here and in the table"
        yield scan.documents[path].problem(["id"], "file-name", f"{said}; {advice}")


def _names(scan: Scan) -> Iterator[Problem]:
    listed = {path: p for path, p in scan.readable(Partnership).items() if p.id}
    own = {path: f"{PARTNERSHIPS}/{partner.id}.yaml" for path, partner in listed.items()}
    # a copy of a file is reported for its id alone
    partners = {path: partner for path, partner in listed.items() if own[path] == path or own[path] not in listed}
    taken = _Taken(defaultdict(list), defaultdict(list), defaultdict(list))
    for path, partner in partners.items():
        taken.codes[partner.iso or ""].append(path)
        for name in {fold(name) for name in (PurePosixPath(path).stem, partner.name, partner.iso or "") if name}:
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
        message = f"the code {code} is that of {owner} already; each partner has its own"
        yield document.problem(["iso"], "iso-taken", message)


def _fits(code: str, partner: Partnership) -> bool:
    """Whether a code could come from a name of the partner: GB from Great Britain."""
    names = (name.upper() for name in (partner.name, *partner.aliases))
    return any(name[:1] == code[:1] and code[1:] in name[1:] for name in names)


def _name(document: Document, path: str, partner: Partnership, paths: list[str]) -> Iterator[Problem]:
    name = fold(partner.name)
    other = next((other for other in paths if other != path), None)
    if other is None or name == fold(PurePosixPath(path).stem):
        return
    if name == fold(PurePosixPath(other).stem) or path > other:
        message = f"'{in_one_line(partner.name)}' is the partner of {other} already; each has its own name"
        yield document.problem(["name"], "name-taken", message)


def _aliases(document: Document, path: str, partner: Partnership, taken: _Taken) -> Iterator[Problem]:
    seen = {fold(partner.name)}
    for index, alias in enumerate(partner.aliases):
        folded = fold(alias)
        if folded in seen:
            message = f"duplicate name '{in_one_line(alias)}'; remove one (case and accents do not count)"
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
    owner = max(paths, key=lambda p: SequenceMatcher(None, fold(PurePosixPath(p).stem), alias).ratio())
    return owner if owner != path else None


def _prospects(scan: Scan) -> Iterator[Problem]:
    listed = scan.readable(ProspectsFile).get("prospects.yaml")
    partners = {path: p for path, p in scan.readable(Partnership).items() if p.date.value}  # a draft counts for nothing
    taken = {
        fold(name): path for path, p in partners.items() for name in (PurePosixPath(path).stem, p.name, p.iso) if name
    }
    for index, prospect in enumerate(listed.prospects if listed else ()):
        keys = (key for key in ("id", "name", "iso") if fold(getattr(prospect, key)) in taken)
        if key := next(keys, None):
            other = taken[fold(getattr(prospect, key))]
            message = f"{prospect.name} has a partnership already ({other}); remove it here"
            yield scan.documents["prospects.yaml"].problem(["prospects", index, key], "prospect-is-partner", message)
        elif prospect.iso not in CODES:
            message = f"'{prospect.iso}' is not a code of any country; look it up in ISO 3166-1 alpha-2"
            yield scan.documents["prospects.yaml"].problem(["prospects", index, "iso"], "iso-code", message)


CHECKS = (_file_names, _names, _prospects)
