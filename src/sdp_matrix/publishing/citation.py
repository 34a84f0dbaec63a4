"""How to cite the data and the codebook: in words, for BibTeX and for CITATION.cff."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sdp_matrix.formats import latex
from sdp_matrix.model import dates
from sdp_matrix.sanitize import flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.registers import Edition, Reference


class Work(StrEnum):
    """What can be cited."""

    DATA = "data"
    CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True)
class Citation:
    """One work with what a reader needs to find it, and the publication it begins with."""

    work: Work
    title: str
    edition: Edition
    source: Reference
    locator: str

    @property
    def key(self) -> str:
        """The key of the work in a bibliography; it changes with the version."""
        return f"sdp-{self.work}-{self.edition.version}"

    @property
    def acknowledgement(self) -> str:
        """What the work begins with, in a sentence."""
        source = f"{self.source.publisher}, {self.source.title}, {dates.in_words(self.source.date)}"
        return f"Begins with {source}{self.locator}."


def citations(dataset: Dataset, *works: Work) -> tuple[Citation, ...]:
    """The works asked for, else all: the data first."""
    edition = dataset.edition
    titles = {Work.DATA: edition.title, Work.CODEBOOK: edition.codebook}
    source, locator = dataset.reference(edition.source.reference), edition.source.locator
    return tuple(
        Citation(work, titles[work], edition, source, f", {locator}" if locator else "") for work in works or Work
    )


def text(cited: Citation) -> str:
    """A citation in words."""
    edition, kind = cited.edition, "data set" if cited.work is Work.DATA else "codebook"
    who, when = ", ".join(edition.authors), dates.in_words(edition.date)
    words = f"{who} ({edition.date.year}). {cited.title} [{kind}], version {edition.version}, {when}."
    rights = f"Licence: {edition.licence}. {cited.acknowledgement}"
    return flat(" ".join(filter(None, (words, rights, edition.table_notice)))) + "\n"


def bibtex(cited: Citation) -> str:
    """A citation for BibTeX and biblatex."""
    edition, source = cited.edition, cited.source
    fields = {
        "author": " and ".join(f"{{{latex.spell(author)}}}" for author in edition.authors),
        "title": f"{{{latex.spell(cited.title)}}}",
        "howpublished": "Data set" if cited.work is Work.DATA else "Codebook",
        "version": edition.version,
        "year": str(edition.date.year),
        "date": str(edition.date),
        "note": latex.spell(f"Version {edition.version}. {cited.acknowledgement}"),
    }
    origin = {
        "author": f"{{{latex.spell(source.publisher)}}}",
        "title": f"{{{latex.spell(source.title)}}}",
        "year": source.date[:4],
        "date": source.date,
        **({"url": source.url} if source.url else {}),
    }
    return _entry(cited.key, fields) + "\n" + _entry(source.id, origin)


def _entry(key: str, fields: Mapping[str, str]) -> str:
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


STYLES: dict[str, Callable[[Citation], str]] = {"text": text, "bibtex": bibtex}
"""How a citation can be written."""


def cff(dataset: Dataset) -> str:
    """The content of CITATION.cff, which forges and reference managers read."""
    (cited,) = citations(dataset, Work.DATA)
    edition = cited.edition
    message = f"Cite the version that you used. {cited.acknowledgement}"
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(message)}",
        "type: dataset",
        f"title: {_quoted(edition.title)}",
        f"abstract: {_quoted(edition.description)}",
        f"version: {_quoted(edition.version)}",
        f"date-released: {edition.date}",
        f"license: {_quoted(edition.licence)}",
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in edition.authors),
        "references:",
        *_reference_lines(cited.source),
    ]
    return "\n".join(lines) + "\n"


def _reference_lines(source: Reference) -> Iterator[str]:
    yield "  - type: report"
    yield f"    title: {_quoted(source.title)}"
    yield "    authors:"
    yield f"      - name: {_quoted(source.publisher)}"
    yield f"    year: {source.date[:4]}"
    if source.url:
        yield f"    url: {_quoted(source.url)}"


def _quoted(value: str) -> str:
    """A text in double quotes, which YAML reads as JSON does."""
    return json.dumps(flat(value), ensure_ascii=False)
