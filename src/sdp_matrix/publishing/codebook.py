"""The codebook: what statuses and columns mean, and what makes an area count as covered.

One text: a page of the documentation, and a file of every export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sdp_matrix.formats.markdown import escape
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Grade, MechanismKind, MechanismStatus, Standing, Status, Word
from sdp_matrix.publishing.citation import Work, cite, text
from sdp_matrix.relational.tables import TABLES, DataColumn, DataTable
from sdp_matrix.views.parts import authors_note

_ABOUT = """\
When an area counts as covered: a definition, what counts, what does not, and the cases that decided a rule.
It is what `sdp explain PARTNER AREA` shows; [the method](method.md#grades) says how sure a cell is.
What the columns of [the export](formats.md#the-export) and of [`sdp sql`](recipes.md#sql) hold stands at the end.
"""
_READING = "The compilers' reading of the rows, made after the marks: the briefing defines none of them."


def page(dataset: Dataset) -> str:
    """Write the codebook as a page of the documentation."""
    return "\n".join(["# Codebook", "", _ABOUT, *_body(dataset)])


def file(dataset: Dataset) -> str:
    """Write the codebook as a file beside the data, with their edition."""
    return "\n".join([*_edition(dataset), *_body(dataset)])


def _edition(dataset: Dataset) -> Iterator[str]:
    edition = dataset.edition
    yield f"# {escape(edition.codebook)}\n"
    yield f"{escape(edition.description)}\n"
    yield f"{escape(edition.words.capitalize())}. Licence: {escape(edition.licence)}.\n"
    yield f"How to cite: {escape(text(cite(dataset, Work.DATA)))}"
    if edition.table_notice:
        yield f"{escape(edition.table_notice)}\n"


def _body(dataset: Dataset) -> Iterator[str]:
    ids = {area.id for area in dataset.areas}
    for words in (Status, Grade, Standing, MechanismKind, MechanismStatus):
        yield from _words(words)
    yield f"## Areas of cooperation\n\n{_READING}\n"
    yield f"{escape(authors_note(dataset))}\n"
    yield from ("| area | title in the table |", "|--:|---|")
    yield from (f"| {area.number} | [{escape(area.title)}](#{area.id}) |" for area in dataset.areas)
    yield ""
    for area in dataset.areas:
        yield from _area(area, ids)
    yield "## Tables and columns\n"
    for table in TABLES:
        yield from _table(table)


def _words(words: type[Word]) -> Iterator[str]:
    """Return a closed list of words as a section, each with its meaning."""
    about, name = (words.__doc__ or "").split("\n")[0], words.__name__.replace("Mechanism", "Mechanism: ")
    yield f"## {name}\n\n{about}\n"
    yield from (f"| {name.lower()} | meaning |", "|---|---|")
    yield from (f"| `{word}` | {escape(word.meaning)} |" for word in words)
    yield ""


def _area(area: Area, ids: set[str]) -> Iterator[str]:
    yield f'<a id="{area.id}"></a>\n'
    yield f"### {area.number} {escape(area.title)}\n"
    yield f"`{area.id}`; also found as {', '.join(map(escape, area.aliases))}.\n" if area.aliases else f"`{area.id}`\n"
    if area.definition:
        yield f"{_linked(area.definition, ids)}\n"
    yield from _listed("Includes", area.includes, ids)
    yield from _listed("Excludes", area.excludes, ids)
    yield from _listed("Cases that decided a rule", [f"{case.case} {case.decision}" for case in area.borderline], ids)
    if area.examples:
        either = [f"Covered: {area.examples.covered}", f"Not covered: {area.examples.not_covered}"]
        yield from _listed("Examples", either, ids)
    if area.reviewed:
        yield f"Last reviewed on {dates.in_words(area.reviewed)}.\n"


def _listed(title: str, texts: Sequence[str], ids: set[str]) -> list[str]:
    return [f"**{title}**", "", *(f"- {_linked(text, ids)}" for text in texts), ""] if texts else []


def _linked(text: str, ids: set[str]) -> str:
    """Make the ids of areas in a text links to their entries."""

    def link(match: re.Match[str]) -> str:
        return f"[{match[0]}](#{match[0]})" if match[0] in ids else match[0]

    return re.sub(r"(?<=\()[a-z]+(?=\))|[a-z]+(?:-[a-z]+)+", link, escape(text))


def _table(table: DataTable) -> Iterator[str]:
    key = " and ".join(f"`{name}`" for name in table.key)
    yield f"### {table.name}\n"
    yield f"{escape(table.meaning)} One row for each {key}.\n"
    yield from ("| column | type | meaning |", "|---|---|---|")
    yield from (f"| `{c.name}` | {_type(c)} | {escape(c.meaning)} |" for c in table.columns)
    yield ""


def _type(column: DataColumn) -> str:
    kind = ", ".join(f"`{value}`" for value in column.values) or column.type
    return f"{kind}; may be empty" if column.nullable else kind
