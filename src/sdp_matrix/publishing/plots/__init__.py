"""Pictures for a briefing, drawn with matplotlib: one module a kind, imported when asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.errors import RequestError, missing
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.text_safety import in_one_line

KINDS: dict[str, str] = {
    "matrix": "The table, with a tile for each mark.",
    "timeline": "Partnerships and milestones on a line of time.",
    "similarity": "In how many areas each two partners are alike.",
}
"""Kind of picture, whose module has the same name, and what it shows."""

SUFFIXES = (".svg", ".png", ".pdf")
"""Suffixes of the files that a picture can be written to."""


def of_file(name: str) -> str:
    """The format that a file's suffix stands for; raises `RequestError` where it stands for none.

    >>> of_file("matrix.SVG")
    'svg'
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise RequestError(f"the suffix of '{in_one_line(name)}' names no picture; use {', '.join(SUFFIXES)}")
    return suffix[1:]


def plot(dataset: Dataset, shown: Matrix, kind: str, picture: str) -> bytes:
    """Draw the partners shown as svg, png or pdf; the same data give the same bytes.

    Raises `RequestError` where matplotlib is not installed, for an unknown kind, and where there is nothing to draw.
    """
    if kind not in KINDS:
        raise RequestError(f"there is no picture '{in_one_line(kind)}'; write one of {', '.join(KINDS)}")
    if not shown.partnerships or not shown.areas:
        raise RequestError("no partner is left to draw; ask for other partners or groups, or a later day")
    try:
        from sdp_matrix.publishing.plots import canvas
    except ImportError as error:
        raise missing("a plot", "matplotlib") from error
    with canvas.style():
        module = import_module(f"sdp_matrix.publishing.plots.{kind}")
        return canvas.save(module.draw(dataset, shown), picture)
