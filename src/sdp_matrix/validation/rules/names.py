"""Rules on what partners are called: ids, names, codes and aliases, which belong to one partner each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from sdp_matrix.files.disk import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.dataset import PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import ID
from sdp_matrix.model.registers import AreasFile, GroupsFile, ProspectsFile
from sdp_matrix.problem import Step
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.rule import TABLE, Fault, Faults, File, rule

_ALBANIA = "partnerships/albania.yaml"

_ENTRIES = """
    AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania; AM Armenia;
    AO Angola; AQ Antarctica; AR Argentina; AS American Samoa; AT Austria; AU Australia; AW Aruba; AX Åland Islands;
    AZ Azerbaijan; BA Bosnia and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria; BH
    Bahrain; BI Burundi; BJ Benin; BL Saint Barthélemy; BM Bermuda; BN Brunei; BO Bolivia; BQ Bonaire; BR Brazil; BS
    Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada; CC Cocos (Keeling) Islands;
    CD Democratic Republic of the Congo; CF Central African Republic; CG Congo; CH Switzerland; CI Côte d'Ivoire; CK
    Cook Islands; CL Chile; CM Cameroon; CN China; CO Colombia; CR Costa Rica; CU Cuba; CV Cabo Verde; CW Curaçao; CX
    Christmas Island; CY Cyprus; CZ Czechia; DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic;
    DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ
    Fiji; FK Falkland Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD Grenada; GE
    Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; GN Guinea; GP Guadeloupe;
    GQ Equatorial Guinea; GR Greece; GS South Georgia and the South Sandwich Islands; GT Guatemala; GU Guam; GW
    Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard Island and McDonald Islands; HN Honduras; HR Croatia; HT Haiti;
    HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ
    Iraq; IR Iran; IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH
    Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis; KP North Korea; KR Republic of Korea; KW Kuwait; KY
    Cayman Islands; KZ Kazakhstan; LA Laos; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS
    Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME Montenegro; MF
    Saint Martin; MG Madagascar; MH Marshall Islands; MK North Macedonia; ML Mali; MM Myanmar; MN Mongolia; MO Macao;
    MP Northern Mariana Islands; MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW
    Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; NF Norfolk Island; NG
    Nigeria; NI Nicaragua; NL Netherlands; NO Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama;
    PE Peru; PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland; PM Saint Pierre and
    Miquelon; PN Pitcairn; PR Puerto Rico; PS Palestine; PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO
    Romania; RS Serbia; RU Russia; RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden;
    SG Singapore; SH Saint Helena; SI Slovenia; SJ Svalbard and Jan Mayen; SK Slovakia; SL Sierra Leone; SM San
    Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST Sao Tome and Principe; SV El Salvador; SX Sint
    Maarten; SY Syria; SZ Eswatini; TC Turks and Caicos Islands; TD Chad; TF French Southern Territories; TG Togo; TH
    Thailand; TJ Tajikistan; TK Tokelau; TL Timor-Leste; TM Turkmenistan; TN Tunisia; TO Tonga; TR Türkiye; TT
    Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda; UM US Outlying Islands; US United
    States; UY Uruguay; UZ Uzbekistan; VA Vatican City; VC Saint Vincent and the Grenadines; VE Venezuela; VG British
    Virgin Islands; VI US Virgin Islands; VN Viet Nam; VU Vanuatu; WF Wallis and Futuna; WS Samoa; XK Kosovo; YE
    Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""

_COUNTRIES = {code: " ".join(name) for code, *name in map(str.split, _ENTRIES.split(";"))}
"""The country codes of ISO 3166-1 alpha-2 that are assigned, and XK, which the EU uses for Kosovo, with short names."""

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
    rename = f"rename the file to {name}.yaml"
    message = f"the id '{name}' is not the name of the file; write '{stem}' here, or {rename}"
    if not re.fullmatch(ID, stem):
        message = f"the id '{name}' is not the name of the file; {rename}"
    if own in file.scan.shown:
        message = f"the id '{name}' is that of {own}; remove this file, if it is a copy; "
        message += "else give it an id, a name and a code of its own"
    elif name in columns and stem not in columns:
        message = f"the id '{name}' is not the name of the file; "
        message += f"{rename}; or write '{stem}' here and in the table"
    yield Fault(("id",), message)


@rule(Partnership | ProspectsFile, "iso: AL", "iso: ¦XX", file=_ALBANIA)
def iso_code(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is officially assigned by ISO 3166-1, so that other data can be joined."""
    for where, code, _ in _codes(file.record):
        if code and code not in _COUNTRIES:
            right = _NEAR.get(code)
            advice = f"write '{right}'" if right else "look it up in ISO 3166-1 alpha-2"
            yield Fault(where, f"'{code}' is not a code of any country; {advice}")


def _codes(record: Partnership | ProspectsFile) -> list[tuple[tuple[Step, ...], str | None, str]]:
    """Return each code with its place and the name of the country."""
    if isinstance(record, Partnership):
        return [(("iso",), record.iso, record.name)]
    return [(("prospects", index, "iso"), entry.iso, entry.name) for index, entry in enumerate(record.prospects)]


_RESERVED = {"all": "all partners", "table": "the partners of Table 1", "eu": "the EU"}


@rule(Scan, "aliases: [shqiperia]", "aliases: [¦efta]", file=_ALBANIA)
def reserved_name(scan: Scan) -> Faults:
    """A partner's id, name or alias is not that of a group or an area, nor all, table or EU; else a question gets the wrong one."""
    areas, groups = scan.record("areas.yaml", AreasFile), scan.record("groups.yaml", GroupsFile)
    reserved = dict(_RESERVED)
    for kind, entries in (("area", areas.areas if areas else ()), ("group", groups.groups if groups else ())):
        for entry in entries:
            names = (entry.id, entry.title, getattr(entry, "label", entry.id), *entry.aliases)
            reserved |= {fold(name): f"the {kind} {entry.id}" for name in names}
    for path, partner in scan.all(Partnership).items():
        aliases = [(("aliases", index), alias) for index, alias in enumerate(partner.aliases)]
        for where, name in [(("id",), partner.id), (("name",), partner.name), *aliases]:
            if owner := reserved.get(fold(name)):
                yield Fault(where, f"'{in_one_line(name)}' stands for {owner}; choose another name", path)


@rule(Scan, "iso: AL", "iso: ¦NO", file=_ALBANIA)
def iso_taken(scan: Scan) -> Faults:
    """A country code belongs to one partner; two of one code are confused when data are joined."""
    partners, codes = _partners(scan), defaultdict[str, list[str]](list)
    for path, partner in partners.items():
        if partner.iso in _COUNTRIES:
            codes[partner.iso].append(path)
    for code, paths in codes.items():
        owner = max(paths, key=lambda path: _fits(code, partners[path]))
        message = f"the code {code} is that of {owner} already; each partner has its own"
        yield from (Fault(("iso",), message, path) for path in paths if path != owner)


@rule(Partnership | ProspectsFile, "iso: AL", "iso: ¦AT", file=_ALBANIA, stage=TABLE)
def iso_of_another(file: File[Partnership | ProspectsFile]) -> Faults:
    """A country code is that of the country with this name; else other data are joined to the wrong country."""
    codes = {fold(name): code for code, name in _COUNTRIES.items()}
    for where, code, name in _codes(file.record):
        right = codes.get(fold(name), code)
        if code in _COUNTRIES and code != right:
            yield Fault(where, f"'{code}' is the code of {_COUNTRIES[code]}; write '{right}' for {in_one_line(name)}")


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
