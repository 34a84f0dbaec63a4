"""The codebook as a page: what makes an area count as covered, derived from areas.yaml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sdp_matrix.formats.markdown import escape
from sdp_matrix.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.registers import Area

_MEANINGS = {
    Status.COVERED: "the partnership covers the area",
    Status.NOT_COVERED: "a source shows that it does not",
    Status.ALREADY_EXISTS: "what the area aims at exists already, apart from the partnership",
    Status.UNKNOWN: "no source read so far says; never the same as not covered",
}


def markdown(dataset: Dataset) -> str:
    """Write the codebook as Markdown: the statuses, then each area in row order."""
    ids = {area.id for area in dataset.areas}
    return "\n".join([*_head(dataset), *(line for area in dataset.areas for line in _area(area, ids))])


def _head(dataset: Dataset) -> Iterator[str]:
    yield "# Codebook"
    yield ""
    yield "When an area counts as covered, in our words: a definition, what counts, what does not, cases met so far."
    yield "It is what `sdp explain PARTNER AREA` shows; how sure a cell is stands in [evidence.md](evidence.md)."
    yield ""
    yield "| status | means |"
    yield "|---|---|"
    yield from (f"| {status.words} | {meaning} |" for status, meaning in _MEANINGS.items())
    yield ""
    yield "| area | title in the table |"
    yield "|--:|---|"
    yield from (f"| {area.number} | [{escape(area.title)}](#{area.id}) |" for area in dataset.areas)
    yield ""


def _area(area: Area, ids: set[str]) -> Iterator[str]:
    yield f'<a id="{area.id}"></a>'
    yield ""
    yield f"## {area.number} {escape(area.title)}"
    yield ""
    yield f"`{area.id}`; also found as {', '.join(area.aliases)}." if area.aliases else f"`{area.id}`"
    yield ""
    if area.definition:
        yield from (_linked(area.definition, ids), "")
    yield from _listed("Includes", area.includes, ids)
    yield from _listed("Excludes", area.excludes, ids)
    cases = [f"{one.case} {one.decision}" for one in area.borderline]
    yield from _listed("Borderline cases", cases, ids)
    if area.examples:
        either = [f"Covered: {area.examples.covered}", f"Not covered: {area.examples.not_covered}"]
        yield from _listed("Examples", either, ids)


def _listed(title: str, texts: Sequence[str], ids: set[str]) -> Iterator[str]:
    if texts:
        yield from (f"**{title}**", "", *(f"- {_linked(text, ids)}" for text in texts), "")


def _linked(text: str, ids: set[str]) -> str:
    """Make the ids of areas in a text links to their entries."""

    def link(match: re.Match[str]) -> str:
        return f"[{match[0]}](#{match[0]})" if match[0] in ids else match[0]

    return re.sub(r"(?<=\()[a-z]+(?=\))|[a-z]+(?:-[a-z]+)+", link, escape(text))
