"""Tab-separated values: as csv, for programs that take tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.formats import delimited

if TYPE_CHECKING:
    from sdp_matrix.formats.table import Table


def render(table: Table) -> str:
    """Render the data rows; what is for people only is left out."""
    return delimited.render(table, delimiter="\t")
