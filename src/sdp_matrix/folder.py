"""Where the data files are."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder(given: str | Path | None = None) -> Path:
    """The folder of data files: the given one, else SDP_DATA, else the checkout's, else the package's own."""
    chosen = given or os.environ.get("SDP_DATA")
    if chosen:
        return Path(chosen)
    package = Path(__file__).parent
    checkout = package.parent.parent / "data"
    return checkout if (checkout / "areas.yaml").is_file() else package / "data"
