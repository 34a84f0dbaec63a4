"""codebook.md: what each field means, and what has to be in a partnership for an area to count as covered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sdp_matrix.formats.markdown import escape
from sdp_matrix.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.registers import Area
    from sdp_matrix.relational.tables import Column, Table

_MEANINGS = {
    Status.COVERED: "the partnership names the area as one of cooperation",
    Status.NOT_COVERED: "a source that was read for this area does not have it",
    Status.ALREADY_EXISTS: "what the area asks for was there before the partnership",
    Status.UNKNOWN: "no source that was seen says; never to be read as absence",
}


def render(dataset: Dataset, tables: Sequence[Table]) -> str:
    """Render the codebook: the data, the statuses, the files with their fields, and the areas."""
    return "\n".join(_lines(dataset, tables)) + "\n"


def _lines(dataset: Dataset, tables: Sequence[Table]) -> Iterator[str]:
    edition = dataset.edition
    yield f"# {escape(edition.codebook)}"
    yield f"\n{escape(edition.description)}"
    yield f"\n{escape(edition.words.capitalize())}. Licence: {escape(edition.licence)}. How to cite: `CITATION.cff`."
    if dataset.table.note:
        yield f"\n{escape(dataset.table.note)}"
    yield "\n## Statuses\n"
    yield from (f"- `{status}`: {meaning}" for status, meaning in _MEANINGS.items())
    yield "\n## Files"
    for table in tables:
        yield from _table(table)
    yield "\n## Areas of cooperation"
    for area in dataset.areas:
        yield from _area(area)


def _table(table: Table) -> Iterator[str]:
    yield f"\n### {table.name}.csv\n"
    key = " and ".join(f"`{name}`" for name in table.key)
    yield f"{escape(table.meaning)} One row for each {key}.\n"
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {_type(column)} | {escape(column.meaning)} |"


def _type(column: Column) -> str:
    kind = ", ".join(f"`{value}`" for value in column.values) or column.type
    return kind if not column.nullable else f"{kind}; may be empty"


def _area(area: Area) -> Iterator[str]:
    yield f"\n### {area.number} {escape(area.title)}\n"
    yield f"`{area.id}`. {escape(area.definition or 'Not defined yet.')}"
    for title, phrases in (("Counts", area.includes), ("Does not count", area.excludes)):
        if phrases:
            yield f"\n{title}:\n"
            yield from (f"- {escape(phrase)}" for phrase in phrases)
    if area.borderline:
        yield "\nCases met:\n"
        yield from (f"- {escape(one.case)} {escape(one.decision)}" for one in area.borderline)
    if area.examples:
        yield f"\nCovered: {escape(_sentence(area.examples.covered))}"
        yield f"Not covered: {escape(_sentence(area.examples.not_covered))}"


def _sentence(text: str) -> str:
    return re.sub(r"\.?$", ".", text, count=1)
