"""Any answer of the library as the table that a command shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sdp_matrix.analysis.changes import ChangeReport
from sdp_matrix.analysis.comparison import Comparison
from sdp_matrix.analysis.factcheck import FactcheckResult
from sdp_matrix.analysis.grading import Explanation
from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.patterns import Patterns
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.search import SearchResult
from sdp_matrix.analysis.verification import TableComparison, Verification
from sdp_matrix.formats.table import Column, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.sql import QueryResult
from sdp_matrix.views import checks, comparison, explain, lists, matrix, show, sql
from sdp_matrix.views.parts import Line, listing


def table(dataset: Dataset, answer: object) -> Table | None:
    """Return the table of an answer, framed by its scope; None for any other object."""
    view = _VIEWS.get(type(answer))  # by exact type: a search is also a listing, and has a view of its own
    return None if view is None else view(dataset, answer)


_VIEWS: Mapping[type, Callable[[Dataset, Any], Table]] = {
    QueryResult: lambda _, answer: sql.query_result(answer),
    ChangeReport: lambda _, answer: checks.changes(answer),
    Comparison: comparison.diff,
    Explanation: explain.explanation,
    FactcheckResult: lambda dataset, answer: checks.factcheck(dataset, Listing((answer,))),
    Matrix: matrix.matrix,
    Patterns: comparison.patterns,
    SearchResult: lists.search_result,
    TableComparison: checks.table_comparison,
    Verification: checks.verification,
    Listing: lambda dataset, answer: _LISTS[answer.question](dataset, answer),
}

_LISTS: Mapping[str, Callable[[Dataset, Any], Table]] = {  # by the method that answered
    "cells": lambda dataset, answer: lists.cells(dataset, answer.subject),
    "cite": lambda _, answer: listing(
        "How to cite",
        (Column("work"), Column("citation", grows=True)),
        [Line({"work": cited.work, "citation": cited.words}) for cited in answer],
    ),
    "contested": explain.contested,
    "explanations": explain.values,
    "factcheck": checks.factcheck,
    "gaps": lists.gaps,
    "testimony": lambda dataset, answer: show.reference(dataset, answer.subject, answer),
    "timeline": lists.timeline,
}
