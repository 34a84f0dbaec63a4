"""The codebook, in the documentation and in every export: what statuses, areas and columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sdp_matrix.formats.markdown import escape
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Grade, MechanismKind, MechanismStatus, Standing, Status
from sdp_matrix.publishing.citation import Work, cite, text
from sdp_matrix.relational.tables import TABLES, DataColumn
from sdp_matrix.views.parts import authors_note

_ABOUT = """\
When an area counts as covered: a definition, what counts, what does not, and the cases that decided a rule.
It is what `sdp explain PARTNER AREA` shows; [the method](method.md#grades) explains the grades.
The columns of [the export](formats.md#the-export) and of [`sdp sql`](recipes.md#sql) are described at the end.
"""
_READING = "The compilers' reading of the rows, made after the marks: the briefing defines none of them."


def page(dataset: Dataset) -> str:
    """Write the codebook as a page of the documentation."""
    return "\n".join(["# Codebook", "", _ABOUT, *_body(dataset)])


def file(dataset: Dataset) -> str:
    """Write the codebook as a file beside the data, with their edition."""
    edition = dataset.edition
    head = [
        f"# {escape(edition.codebook)}\n",
        f"{escape(edition.description)}\n",
        f"{escape(edition.words.capitalize())}. Licence: {escape(edition.licence)}.\n",
        f"How to cite: {escape(text(cite(dataset, Work.DATA)))}",
        f"{escape(edition.table_notice)}\n" if edition.table_notice else "",
    ]
    return "\n".join([*filter(None, head), *_body(dataset)])


def _body(dataset: Dataset) -> Iterator[str]:
    for words in (Status, Grade, Standing, MechanismKind, MechanismStatus):
        about = (words.__doc__ or "").split("\n")[0]
        name = words.__name__.replace("Mechanism", "Mechanism: ")  # MechanismKind has the heading Mechanism: Kind
        yield f"## {name}\n\n{about}\n"
        yield from _rows((name.lower(), "meaning"), ((f"`{word}`", escape(word.meaning)) for word in words))
    yield f"## Areas of cooperation\n\n{_READING}\n"
    yield f"{escape(authors_note(dataset))}\n"
    titles = ((str(area.number), f"[{escape(area.title)}](#{area.id})") for area in dataset.areas)
    yield from _rows(("area", "title in the table"), titles)
    for area in dataset.areas:
        yield from _area(area)
    yield "## Tables and columns\n"
    for table in TABLES:
        key = " and ".join(f"`{name}`" for name in table.key)
        yield f"### {table.name}\n\n{escape(table.meaning)} One row for each {key}.\n"
        columns = ((f"`{column.name}`", _type(column), escape(column.meaning)) for column in table.columns)
        yield from _rows(("column", "type", "meaning"), columns)


def _rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table of texts that are Markdown already."""
    yield from (f"| {' | '.join(names)} |", "|---" * len(names) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _area(area: Area) -> Iterator[str]:
    aliases = f"; also called {', '.join(map(escape, area.aliases))}." if area.aliases else ""
    yield f'<a id="{area.id}"></a>\n\n### {area.number} {escape(area.title)}\n\n`{area.id}`{aliases}\n'
    if area.definition:
        yield f"{escape(area.definition)}\n"
    examples = area.examples
    lists = {
        "Includes": area.includes,
        "Excludes": area.excludes,
        "Cases that decided a rule": [f"{case.case} {case.decision}" for case in area.borderline],
        "Examples": [f"Covered: {examples.covered}", f"Not covered: {examples.not_covered}"] if examples else [],
    }
    for title, texts in lists.items():
        if texts:
            yield from (f"**{title}**\n", *(f"- {escape(text)}" for text in texts), "")
    if area.reviewed:
        yield f"Last reviewed on {dates.in_words(area.reviewed)}.\n"


def _type(column: DataColumn) -> str:
    kind = ", ".join(f"`{value}`" for value in column.values) or column.type
    return f"{kind}; may be empty" if column.nullable else kind
