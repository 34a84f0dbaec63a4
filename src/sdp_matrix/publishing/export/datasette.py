"""metadata.json: what the tables and columns of the database mean, as Datasette shows it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.definition import Table


def render(dataset: Dataset, tables: Sequence[Table], database: str) -> str:
    """Render the description of a database, which is named as its file without the suffix."""
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    notice = edition.table_notice
    described = {
        table.name: {
            "description": table.meaning,
            **({"license": notice, "license_url": source.url} if table.of_publisher and notice else {}),
            "columns": {c.name: c.meaning for c in table.columns},
        }
        for table in tables
    }
    about = {
        "title": edition.title,
        "description": f"{edition.description} {edition.words.capitalize()}.",
        "license": edition.licence,
        "license_url": edition.licence_url,
        "source": f"{source.publisher}, {source.title}",
        **({"source_url": source.url} if source.url else {}),
        "databases": {database: {"tables": described}},
    }
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"
