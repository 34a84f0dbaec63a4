"""The transcription of the published table, read from csv."""

from __future__ import annotations

import csv
import io

from sdp_matrix.model.published_table import TranscribedRow, Transcription
from sdp_matrix.problem import Location, Problem

_HEADINGS_AFTER = 2
"""Row number and title come before the columns of partners."""


def parse(path: str, content: bytes) -> tuple[Transcription | None, tuple[Problem, ...]]:
    """Read a transcription from csv; never raises."""
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        why = error.reason if isinstance(error, UnicodeDecodeError) else error
        said = f"this is not csv in UTF-8 ({why}); save the file as csv with the encoding UTF-8"
        return None, (Problem(Location(path), "transcription", said),)
    widths = {len(line) for line in lines}
    labels = [line[1] if len(line) > 1 else "" for line in lines]
    if len(widths) != 1 or "Partner" not in labels or "Date" not in labels:
        message = "every line should have the same number of cells, one of them headed 'Partner', one 'Date'"
        return None, (Problem(Location(path), "transcription", message),)
    partner, day = labels.index("Partner"), labels.index("Date")
    cells = [tuple(line[_HEADINGS_AFTER:]) for line in lines]
    rows = tuple(TranscribedRow(line[0], line[1], tuple(line[_HEADINGS_AFTER:])) for line in lines[day + 1 :])
    return Transcription(labels[0], tuple(cells[:partner]), cells[partner], cells[day], rows), ()
