"""Rules across files: what one file alone cannot show to be wrong.

A rule is a generator of problems over a scan; its docstring is one line that says what must hold. It looks only at
records that could be read, so one broken file does not make others look wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix import evidence_rules, statement_rules
from sdp_matrix.records import AreasFile, GroupsFile, Partnership, PublishedTable, ReferencesFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sdp_matrix.dataset import Scan
    from sdp_matrix.problems import Problem

Rule: TypeAlias = "Callable[[Scan], Iterator[Problem]]"


def check(scan: Scan) -> tuple[Problem, ...]:
    """All problems of a scan: those of reading and those of every rule, sorted."""
    found = (problem for rule in RULES.values() for problem in rule(scan))
    return tuple(sorted({*scan.problems, *found}))


def _file_name(scan: Scan) -> Iterator[Problem]:
    """The id of a partnership or table is the name of its file."""
    named: dict[str, Partnership | PublishedTable] = {**scan.all(Partnership), **scan.all(PublishedTable)}
    for path, record in named.items():
        stem = path.rpartition("/")[2].removesuffix(".yaml")
        if record.id != stem:
            message = f"the id is '{record.id}' but the file is called '{stem}'; make them equal"
            yield scan.documents[path].problem(["id"], "file-name", message)


def _areas(scan: Scan) -> Iterator[Problem]:
    """A partnership says something about every area, and about nothing else."""
    shared = scan.record("areas.yaml", AreasFile)
    ids = [area.id for area in shared.areas] if shared else []
    for path, partnership in scan.all(Partnership).items() if shared else ():
        document = scan.documents[path]
        for extra in set(partnership.coverage) - set(ids):
            message = f"there is no area '{extra}' in areas.yaml"
            yield document.problem(["coverage", extra], "unknown-area", message, key=True)
        for missing in (area for area in ids if area not in partnership.coverage):
            message = f"the area '{missing}' is missing; add a line '{missing}: unknown', or its status"
            yield document.problem(["coverage"], "missing-area", message, key=True)


def _columns(scan: Scan) -> Iterator[Problem]:
    """Every column of a published table has its partnership."""
    known = {record.id for record in scan.all(Partnership).values()}
    files = {path.rpartition("/")[2].removesuffix(".yaml") for path in scan.documents}
    for path, table in scan.all(PublishedTable).items():
        for index, column in enumerate(table.columns):
            if column.partner not in known and column.partner not in files:
                message = f"there is no file partnerships/{column.partner}.yaml for this column"
                yield scan.documents[path].problem(["columns", index, "partner"], "column-without-file", message)


def _unique(scan: Scan) -> Iterator[Problem]:
    """Ids and numbers are unique in their file."""
    for path, key, field in (
        ("areas.yaml", "areas", "id"),
        ("areas.yaml", "areas", "number"),
        ("groups.yaml", "groups", "id"),
        ("references.yaml", "references", "id"),
        ("statements.yaml", "statements", "id"),
    ):
        if path in scan.records:
            items = getattr(scan.records[path], key)
            seen: set[object] = set()
            for index, item in enumerate(items):
                value = getattr(item, field)
                if value in seen:
                    message = f"the {field} '{value}' stands twice in this file; each needs its own"
                    yield scan.documents[path].problem([key, index, field], "unique-id", message)
                seen.add(value)


def _references(scan: Scan) -> Iterator[Problem]:
    """Every reference that is cited is registered."""
    shared = scan.record("references.yaml", ReferencesFile)
    known = {reference.id for reference in shared.references} if shared else set()
    for path, document in scan.documents.items() if shared else ():
        if path in scan.records:
            for where in _places(document.value, "reference"):
                cited = _at(document.value, where)
                if cited not in known:
                    message = f"there is no reference '{cited}' in references.yaml; register it or correct the id"
                    yield document.problem(where, "unknown-reference", message)


def _groups(scan: Scan) -> Iterator[Problem]:
    """Every group that a partnership or table names is registered."""
    shared = scan.record("groups.yaml", GroupsFile)
    known = {group.id for group in shared.groups} if shared else set()
    for path, partnership in scan.all(Partnership).items() if shared else ():
        for index, membership in enumerate(partnership.groups):
            if membership.group not in known:
                message = f"there is no group '{membership.group}'; known: {', '.join(sorted(known))}"
                yield scan.documents[path].problem(["groups", index, "group"], "unknown-group", message)


def _places(value: object, key: str, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Places of every value under a key, anywhere inside a plain value."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for step, inner in items:
        if step == key and isinstance(inner, str):
            yield (*where, step)
        else:
            yield from _places(inner, key, (*where, step))


def _at(value: object, where: tuple[str | int, ...]) -> object:
    for step in where:
        value = value[step]  # type: ignore[index]
    return value


RULES: dict[str, Rule] = {
    "file-name": _file_name,
    "areas": _areas,
    "column-without-file": _columns,
    "unique-id": _unique,
    "unknown-reference": _references,
    "unknown-group": _groups,
    **statement_rules.RULES,
    **evidence_rules.RULES,
}
