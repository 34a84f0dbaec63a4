"""Rules on the shared files: unique ids, labels that fit, and the layout of published tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sdp_matrix.files.document import Document
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.dataset import origin
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ReferencesFile
from sdp_matrix.model.vocabulary import Basis, Status
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.rule import Example, Rule

_AREAS, _GROUPS, _TABLE = "areas.yaml", "groups.yaml", "tables/table-1.yaml"
_ALBANIA = "partnerships/albania.yaml"

_BEGINS = "the edition begins with\n    publisher: European "

RULES = (
    Rule(
        "unique-id",
        "An id stands once in its file; of two, one would be hidden.",
        Example(_AREAS, "    id: cyber\n", "    id: ¦csdp-missions\n"),
    ),
    Rule(
        "row-number",
        "Areas are numbered 1, 2, 3 … in the order of the rows.",
        Example(_AREAS, "  - number: 2", "  - number: ¦3"),
    ),
    Rule(
        "unique-name",
        "A title, label or alias stands for one area or group; else a question gets the wrong one.",
        Example(_AREAS, "aliases: [digital]", "aliases: [¦csdp-missions]"),
    ),
    Rule(
        "label-length",
        "A label fits its place: 28 characters for an area, 12 for a group; a longer one is cut off.",
        Example(_AREAS, "label: Cyber issues", "label: ¦Cyber issues and whatever else there is"),
    ),
    Rule(
        "publisher-spelling",
        "A publisher is spelt one way; two spellings would count as two independent sources.",
        Example(
            "references.yaml", _BEGINS + "Parliamentary", _BEGINS.replace("European", "¦European") + "parliamentary"
        ),
    ),
    Rule(
        "repeated-column",
        "A partner has one column.",
        Example(_TABLE, "columns: [albania, norway]", "columns: [albania, ¦albania]"),
    ),
    Rule(
        "missing-mark",
        "Every status but unknown has its printed mark.",
        Example(_TABLE, "marks: {covered: ✓, ", "marks: ¦{"),
    ),
    Rule(
        "compilers-as-source",
        "Nobody cites himself: who made these data is no publisher, and what has no public source is not established.",
        Example("references.yaml", "    publisher: Anadolu", "    publisher: ¦Compilers of this data set"),
    ),
    Rule(
        "circular-origin",
        "A reference follows another and not itself, be it by a detour; else it has no origin.",
        Example("references.yaml", "    follows: news-albania\n", "    follows: ¦relay-albania\n"),
    ),
    Rule(
        "headings",
        "Headings are a list, or their number alone where the basis is a count; a list may be shorter than the number.",
        Example(_ALBANIA, "basis: report, count: 2,", "basis: report, count: ¦1,"),
    ),
)

_LONGEST_LABEL, _LONGEST_SHORT = 28, 12

_LISTS = (
    (_AREAS, "areas"),
    (_GROUPS, "groups"),
    ("references.yaml", "references"),
    ("prospects.yaml", "prospects"),
    ("statements.yaml", "statements"),
)


def _unique_ids(scan: Scan) -> Iterator[Problem]:
    readable = {**scan.records, **scan.drafts}
    for path, key in _LISTS:
        first: dict[str, int] = {}
        for index, item in enumerate(getattr(readable.get(path), key, ())):
            if item.id in first:
                line = scan.documents[path].locate([key, first[item.id], "id"]).line
                message = f"duplicate id '{item.id}', first on line {line}; each entry needs its own"
                yield scan.documents[path].problem([key, index, "id"], "unique-id", message)
            elif item.id:
                first[item.id] = index


def _row_numbers(scan: Scan) -> Iterator[Problem]:
    for path, shared in scan.readable(AreasFile).items():
        for index, area in enumerate(shared.areas):
            if area.number != index + 1:
                message = f"this is row {index + 1}, not {area.number}; number the areas in the order of the rows"
                yield scan.documents[path].problem(["areas", index, "number"], "row-number", message)
                break


def _labels(scan: Scan) -> Iterator[Problem]:
    areas = [(p, "areas", "label", _LONGEST_LABEL, f.areas) for p, f in scan.readable(AreasFile).items()]
    groups = [(p, "groups", "short", _LONGEST_SHORT, f.groups) for p, f in scan.readable(GroupsFile).items()]
    for path, key, field, longest, items in (*areas, *groups):
        for index, item in enumerate(items):
            text = getattr(item, field) or ""
            if len(text) > longest:
                message = f"the {field} has {len(text)} characters, at most {longest} fit; shorten it"
                yield scan.documents[path].problem([key, index, field], "label-length", message)


class _Named(NamedTuple):
    """A name of an entry, and where it is."""

    text: str
    where: tuple[str | int, ...]


def _unique_names(scan: Scan) -> Iterator[Problem]:
    for path, file in scan.readable(AreasFile).items():
        entries = [
            (a.id, [_Named(a.title, ("title",)), _Named(a.label, ("label",)), *_aliases(a.aliases)]) for a in file.areas
        ]
        yield from _collisions(scan.documents[path], "areas", entries)
    for path, groups in scan.readable(GroupsFile).items():
        entries = [(g.id, [_Named(g.title, ("title",)), *_aliases(g.aliases)]) for g in groups.groups]
        yield from _collisions(scan.documents[path], "groups", entries)


def _aliases(aliases: Sequence[str]) -> Iterator[_Named]:
    return (_Named(alias, ("aliases", index)) for index, alias in enumerate(aliases))


def _collisions(document: Document, key: str, entries: Sequence[tuple[str, list[_Named]]]) -> Iterator[Problem]:
    owners = {fold(entry): index for index, (entry, _) in reversed([*enumerate(entries)])}
    for index, (_, names) in enumerate(entries):
        aliases: set[str] = set()
        for name in names:
            folded = fold(name.text)
            owner = owners.setdefault(folded, index)
            if folded and owner != index:
                message = f"'{in_one_line(name.text)}' stands for {entries[owner][0]} already; choose another name"
                yield document.problem([key, index, *name.where], "unique-name", message)
            elif name.where[0] == "aliases" and folded in aliases:
                message = f"'{in_one_line(name.text)}' is here twice; remove one (case and accents do not count)"
                yield document.problem([key, index, *name.where], "unique-name", message)
            if name.where[0] == "aliases":
                aliases.add(folded)


def _publishers(scan: Scan) -> Iterator[Problem]:
    listed = getattr({**scan.records, **scan.drafts}.get("references.yaml"), "references", ())
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    places = [(index, key) for key in ("publisher", "follows") for index in range(len(listed))]
    given = {(index, key): getattr(listed[index], key, None) or "" for index, key in places}
    for name in given.values():
        spelt[_key(name)][name] += 1
    for (index, key), name in given.items():
        usual = spelt[_key(name)].most_common(1)[0][0]  # of two that are as frequent, the first
        if usual != name:
            message = f"this publisher is spelt '{in_one_line(usual)}' elsewhere; write it the same way"
            where = ("references", index, key)
            yield scan.documents["references.yaml"].problem(where, "publisher-spelling", message)


def _key(publisher: str) -> str:
    return fold(publisher).replace(" ", "")


def _origins(scan: Scan) -> Iterator[Problem]:
    shared, edition = scan.record("references.yaml", ReferencesFile), scan.record("dataset.yaml", Edition)
    if shared is None:
        return
    by_id = {reference.id: reference for reference in shared.references}
    makers = {fold(name) for name in (edition.authors if edition else ())}
    document = scan.documents["references.yaml"]
    for index, reference in enumerate(shared.references):
        for key in ("publisher", "follows"):
            name = getattr(reference, key) or ""
            if fold(name) in makers or "compilers" in fold(name).split():
                message = (
                    f"'{in_one_line(name)}' made these data, which cannot be their own source; cite who published it"
                )
                yield document.problem(("references", index, key), "compilers-as-source", message)
    for index, reference in enumerate(shared.references):
        if origin(reference, by_id) in by_id:
            message = "following this leads back here; name the one whose content it is"
            yield document.problem(("references", index, "follows"), "circular-origin", message)
            break  # the others of the circle are right once this one is


def _headings(scan: Scan) -> Iterator[Problem]:
    for path, partnership in scan.all(Partnership).items():
        found, document = partnership.headings, scan.documents[path]
        if found is None:
            continue
        if found.basis is Basis.COUNT and (found.items or not found.count):
            message = "where the basis is a count there is a 'count:' and no list; correct the basis, or the rest"
            yield document.problem(("headings", "basis"), "headings", message)
        elif found.basis is not Basis.COUNT and not found.items:
            message = "there is no list; write 'items:', or 'basis: count' where only the number is known"
            yield document.problem(("headings", "basis"), "headings", message)
        elif found.count is not None and found.count < len(found.items):
            message = f"the list has {len(found.items)} headings, more than {found.count}; correct one of the two"
            yield document.problem(("headings", "count"), "headings", message)


def _tables(scan: Scan) -> Iterator[Problem]:
    for path, table in scan.readable(PublishedTable).items():
        yield from _columns(scan.documents[path], table)
        missing = [status for status in Status if status is not Status.UNKNOWN and status not in table.marks]
        if missing:
            message = f"there is no mark for {' and '.join(missing)}; add a line '{missing[0]}: …' as printed"
            yield scan.documents[path].problem(["marks"], "missing-mark", message)


def _columns(document: Document, table: PublishedTable) -> Iterator[Problem]:
    for index, partner in enumerate(table.columns):
        if partner in table.columns[:index]:
            message = f"'{partner}' has a column already; remove one of the two"
            yield document.problem(("columns", index), "repeated-column", message)


CHECKS = (_unique_ids, _unique_names, _row_numbers, _labels, _publishers, _origins, _headings, _tables)
