"""A change to data files: put together in memory, checked there, and only then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files import comments, document, folder, json_schema, scan
from sdp_matrix.files.canonical import canonical
from sdp_matrix.files.comments import Layout
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.problem import errors
from sdp_matrix.validation import rules


@dataclass(frozen=True, slots=True)
class Change:
    """Files as they should be, and what that means."""

    files: Mapping[Path, str] = field(default_factory=dict)
    """Those that change, whole."""
    words: tuple[str, ...] = ()
    """What was changed and what follows, a line each."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A data folder without errors, which may be changed."""

    home: Path
    files: Mapping[str, bytes | OSError]
    scanned: scan.Scan
    dataset: Dataset

    def layout(self, path: str) -> Layout:
        """Return the layout of one of its files, to be edited."""
        return comments.read(self.scanned.documents[path].text)


def sound(home: Path) -> Sound:
    """Read a folder that is to be changed.

    Raises `BadRequest` for the data that came with the program, `BadData` where a file is at fault.
    """
    if folder.is_packaged(home):
        raise BadRequest(
            f"the data in {home} came with the program and go with its next version; copy the folder,"
            " and name the copy with --data or SDP_DATA"
        )
    found = folder.read(home)
    if found.problems:
        raise BadData(found.problems)
    scanned = scan.scan_files(found.shown, found.files)
    dataset, faults = scanned.dataset(), errors(rules.check(scanned))
    if faults or dataset is None:
        raise BadData(faults or scanned.problems)
    return Sound(home, found.files, scanned, dataset)


def changed(before: Sound, edited: Mapping[str, str]) -> tuple[Mapping[Path, str], Dataset]:
    """Return what a folder holds once some files have another text, and the data set that this makes.

    The texts are put into canonical form, and the schemas follow. Raises `BadRequest`, and changes nothing, where the
    folder would have an error.
    """
    raw = {path: text.encode() for path, text in edited.items()}
    after = scan.scan_files(before.scanned.folder, {**before.files, **raw})
    dataset, faults = after.dataset(), errors(rules.check(after))
    if faults or dataset is None:
        causes = [fault for fault in faults if fault.rule != "evidence-kind"]  # evidence is set for the same value
        said = "; ".join(dict.fromkeys(problem.message for problem in causes or faults))
        raise BadRequest(f"the data would not be valid: {said} (nothing was changed)")
    order = [area.id for area in dataset.areas]
    texts = {}
    for path in edited:
        kind = scan.kind_of(path, {})
        assert kind is not None  # noqa: S101 - only data files are edited
        texts[before.home / path] = canonical(document.parse(path, raw[path]), kind, order)
    for name, text in json_schema.schemas(dataset).items():
        texts[before.home / folder.SCHEMAS / name] = text
    return {path: text for path, text in texts.items() if not _holds(path, text)}, dataset


def said_of_edition(before: Dataset, after: Dataset) -> str:
    """Say which edition the changed data are."""
    was, now = before.edition, after.edition
    if was != now:
        return f"edition: {now.version} of {now.date}, was {was.version} of {was.date}"
    return f"edition: {now.version} of {now.date}; if that is published, raise both in dataset.yaml"


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
