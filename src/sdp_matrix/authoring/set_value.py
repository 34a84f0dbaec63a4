"""Set one value of a partnership with the evidence for it, and say what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sdp_matrix.analysis import factcheck, grading, verification
from sdp_matrix.authoring.change import Change, changed, said_of_edition, sound
from sdp_matrix.errors import BadRequest
from sdp_matrix.files import comments, edits
from sdp_matrix.files.comments import Block
from sdp_matrix.files.folder import PARTNERSHIPS, shown_as
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import DATE_FIELD, UNKNOWN

_OF_THE_FILE = (DATE_FIELD, "act")
"""What can be set beside areas."""


def set_value(
    home: Path,
    partner: str,
    field: str,
    value: str,
    *,
    reference: str | None = None,
    locator: str | None = None,
    note: str | None = None,
    departure: str | None = None,
) -> Change:
    """Give an area, the date or the act of a partnership a value, with the reference that supports it.

    `note` says why the value stands where evidence disagrees, `departure` why it is not the printed one. Comments and
    other evidence stay. Raises `UnknownName`, `BadRequest` where the data would not be valid, `BadData` where they are
    not valid already.
    """
    before = sound(home)
    known = before.dataset.partner(partner)
    name = field if field in _OF_THE_FILE else before.dataset.area(field).id
    if reference is None and value != UNKNOWN:
        raise BadRequest("a value rests on a source: name it with --reference (an id of references.yaml)")
    path = f"{PARTNERSHIPS}/{known.id}.yaml"
    layout = before.layout(path)
    block = layout.root if name in _OF_THE_FILE else edits.inner(layout.root, "coverage", mapping=True)
    replaced = [*_put(block, name, value, note=note, departure=departure)]
    if reference is not None:
        source = before.dataset.reference(reference).id
        replaced += _testify(edits.inner(block, name, mapping=True), source, locator, value)
    files, after = changed(before, {path: comments.write(layout)})
    said = f"{shown_as(home / path)}: {name} is {value}, where it was {_text(before.dataset, known.id, name)}"
    return Change(files, (said, *replaced, *_consequences(before.dataset, after, known.id, name)))


def _put(block: Block, name: str, value: str, *, note: str | None, departure: str | None) -> Iterator[str]:
    """Write a value, in the long form; say what gives way. A departure is that of one value and goes with it."""
    key = "value" if name in _OF_THE_FILE else "status"
    was = edits.text(block, name)
    if was or edits.entry(block, name) is None:
        edits.put(block, name, {key: was or value})
    held = edits.inner(block, name, mapping=True)
    if edits.text(held, key) != value and departure is None and (gone := edits.text(held, "departure")):
        yield f"departure: taken out with its value, was '{gone}'"
        edits.drop(held, "departure")
    edits.put(held, key, value)
    for beside, words in (("note", note), ("departure", departure)):
        if words is not None:
            if (gone := edits.text(held, beside)) and gone != words:
                yield f"{beside}: replaced, was '{gone}'"
            edits.put(held, beside, words)


def _testify(held: Block, reference: str, locator: str | None, value: str) -> Iterator[str]:
    """Add what a reference supports; say where it gives way to what it was said to support at the same place."""
    place = {"reference": reference, **({"locator": locator} if locator else {})}
    listed = edits.inner(held, "evidence", mapping=False)
    for item in listed.entries:
        piece = item.value
        if isinstance(piece, Block) and (edits.text(piece, "reference"), edits.text(piece, "locator")) == (
            reference,
            locator or "",
        ):
            if (gone := edits.text(piece, "supports")) != value:
                yield f"evidence: {reference} supports {value}, where it supported {gone}"
            edits.put(piece, "supports", value)
            return
    edits.append(listed, {**place, "supports": value})


def _text(dataset: Dataset, partner: str, field: str) -> str:
    return grading.explain(dataset, dataset.partner(partner), field).value or UNKNOWN


def _consequences(before: Dataset, after: Dataset, partner: str, field: str) -> Iterator[str]:
    """Say what a change does to the grade, to the comparison with the printed table, and to statements."""
    was, now = (grading.explain(one, one.partner(partner), field) for one in (before, after))
    yield f"grade: {now.grade.words}" + (f", was {was.grade.words}" if was.grade != now.grade else "")
    if was.note and was.note == now.note and was.value != now.value:
        yield f"note: it was written for {was.value}; see whether it is still right"
    known = {(d.partner, d.field) for d in verification.verify(before).departures}
    departures = {(d.partner, d.field): d for d in verification.verify(after).departures}
    if departing := departures.get((partner, field)):
        yield f"Table 1: prints {departing.published}; this is a departure"
    elif (partner, field) in known:
        yield "Table 1: prints the same; the departure is gone"
    elif partner in after.table.columns and field != "act":
        yield "Table 1: prints the same"
    if any(draft.id == partner for draft in before.drafts) and all(draft.id != partner for draft in after.drafts):
        yield "tables, statements and figures count it from now on"
    verdicts = {found.statement.id: found.verdict for found in factcheck.factcheck(before)}
    others = [found for found in factcheck.factcheck(after) if found.verdict is not verdicts[found.statement.id]]
    for found in others:
        on_record = "" if found.as_expected else "; look at it, and correct 'expected' in statements.yaml"
        yield f"statement {found.statement.id}: {found.verdict}, was {verdicts[found.statement.id]}{on_record}"
    if not others:
        yield "statements: each has the verdict that it had"
    yield said_of_edition(before, after)
