"""A data folder as a checked data set, or every problem that it has."""

from __future__ import annotations

from pathlib import Path

from sdp_matrix.errors import BadData
from sdp_matrix.files.folder import data_folder
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.problem import Problem, errors


def load(folder: str | Path | None = None) -> Dataset:
    """Load and check a data folder; without one SDP_DATA, else the nearest of the repository, else the package's.

    Raises `BadData`, which carries every problem, where a file cannot be read or a rule is broken.
    """
    dataset, problems = load_to_verify(folder)
    if problems:
        raise BadData(problems)
    return dataset


def load_to_verify(folder: str | Path | None = None) -> tuple[Dataset, tuple[Problem, ...]]:
    """Load a data folder in which departures from the published table may be wrong, with the problems of these.

    Raises `BadData` for any other problem.
    """
    from sdp_matrix.files.scan import scan
    from sdp_matrix.validation import rules

    scanned = scan(data_folder(folder))
    faults, dataset = errors(rules.check(scanned)), scanned.dataset()
    if dataset is None or any(fault.rule not in rules.ON_DEPARTURES for fault in faults):
        raise BadData(faults)
    return dataset, faults
