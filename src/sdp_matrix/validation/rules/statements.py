"""Rules for statements.yaml: each statement names what exists, and its check can come out either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix.matching import nearest
from sdp_matrix.model import statement as claims
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import AreasFile, GroupsFile, ReferencesFile
from sdp_matrix.model.statement import StatementsFile
from sdp_matrix.model.vocabulary import GROUP_FIELD, Verdict
from sdp_matrix.validation.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdp_matrix.files.scan import Scan
    from sdp_matrix.model.statement import Claim
    from sdp_matrix.problem import Problem

_FILE = "statements.yaml"
_POOLS = {claims.EVERYBODY, claims.IN_TABLE}
_LISTS = ("over", "exactly", "order", "days")
"""The keys of a check that name several partners."""

_Step: TypeAlias = "int | str"
_Where: TypeAlias = "tuple[_Step, ...]"

_SPEAKS_OF_DAY = (
    "    as_of: 2026-03-01\n"
    "    check: {kind: partners-with-area, over: [table], area: cyber, counting: covered, exactly: [albania]}\n"
    "    expected: true"
)

RULES = (
    Rule(
        "statement-partner",
        "Every partner that a statement names has its file.",
        Example(_FILE, "exactly: [albania]", "exactly: [¦albanya]"),
    ),
    Rule(
        "statement-area",
        "Every area that a statement names is in areas.yaml.",
        Example(_FILE, "area: cyber", "area: ¦cybre"),
        requires=("unique-id", "misspelt-id"),
    ),
    Rule(
        "statement-group",
        "Every group that a statement names is in groups.yaml.",
        Example(_FILE, "over: [table]", "over: [table, ¦group:nato-aly]"),
        requires=("unique-id", "misspelt-id"),
    ),
    Rule(
        "statement-empty",
        "A check looks at something: a partnership, or two that follow one another.",
        Example(_FILE, "over: [table]", "over: ¦[]"),
    ),
    Rule(
        "statement-twice",
        "A list of a check names nobody twice.",
        Example(_FILE, "exactly: [albania]", "exactly: [albania, ¦albania]"),
    ),
    Rule(
        "statement-over",
        "A check does not state anything of a partner that it does not look at.",
        Example(
            _FILE,
            "[table], area: cyber, counting: covered, exactly: [",
            "[norway], area: cyber, counting: covered, exactly: [¦",
        ),
        requires=("column-without-file", "repeated-column", "statement-empty"),
    ),
    Rule(
        "statement-date",
        "A statement speaks of no day after its reference was published.",
        Example(_FILE, "as_of: 2026-03-01", "as_of: ¦2027-03-01"),
    ),
    Rule(
        "statement-verdict",
        "A statement is expected to be true then only if it speaks of a day.",
        Example(
            _FILE,
            _SPEAKS_OF_DAY,
            _SPEAKS_OF_DAY.replace("    as_of: 2026-03-01\n", "").replace(": true", ": ¦true-then"),
        ),
    ),
)


def _statements(scan: Scan) -> tuple[claims.Statement, ...]:
    found = scan.record(_FILE, StatementsFile)
    return found.statements if found else ()


def _named(check: Claim, keys: tuple[str, ...]) -> Iterator[tuple[_Where, str]]:
    """The names under some keys of a check, each with its place in the check."""
    for key in keys:
        value = getattr(check, key, ())
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, dict):
            yield from (((key, name), name) for name in value)
        else:
            yield from (((key, index), name) for index, name in enumerate(value))


def _partners(scan: Scan) -> set[str]:
    """Ids of the partners that have a file, sound or not, under that name or another."""
    files = (path.removeprefix("partnerships/") for path in scan.shown if path.startswith("partnerships/"))
    ids = {partnership.id for partnership in scan.readable(Partnership).values()}
    return ids | {file.removesuffix(".yaml") for file in files}


def _problem(scan: Scan, index: int, where: _Where, rule: str, message: str) -> Problem:
    is_key = where[1:2] == ("days",)
    return scan.documents[_FILE].problem(("statements", index, *where), rule, message, key=is_key)


def _unknown_partner(scan: Scan) -> Iterator[Problem]:
    known = _partners(scan)
    for index, statement in enumerate(_statements(scan)):
        for where, name in _named(statement.check, (*_LISTS, "partner")):
            is_pool = where[0] == "over" and (name in _POOLS or name.startswith(GROUP_FIELD))
            if not is_pool and name not in known:
                message = f"there is no file partnerships/{name}.yaml for this partner{_advice(name, known)}"
                yield _problem(scan, index, ("check", *where), "statement-partner", message)


def _unknown_area(scan: Scan) -> Iterator[Problem]:
    shared = scan.record("areas.yaml", AreasFile)
    known = {area.id for area in shared.areas} if shared else set()
    for index, statement in enumerate(_statements(scan) if shared else ()):
        for where, name in _named(statement.check, ("area",)):
            if name not in known:
                message = f"there is no area '{name}' in areas.yaml{_advice(name, known)}"
                yield _problem(scan, index, ("check", *where), "statement-area", message)


def _unknown_group(scan: Scan) -> Iterator[Problem]:
    shared = scan.record("groups.yaml", GroupsFile)
    known = {group.id for group in shared.groups} if shared else set()
    for index, statement in enumerate(_statements(scan) if shared else ()):
        for where, name in _named(statement.check, ("over", "group")):
            group = name.removeprefix(GROUP_FIELD)
            if (where == ("group",) or group != name) and group not in known:
                message = f"there is no group '{group}' in groups.yaml{_advice(group, known)}"
                yield _problem(scan, index, ("check", *where), "statement-group", message)


def _advice(name: str, known: set[str]) -> str:
    near = nearest(name, sorted(known))
    return f"; did you mean '{near}'?" if near else ""


def _empty_check(scan: Scan) -> Iterator[Problem]:
    for index, statement in enumerate(_statements(scan)):
        for key, least in (("over", 1), ("order", 2), ("days", 1), ("offices", 1)):
            if len(getattr(statement.check, key, "..")) < least:
                message = f"the list '{key}' is too short to check anything; name {least} or more"
                yield _problem(scan, index, ("check", key), "statement-empty", message)


def _named_twice(scan: Scan) -> Iterator[Problem]:
    for index, statement in enumerate(_statements(scan)):
        seen: set[tuple[_Step, str]] = set()
        for where, name in _named(statement.check, _LISTS):
            if (where[0], name) in seen:
                message = f"duplicate '{name}' in this list; remove one"
                yield _problem(scan, index, ("check", *where), "statement-twice", message)
            seen.add((where[0], name))


def _out_of_sight(scan: Scan) -> Iterator[Problem]:
    known = _partners(scan)
    columns = {partner for table in scan.readable(PublishedTable).values() for partner in table.columns}
    for index, statement in enumerate(_statements(scan)):
        over = getattr(statement.check, "over", (claims.EVERYBODY,))
        if claims.EVERYBODY in over or any(name.startswith(GROUP_FIELD) for name in over):
            continue
        looked_at = {*over, *(columns if claims.IN_TABLE in over else ())}
        for where, name in _named(statement.check, ("exactly", "partner")):
            if name in known and name not in looked_at:
                message = f"'{name}' is not among the partnerships looked at; add it to 'over', or remove it here"
                yield _problem(scan, index, ("check", *where), "statement-over", message)


def _speaks_of_its_future(scan: Scan) -> Iterator[Problem]:
    shared = scan.record("references.yaml", ReferencesFile)
    published: Mapping[str, str] = {r.id: r.date for r in shared.references} if shared else {}
    for index, statement in enumerate(_statements(scan)):
        limit = published.get(statement.reference)
        if statement.as_of and limit and str(statement.as_of)[: len(limit)] > limit:
            message = f"the reference is of {limit}; it cannot speak of {statement.as_of}: correct one of the two"
            yield _problem(scan, index, ("as_of",), "statement-date", message)


def _impossible_verdict(scan: Scan) -> Iterator[Problem]:
    for index, statement in enumerate(_statements(scan)):
        if statement.expected is Verdict.TRUE_THEN and statement.as_of is None:
            message = "without 'as_of' nothing can be true then and false now; add the day, or correct this"
            yield _problem(scan, index, ("expected",), "statement-verdict", message)


CHECKS = (
    _unknown_partner,
    _unknown_area,
    _unknown_group,
    _empty_check,
    _named_twice,
    _out_of_sight,
    _speaks_of_its_future,
    _impossible_verdict,
)
