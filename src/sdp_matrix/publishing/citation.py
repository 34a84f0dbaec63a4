"""How to cite the data and the codebook: in words and for BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.selection import member
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Edition, Reference
from sdp_matrix.text_safety import flat


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

    @property
    def words(self) -> str:
        """The citation as a sentence."""
        edition, kind = self.edition, "data set" if self.work is Work.DATA else "codebook"
        who, when = ", ".join(edition.authors), dates.in_words(edition.date)
        words = f"{who} ({edition.date.year}). {self.title} [{kind}], version {edition.version}, {when}."
        address = f"https://doi.org/{self.doi}." if self.doi else ""
        rights = f"Licence: {edition.licence}. {self.acknowledgement}"
        return flat(" ".join(filter(None, (words, address, rights, edition.table_notice))))


def cite(dataset: Dataset, *works: Work) -> Listing[Citation]:
    """Cite the works asked for, else the data and the codebook.

    >>> from sdp_matrix import load
    >>> [cited.work.value for cited in load().cite()]
    ['data', 'codebook']
    """
    edition = dataset.edition
    titles = {Work.DATA: edition.title, Work.CODEBOOK: edition.codebook}
    source, locator = dataset.reference(edition.source.reference), edition.source.locator
    chosen = [member(Work, work) for work in works or Work]
    place = f", {locator}" if locator else ""
    citations = tuple(Citation(work, titles[work], edition, source, place) for work in chosen)
    return Listing(citations, question="cite", dataset=dataset)


def text(works: Sequence[Citation]) -> str:
    """Return citations in words, one paragraph each."""
    return "\n".join(f"{cited.words}\n" for cited in works)


def bibtex(works: Sequence[Citation]) -> str:
    """Return entries for BibTeX and biblatex: the works, and the publication that they begin with."""
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
        "doi": cited.doi,
        "note": _escaped(f"Version {edition.version}. {cited.acknowledgement}"),
    }
    return _entry(cited.key, fields)


def _entry_of_source(source: Reference) -> str:
    fields = {
        "author": f"{{{_escaped(source.publisher)}}}",
        "title": f"{{{_escaped(source.title)}}}",
        "year": source.date[:4],
        "date": source.date,
        "url": source.url,
    }
    return _entry(source.id, fields)


def _entry(key: str, fields: Mapping[str, str | None]) -> str:
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    r"""Escape what TeX would take for a command.

    >>> print(_escaped("R&D \\input{x}"))
    R\&D \textbackslash{}input\{x\}
    """
    return re.sub(r"[\\{}$&#%_~^]", lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), flat(text))


_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


STYLES: dict[str, Callable[[Sequence[Citation]], str]] = {"text": text, "bibtex": bibtex}
"""How citations can be written."""
