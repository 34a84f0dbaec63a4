"""What mkdocs does when the site is built: run the examples, and write the pages that follow from something else.

The source of a page has commands alone; the site shows what they print with the data of this checkout.
"""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

import library
from readme import ROOT, answered
from sdp_matrix.api import load
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.publishing import codebook


def on_files(files: Files, config: Any) -> Files:  # noqa: D103 - mkdocs's name
    for name, text in {"codebook.md": _codebook(load(ROOT / "data")), "calls.md": library.page()}.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: D103 - mkdocs's name
    return answered(markdown)


def _codebook(data: Dataset) -> str:
    """Return the codebook, and the ticks of Table 1 that no country section of the briefing is evidence for."""
    lines = "".join(f"- {data.partner(partner).name}: {_unnamed(data, partner)}\n" for partner in data.table.columns)
    return f"{codebook.page(data)}\n## Ticks without a word in the briefing's own text\n\n{lines}"


def _unnamed(data: Dataset, partner: str) -> str:
    """Return the numbers of the areas of a partner that are covered by the word of the table alone in its document."""
    covered = {area: cell for area, cell in data.partner(partner).coverage.items() if cell.status is Status.COVERED}
    named = {
        area
        for area, cell in covered.items()
        if any(piece.reference == data.table.reference and piece.supports == Status.COVERED for piece in cell.evidence)
    }
    return ", ".join(str(area.number) for area in data.areas if area.id in covered.keys() - named) or "none"
