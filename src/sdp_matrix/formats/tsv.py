"""Tab-separated values: as csv, for programs that take tabs."""

from __future__ import annotations

from sdp_matrix.formats import delimited
from sdp_matrix.formats.table import Table


def render(table: Table) -> str:
    """Render the data rows; what is for people only is left out."""
    return delimited.render(table, delimiter="\t")
