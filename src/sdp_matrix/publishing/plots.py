"""Pictures for a briefing: which there are, and the files they can be written to."""

from __future__ import annotations

from pathlib import PurePath

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.errors import RequestError, missing
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.text_safety import in_one_line

KINDS = ("matrix", "timeline", "similarity")
SUFFIXES = (".svg", ".png", ".pdf")


def of_file(name: str) -> str:
    """Return the format of a file by its suffix; raise `RequestError` for an unknown suffix.

    >>> of_file("matrix.SVG")
    'svg'
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise RequestError(f"the suffix of '{in_one_line(name)}' names no picture; use {', '.join(SUFFIXES)}")
    return suffix[1:]


def plot(dataset: Dataset, shown: Matrix, kind: str, picture: str) -> bytes:
    """Draw the partners shown as svg, png or pdf; the same data give the same bytes.

    Raises `RequestError` without matplotlib, and if there is nothing to draw.
    """
    try:  # matplotlib is optional, and takes longer to import than all the rest
        from sdp_matrix.publishing import drawing
    except ImportError as error:
        raise missing("a plot", "matplotlib") from error
    return drawing.draw(dataset, shown, kind, picture)
