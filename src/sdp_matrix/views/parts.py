"""What several views share: JSON shapes, source lines, cells of areas and the plain list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.record import Record
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import Membership


class Cited(Protocol):
    """Anything that cites a place in a reference."""

    @property
    def reference(self) -> str:
        """Id of the reference."""
        ...

    @property
    def locator(self) -> str | None:
        """Section, table or page."""
        ...


NUMBER = Column("number", align="right")
AREA_ID = Column("area_id", machine_only=True)
AREA = Column("area", grows=True, min_width=36)
AREA_BESIDE_WORDS = Column("area", grows=True, min_width=48)
"""Beside columns of words: where the full title would take more than two lines, the label is shown."""
FACT = (Column("field"), Column("value", grows=True))
"""Columns of a table of facts: what it is, and what it says."""


def partner_data(partnership: Partnership) -> dict[str, Json]:
    """A partnership in brief, as every JSON output gives it."""
    return {
        "id": partnership.id,
        "name": partnership.name,
        "iso": partnership.iso,
        "date": partnership.date.text,
        "act": str(partnership.act.value),
        "groups": [m.group for m in partnership.groups if m.status is Membership.MEMBER],
    }


def area_data(area: Area) -> dict[str, Json]:
    """An area in brief, as every JSON output gives it."""
    return {"number": area.number, "id": area.id, "title": area.title}


def evidence_data(evidence: Evidence) -> dict[str, Json]:
    """A piece of evidence."""
    return evidence.model_dump(mode="json")


def record_data(record: Record, *keys: str) -> dict[str, Json]:
    """Some fields of a record, as its file has them."""
    values = record.model_dump(mode="json", include=set(keys))
    return {key: values[key] for key in keys}


def area_cells(area: Area) -> tuple[Cell, Cell, Cell]:
    """Number, id and title of an area, for the columns NUMBER, AREA_ID and AREA."""
    return (
        Cell(str(area.number), value=area.number, look=Look.MUTED),
        Cell(area.id),
        Cell(area.title, short=area.label),
    )


def groups_of(dataset: Dataset, partnership: Partnership) -> list[str]:
    """Titles of the groups that a partner belongs to."""
    return [dataset.group(m.group).title for m in partnership.groups if m.status is Membership.MEMBER]


def reference_data(dataset: Dataset, reference: Reference) -> dict[str, Json]:
    """A reference in brief, as every JSON output gives it."""
    return {
        "id": reference.id,
        "title": reference.title,
        "descriptive": reference.descriptive,
        "publisher": reference.publisher,
        "origin": dataset.voices[reference.id].origin,
        "standing": str(reference.standing),
        "kind": str(reference.kind),
        "date": reference.date,
        "url": reference.url,
    }


def title_words(reference: Reference) -> str:
    """A title; one that is a description of ours stands in square brackets."""
    return f"[{reference.title}]" if reference.descriptive else reference.title


def reference_words(reference: Reference, locator: str | None = None) -> str:
    """A reference as a source line gives it."""
    said = (reference.publisher, title_words(reference), dates.in_words(reference.date), locator)
    return ", ".join(filter(None, said))


def place(dataset: Dataset, cited: Cited) -> str:
    """A place in a reference."""
    return reference_words(dataset.reference(cited.reference), cited.locator)


def full_reference(dataset: Dataset, cited: Cited) -> str:
    """Everything that a reader needs to find a place in a reference, and to judge it."""
    return f"{place(dataset, cited)} ({about(dataset, dataset.reference(cited.reference))})"


def weight(dataset: Dataset, reference: Reference) -> str:
    """What weight a reference has, and whose word it passes on."""
    origin = dataset.voices[reference.id].origin
    passed_on = [f"seen at {reference.relayed_by}"] * bool(reference.relayed_by)
    passed_on += [f"passes on {origin}"] * (origin != reference.publisher)
    return "; ".join([reference.standing, *passed_on])


def about(dataset: Dataset, reference: Reference) -> str:
    """What weight a reference has, whose word it passes on, and where it can be read."""
    remark = f" ({reference.address_note})" if reference.address_note else ""
    address = f"{reference.url}{remark}" if reference.url else "no address known"
    return f"{weight(dataset, reference)}; {address}"


class Sources:
    """Sources in the order in which a table cites them, numbered from 1: each place in a reference once."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._cited: dict[tuple[str, str | None], Cited] = {}

    def number(self, cited: Cited) -> str:
        """Return the number of a place in a reference."""
        key = (cited.reference, cited.locator)
        self._cited.setdefault(key, cited)
        return f"{self._prefix}{[*self._cited].index(key) + 1}"

    def notes(self, dataset: Dataset) -> tuple[Note, ...]:
        """Return them as footnotes, each reference in full with the place in it."""
        cited = self._cited.values()
        return tuple(Note(self.number(one), full_reference(dataset, one), is_reference=True) for one in cited)


def sourced(words: str, dataset: Dataset) -> str:
    """A source line: what a table rests on, then the edition of the data."""
    return f"{words}; {dataset.edition.words}." if words else f"{dataset.edition.title}, {dataset.edition.words}."


def facts(pairs: Iterable[tuple[str, str]], title: str = "") -> Section:
    """A section of facts under a title."""
    rows = tuple((Cell(label, look=Look.MUTED), Cell(value)) for label, value in pairs)
    return Section(rows, title)


def headings(*texts: str) -> tuple[Cell, ...]:
    """A header row."""
    return tuple(Cell(text, look=Look.HEADING) for text in texts)


def listing(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]], data: Json, *, source: str = ""
) -> Table:
    """A plain list: one header line, one line an item; the last column takes the room."""
    named = tuple(Column(name.lower().replace(" ", "_"), grows=i == len(columns) - 1) for i, name in enumerate(columns))
    cells = tuple(tuple(Cell(str(value), value=value) for value in row) for row in rows)
    return Table(
        title,
        named,
        (headings(*columns),),
        (Section(cells),),
        source=source,
        data=data,
    )
