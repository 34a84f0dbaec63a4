"""The edition of the data travels with every table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sdp_matrix import load
from sdp_matrix.api import Partnerships
from sdp_matrix.formats.table import Table
from sdp_matrix.views import diff, lists, matrix, show, verification

VIEWS: dict[str, Callable[[Partnerships], Table]] = {
    "matrix": lambda data: matrix.matrix(data, data.matrix()),
    "matrix --corrected": lambda data: matrix.matrix(data, data.matrix(corrected=True)),
    "diff": lambda data: diff.diff(data, data.diff("japan", "india")),
    "show": lambda data: show.partnership(data, data.partner("norway")),
    "area": lambda data: show.area(data, data.area("cyber"), data.select()),
    "verify": lambda data: verification.verification(data, data.verify()),
    "list": lists.groups,
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_source_line_names_the_version_of_the_data(view: Callable[[Partnerships], Table]) -> None:
    data = load()
    assert view(data).source.endswith(f"edition {data.edition.version} of {data.edition.date}.")
