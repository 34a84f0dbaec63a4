"""JSON: the content of a table in the stable shape described in docs/json.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdp_matrix.table import Table


def render(table: Table) -> str:
    """Render the data of a table, keys in a fixed order, characters as they are."""
    return json.dumps(table.data, ensure_ascii=False, indent=2) + "\n"
