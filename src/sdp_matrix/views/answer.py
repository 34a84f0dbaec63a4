"""Any answer of the library as the table that a command shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sdp_matrix.analysis.comparison import Comparison
from sdp_matrix.analysis.grading import Explanation
from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.patterns import Patterns
from sdp_matrix.analysis.search import SearchResult, Shared
from sdp_matrix.analysis.similarity import Portrait
from sdp_matrix.analysis.verification import TableComparison, Verification
from sdp_matrix.formats.table import Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.sql import QueryResult
from sdp_matrix.views import (
    diff,
    explain,
    matrix,
    patterns,
    search,
    sql,
    verification,
)


def table(dataset: Dataset, found: object) -> Table | None:
    """Make the table of an answer, with the partnerships it speaks of; None for what is no answer."""
    view = _VIEWS.get(type(found))
    if view is None:
        return None
    return view(dataset, found)


_VIEWS: Mapping[type, Callable[[Dataset, Any], Table]] = {
    QueryResult: lambda _, found: sql.answer(found),
    Comparison: diff.diff,
    Explanation: explain.explanation,
    Matrix: matrix.matrix,
    Patterns: patterns.patterns,
    Portrait: patterns.portrait,
    SearchResult: search.partners,
    Shared: search.areas,
    TableComparison: verification.table_comparison,
    Verification: verification.verification,
}
