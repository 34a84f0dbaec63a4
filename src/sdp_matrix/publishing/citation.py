"""How to cite the data and the codebook: in words and for BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

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


class Citation(NamedTuple):
    """A work with what a reader needs to find it, and the publication that it is based on."""

    work: Work
    kind: str
    """What the work is, in words."""
    title: str
    doi: str | None
    edition: Edition
    source: Reference
    acknowledgement: str
    """What the work is based on, in a sentence."""

    @property
    def words(self) -> str:
        """The citation in sentences."""
        edition, authors = self.edition, ", ".join(self.edition.authors)
        version = f"version {edition.version}, {dates.in_words(edition.date)}"
        parts = [
            f"{authors} ({edition.date.year}). {self.title} [{self.kind}], {version}.",
            f"https://doi.org/{self.doi}." if self.doi else "",
            f"Licence: {edition.licence}. {self.acknowledgement}",
            edition.table_notice or "",
        ]
        return flat(" ".join(filter(None, parts)))


def cite(dataset: Dataset, *works: Work) -> Listing[Citation]:
    """Cite the works asked for, else the data and the codebook.

    >>> [cited.work.value for cited in load().cite()]
    ['data', 'codebook']
    """
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    place = [source.publisher, source.title, dates.in_words(source.date), edition.source.locator]
    basis = f"Based on {', '.join(filter(None, place))}."
    data = Citation(Work.DATA, "data set", edition.title, edition.doi, edition, source, basis)
    codebook = data._replace(work=Work.CODEBOOK, kind="codebook", title=edition.codebook, doi=None)
    both = {Work.DATA: data, Work.CODEBOOK: codebook}
    return Listing(tuple(both[member(Work, work)] for work in works or Work), question="cite", dataset=dataset)


def text(works: Sequence[Citation]) -> str:
    """Return citations in words, a paragraph each."""
    return "\n".join(f"{cited.words}\n" for cited in works)


def bibtex(works: Sequence[Citation]) -> str:
    """Return entries for BibTeX and biblatex: the works, and the publication that they are based on."""
    entries = [_entry_of_work(cited) for cited in works] + [_entry_of_source(cited.source) for cited in works]
    return "\n".join(dict.fromkeys(entries))


def _entry_of_work(cited: Citation) -> str:
    edition = cited.edition
    return _entry(
        f"sdp-{cited.work}-{edition.version}",  # another version is another work
        # Inner braces keep BibTeX from splitting a name into first and last, and a title in its capitals.
        author=" and ".join(f"{{{_escaped(author)}}}" for author in edition.authors),
        title=f"{{{_escaped(cited.title)}}}",
        howpublished=cited.kind.capitalize(),
        version=edition.version,
        year=str(edition.date.year),
        date=str(edition.date),  # of biblatex; BibTeX knows the year alone
        doi=cited.doi,
        note=_escaped(f"Version {edition.version}. {cited.acknowledgement}"),
    )


def _entry_of_source(source: Reference) -> str:
    author, title = f"{{{_escaped(source.publisher)}}}", f"{{{_escaped(source.title)}}}"
    return _entry(source.id, author=author, title=title, year=source.date[:4], date=source.date, url=source.url)


def _entry(key: str, **fields: str | None) -> str:
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    r"""Escape what TeX would take for a command.

    >>> print(_escaped("R&D \\input{x}"))
    R\&D \textbackslash{}input\{x\}
    """
    named = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\{}$&#%_~^]", lambda match: named.get(match[0], f"\\{match[0]}"), flat(text))


STYLES: dict[str, Callable[[Sequence[Citation]], str]] = {"text": text, "bibtex": bibtex}
