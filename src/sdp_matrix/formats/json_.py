"""JSON: the content of a table in the stable shape described in docs/json.md."""

from __future__ import annotations

import json

from sdp_matrix.formats.table import Table
from sdp_matrix.text_safety import HARMFUL


def render(table: Table) -> str:
    """Render the data of a table, keys in a fixed order; characters that could harm a terminal are escaped."""
    text = json.dumps(table.data() if callable(table.data) else table.data, ensure_ascii=False, indent=2)
    return HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
