"""Rules for statements.yaml: each has something to look at, and its check can come out either way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from sdp_matrix.files.scan import Scan
from sdp_matrix.model import statement as claims
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import ReferencesFile
from sdp_matrix.model.statement import Claim, Statement, StatementsFile
from sdp_matrix.model.vocabulary import GROUP_FIELD, Verdict
from sdp_matrix.problem import Problem
from sdp_matrix.validation.rules.places import partner_ids
from sdp_matrix.validation.rules.rule import Example, Rule

_FILE = "statements.yaml"
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
        requires=("unknown-partner", "repeated-column", "statement-empty"),
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


_Fault: TypeAlias = "tuple[_Where, str, str]"
"""Place in the statement, rule and message."""


class _Known(NamedTuple):
    """What statements are compared with."""

    partners: Collection[str]
    columns: Collection[str]
    published: Mapping[str, str]
    """The dates of the references."""


def _known(scan: Scan) -> _Known:
    shared = scan.record("references.yaml", ReferencesFile)
    columns = {partner for table in scan.readable(PublishedTable).values() for partner in table.columns}
    return _Known(partner_ids(scan), columns, {r.id: r.date for r in shared.references} if shared else {})


def _statements(scan: Scan) -> Iterator[Problem]:
    found, known = scan.record(_FILE, StatementsFile), _known(scan)
    for index, statement in enumerate(found.statements if found else ()):
        for check in (_empty, _twice, _out_of_sight, _of_its_future, _impossible):
            for where, rule, message in check(known, statement):
                place = ("statements", index, *where)
                yield scan.documents[_FILE].problem(place, rule, message, key=where[1:2] == ("days",))


def _empty(_: _Known, statement: Statement) -> Iterator[_Fault]:
    for key, least in (("over", 1), ("order", 2), ("days", 1), ("offices", 1)):
        if len(getattr(statement.check, key, "..")) < least:
            message = f"the list '{key}' is too short to check anything; name {least} or more"
            yield ("check", key), "statement-empty", message


def _twice(_: _Known, statement: Statement) -> Iterator[_Fault]:
    seen: set[tuple[_Step, str]] = set()
    for where, name in _named(statement.check, _LISTS):
        if (where[0], name) in seen:
            yield ("check", *where), "statement-twice", f"duplicate '{name}' in this list; remove one"
        seen.add((where[0], name))


def _out_of_sight(known: _Known, statement: Statement) -> Iterator[_Fault]:
    over = getattr(statement.check, "over", (claims.EVERYBODY,))
    if claims.EVERYBODY in over or any(name.startswith(GROUP_FIELD) for name in over):
        return
    looked_at = {*over, *(known.columns if claims.IN_TABLE in over else ())}
    for where, name in _named(statement.check, ("exactly", "partner")):
        if name in known.partners and name not in looked_at:
            message = f"'{name}' is not among the partnerships looked at; add it to 'over', or remove it here"
            yield ("check", *where), "statement-over", message


def _of_its_future(known: _Known, statement: Statement) -> Iterator[_Fault]:
    limit = known.published.get(statement.reference)
    if statement.as_of and limit and str(statement.as_of)[: len(limit)] > limit:
        message = f"the reference is of {limit}; it cannot speak of {statement.as_of}: correct one of the two"
        yield ("as_of",), "statement-date", message


def _impossible(_: _Known, statement: Statement) -> Iterator[_Fault]:
    if statement.expected is Verdict.TRUE_THEN and statement.as_of is None:
        message = "without 'as_of' nothing can be true then and false now; add the day, or correct this"
        yield ("expected",), "statement-verdict", message


CHECKS = (_statements,)
