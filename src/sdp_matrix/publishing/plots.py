"""Pictures for a briefing: which there are, and the files they can be written to."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.errors import RequestError, missing
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.text_safety import in_one_line

Kind: TypeAlias = Literal["matrix", "timeline", "similarity"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SUFFIXES = (".svg", ".png", ".pdf")


def plot(dataset: Dataset, shown: Matrix, kind: Kind, suffix: str) -> bytes:
    """Draw the partners shown as a file with this suffix; the same data give the same bytes."""
    if suffix not in SUFFIXES:
        raise RequestError(f"no picture ends in '{in_one_line(suffix)}'; write {', '.join(SUFFIXES)}")
    try:  # matplotlib is optional, and takes longer to import than all the rest
        from sdp_matrix.publishing import drawing
    except ImportError as error:
        raise missing("a plot", "matplotlib") from error
    return drawing.draw(dataset, shown, kind, suffix[1:])
