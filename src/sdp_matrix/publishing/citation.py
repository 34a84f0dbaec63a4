"""How to cite the data and the codebook: in words, for BibTeX, for reference managers and as CITATION.cff."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdp_matrix.errors import BadRequest
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Edition, Reference
from sdp_matrix.sanitize import flat


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
    def doi(self) -> str | None:
        """The identifier of the data set; the codebook has none of its own."""
        return self.edition.doi if self.work is Work.DATA else None

    @property
    def acknowledgement(self) -> str:
        """What the work begins with, in a sentence."""
        source = f"{self.source.publisher}, {self.source.title}, {dates.in_words(self.source.date)}"
        return f"Begins with {source}{self.locator}."


def citations(dataset: Dataset, *works: Work) -> tuple[Citation, ...]:
    """How to cite the works asked for, else the data and the codebook.

    >>> from sdp_matrix import load
    >>> [cited.work.value for cited in load().cite()]
    ['data', 'codebook']
    """
    edition = dataset.edition
    titles = {Work.DATA: edition.title, Work.CODEBOOK: edition.codebook}
    source, locator = dataset.reference(edition.source.reference), edition.source.locator
    return tuple(
        Citation(work, titles[work], edition, source, f", {locator}" if locator else "") for work in works or Work
    )


def text(works: Sequence[Citation]) -> str:
    """Citations in words, one paragraph each."""
    return "\n".join(map(_sentence, works))


def _sentence(cited: Citation) -> str:
    edition, kind = cited.edition, "data set" if cited.work is Work.DATA else "codebook"
    who, when = ", ".join(edition.authors), dates.in_words(edition.date)
    words = f"{who} ({edition.date.year}). {cited.title} [{kind}], version {edition.version}, {when}."
    address = f"https://doi.org/{cited.doi}." if cited.doi else ""
    rights = f"Licence: {edition.licence}. {cited.acknowledgement}"
    return flat(" ".join(filter(None, (words, address, rights, edition.table_notice)))) + "\n"


def bibtex(works: Sequence[Citation]) -> str:
    """Entries for BibTeX and biblatex: the works, and the publication that they begin with."""
    return "\n".join(dict.fromkeys([*map(_entry_of_work, works), *(_entry_of_source(cited.source) for cited in works)]))


def _entry_of_work(cited: Citation) -> str:
    edition = cited.edition
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in edition.authors),
        "title": f"{{{_escaped(cited.title)}}}",
        "howpublished": "Data set" if cited.work is Work.DATA else "Codebook",
        "version": edition.version,
        "year": str(edition.date.year),
        "date": str(edition.date),
        **({"doi": cited.doi} if cited.doi else {}),
        "note": _escaped(f"Version {edition.version}. {cited.acknowledgement}"),
    }
    return _entry(cited.key, fields)


def _entry_of_source(source: Reference) -> str:
    fields = {
        "author": f"{{{_escaped(source.publisher)}}}",
        "title": f"{{{_escaped(source.title)}}}",
        "year": source.date[:4],
        "date": source.date,
        **({"url": source.url} if source.url else {}),
    }
    return _entry(source.id, fields)


def _entry(key: str, fields: Mapping[str, str]) -> str:
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    r"""Escape what TeX would take for a command.

    >>> print(_escaped("R&D \\input{x}"))
    R\&D \textbackslash{}input\{x\}
    """
    return re.sub(r"[\\{}$&#%_~^]", lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), flat(text))


_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def csl_json(works: Sequence[Citation]) -> str:
    """A list in CSL-JSON, which Zotero, pandoc and other reference managers read: the works and their source."""
    items = [*map(_item_of_work, works), *(_item_of_source(cited.source) for cited in works[:1])]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item_of_work(cited: Citation) -> dict[str, object]:
    edition = cited.edition
    return {
        "id": cited.key,
        "type": "dataset" if cited.work is Work.DATA else "document",
        "title": cited.title,
        "author": [{"literal": author} for author in edition.authors],
        "issued": _issued(str(edition.date)),
        "version": edition.version,
        **({"DOI": cited.doi} if cited.doi else {}),
        "note": f"Licence: {edition.licence}. {cited.acknowledgement}",
    }


def _item_of_source(source: Reference) -> dict[str, object]:
    return {
        "id": source.id,
        "type": "report",
        "title": source.title,
        "author": [{"literal": source.publisher}],
        "issued": _issued(source.date),
        **({"URL": source.url} if source.url else {}),
    }


def _issued(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def cff(works: Sequence[Citation]) -> str:
    """The content of CITATION.cff, which code hosts and reference managers read; it holds the data set alone.

    Raises `BadRequest` where the data set is not among the works.
    """
    cited = next((cited for cited in works if cited.work is Work.DATA), None)
    if cited is None:
        raise BadRequest("CITATION.cff holds a data set, not a codebook; write: sdp cite data -f cff")
    edition = cited.edition
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(f'Cite the version that you used. {cited.acknowledgement}')}",
        "type: dataset",
        f"title: {_quoted(edition.title)}",
        f"abstract: {_quoted(edition.description)}",
        f"version: {_quoted(edition.version)}",
        f"date-released: {edition.date}",
        *([f"doi: {_quoted(cited.doi)}"] if cited.doi else []),
        f"license: {_quoted(edition.licence)}",
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in edition.authors),
        "references:",
        *_reference_lines(cited.source),
    ]
    return "\n".join(lines) + "\n"


STYLES: dict[str, Callable[[Sequence[Citation]], str]] = {
    "text": text,
    "bibtex": bibtex,
    "csl-json": csl_json,
    "cff": cff,
}
"""How citations can be written."""


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
