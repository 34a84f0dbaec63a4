"""Rules on what partners are called: ids, names, codes and aliases, which belong to one partner each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from sdp_matrix.files.folder import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import ProspectsFile
from sdp_matrix.problem import Step
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.rule import Fault, Faults, File, rule

_ALBANIA = "partnerships/albania.yaml"

_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
    """.split()  # noqa: SIM905 - read as a table
)
"""The country codes of ISO 3166-1 alpha-2 that are officially assigned, and XK, which the EU uses for Kosovo."""

_NEAR = {"UK": "GB", "EL": "GR", "EN": "GB", "EU": ""}
"""Codes that people write though they are not assigned, with the right one where there is one."""


@rule(Partnership | PublishedTable, "id: albania", "id: ¦shqiperia", file=_ALBANIA)
def file_name(file: File[Partnership | PublishedTable]) -> Faults:
    """The id is the name of the file, so that a file is found by its id."""
    stem, name = PurePosixPath(file.path).stem, file.record.id
    if name == stem:
        return
    columns = {partner for table in file.scan.all(PublishedTable).values() for partner in table.columns}
    own = f"{file.path.rpartition('/')[0]}/{name}.yaml"
    message = f"the id '{name}' is not the name of the file; write '{stem}' here, or rename the file"
    if own in file.scan.shown:
        message = f"the id '{name}' is that of {own}; remove this file, if it is a copy; "
        message += f"else write '{stem}' here, and a name and code of its own"
    elif name in columns and stem not in columns:
        message = f"the id '{name}' is not the name of the file; "
        message += f"rename the file to {name}.yaml; or write '{stem}' here and in the table"
    yield Fault(("id",), message)


@rule(Partnership | ProspectsFile, "iso: AL", "iso: ¦XX", file=_ALBANIA)
def iso_code(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is officially assigned by ISO 3166-1, so that other data can be joined."""
    for where, code in _codes(file.record):
        if code and code not in _CODES:
            right = _NEAR.get(code)
            advice = f"write '{right}'" if right else "look it up in ISO 3166-1 alpha-2"
            yield Fault(where, f"'{code}' is not a code of any country; {advice}")


def _codes(record: Partnership | ProspectsFile) -> list[tuple[tuple[Step, ...], str | None]]:
    if isinstance(record, Partnership):
        return [(("iso",), record.iso)]
    return [(("prospects", index, "iso"), prospect.iso) for index, prospect in enumerate(record.prospects)]


@rule(Scan, "iso: AL", "iso: ¦NO", file=_ALBANIA)
def iso_taken(scan: Scan) -> Faults:
    """A country code belongs to one partner; two of one code are confused when data are joined."""
    partners, codes = _partners(scan), defaultdict[str, list[str]](list)
    for path, partner in partners.items():
        if partner.iso in _CODES:
            codes[partner.iso].append(path)
    for code, paths in codes.items():
        owner = max(paths, key=lambda path: _fits(code, partners[path]))
        message = f"the code {code} is that of {owner} already; each partner has its own"
        yield from (Fault(("iso",), message, path) for path in paths if path != owner)


def _partners(scan: Scan) -> dict[str, Partnership]:
    """Return the partnerships by their paths, without copies of a file, which are reported for their id alone."""
    listed = scan.all(Partnership)
    own = {path: f"{PARTNERSHIPS}/{partner.id}.yaml" for path, partner in listed.items()}
    return {path: partner for path, partner in listed.items() if own[path] == path or own[path] not in listed}


def _fits(code: str, partner: Partnership) -> bool:
    """Return whether a code could come from a name of the partner: GB from Great Britain."""
    names = (name.upper() for name in (partner.name, *partner.aliases))
    return any(name[:1] == code[:1] and code[1:] in name[1:] for name in names)


@rule(Scan, "name: Albania\niso", "name: ¦Norway\niso", file=_ALBANIA)
def name_taken(scan: Scan) -> Faults:
    """A name belongs to one partner; two of one name cannot be told apart in a table."""
    partners = _partners(scan)
    owners = _owners(partners)
    for path, partner in partners.items():
        name = fold(partner.name)
        other = next((other for other in owners[name] if other != path), None)
        if other is None or name == fold(PurePosixPath(path).stem):
            continue
        if name == fold(PurePosixPath(other).stem) or path > other:
            message = f"'{in_one_line(partner.name)}' is the partner of {other} already; each has its own name"
            yield Fault(("name",), message, path)


def _owners(partners: Mapping[str, Partnership]) -> Mapping[str, list[str]]:
    """Return which files have each id, name or code."""
    owners = defaultdict[str, list[str]](list)
    for path, partner in partners.items():
        for name in {fold(name) for name in (PurePosixPath(path).stem, partner.name, partner.iso or "") if name}:
            owners[name].append(path)
    return owners


@rule(Scan, "aliases: [shqiperia]", "aliases: [¦norway]", file=_ALBANIA)
def alias_taken(scan: Scan) -> Faults:
    """An alias is not another partner's id, name, code or alias; else a question gets the wrong partner."""
    partners, aliases = _partners(scan), defaultdict[str, list[str]](list)
    owners = _owners(partners)
    for path, partner in partners.items():
        for alias in {fold(alias) for alias in partner.aliases}:
            aliases[alias].append(path)
    for path, partner in partners.items():
        for index, alias in _first(partner):
            # whose id, name or code it is has a better right to it, else whose id is more like it
            best = max(aliases[fold(alias)], key=lambda p: _likeness(p, fold(alias)))
            other = next((other for other in owners[fold(alias)] if other != path), best)
            if other != path:
                message = f"the alias '{in_one_line(alias)}' stands for the partner of {other} as well; remove one"
                yield Fault(("aliases", index), message, path)


def _likeness(path: str, alias: str) -> float:
    return SequenceMatcher(None, fold(PurePosixPath(path).stem), alias).ratio()


def _first(partner: Partnership) -> Iterator[tuple[int, str]]:
    """Yield the aliases with their indices, without those that repeat another or the name."""
    seen = {fold(partner.name)}
    for index, alias in enumerate(partner.aliases):
        if fold(alias) not in seen:
            yield index, alias
        seen.add(fold(alias))


@rule(Partnership, "aliases: [shqiperia]", "aliases: [shqiperia, ¦Shqiperia]")
def repeated_alias(file: File[Partnership]) -> Faults:
    """An alias stands once; a second is without effect."""
    first = dict(_first(file.record))
    for index, alias in enumerate(file.record.aliases):
        if index not in first:
            message = f"duplicate name '{in_one_line(alias)}'; remove one (case and accents do not count)"
            yield Fault(("aliases", index), message)


@rule(
    ProspectsFile,
    "prospects: []\n",
    "prospects:\n  - {id: ¦albania, name: Albania, iso: AL, "
    "steps: [{date: 2024, stage: proposed, reference: news-albania}]}\n",
)
def prospect_is_partner(file: File[ProspectsFile]) -> Faults:
    """A country with a partnership is no prospect; it would be counted twice."""
    dated = {path: p for path, p in file.scan.all(Partnership).items() if p.date.value}  # a draft counts for nothing
    owners = _owners(dated)
    for index, prospect in enumerate(file.record.prospects):
        if key := next((key for key in ("id", "name", "iso") if fold(getattr(prospect, key)) in owners), None):
            other = owners[fold(getattr(prospect, key))][-1]
            message = f"{prospect.name} has a partnership already ({other}); remove it here"
            yield Fault(("prospects", index, key), message)
