"""Any answer of the library as the table that a command shows of it, rows of SQL too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sdp_matrix.analysis.comparison import Comparison
from sdp_matrix.analysis.grading import Explanation, mentions
from sdp_matrix.analysis.matrix import Matrix
from sdp_matrix.analysis.patterns import Patterns
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.search import SearchResult, Shared
from sdp_matrix.analysis.similarity import Portrait
from sdp_matrix.analysis.verification import TableComparison, Verification
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.sql import QueryResult, SqlValue
from sdp_matrix.text_safety import printable
from sdp_matrix.views import diff, evidence, explain, factcheck, lists, matrix, patterns, search, show, verification
from sdp_matrix.views.parts import headings


def table(dataset: Dataset, answer: object) -> Table | None:
    """Make the table of an answer, with the partnerships it speaks of; None for what is no answer."""
    view = _VIEWS.get(type(answer))
    return None if view is None else view(dataset, answer)


_VIEWS: Mapping[type, Callable[[Dataset, Any], Table]] = {
    QueryResult: lambda _, answer: query_result(answer),
    Comparison: diff.diff,
    Explanation: explain.explanation,
    Matrix: matrix.matrix,
    Patterns: patterns.patterns,
    Portrait: patterns.portrait,
    SearchResult: search.partners,
    Shared: search.areas,
    TableComparison: verification.table_comparison,
    Verification: verification.verification,
    Listing: lambda dataset, answer: _LISTS[answer.question](dataset, answer),
}

_LISTS: Mapping[str, Callable[[Dataset, Any], Table]] = {
    "cells": lambda dataset, answer: search.cells(dataset, answer.subject),
    "contested": lambda dataset, answer: evidence.contested(dataset, answer, answer.scope),
    "explanations": evidence.values,
    "factcheck": lambda dataset, answer: factcheck.findings(dataset, answer, as_of=answer.scope.as_of),
    "gaps": lambda dataset, answer: lists.gaps(dataset, answer, answer.scope),
    "testimony": lambda dataset, answer: show.reference(
        dataset, answer.subject, answer, mentions(dataset, answer.subject.id)
    ),
    "timeline": lambda dataset, answer: lists.timeline(dataset, answer, answer.scope, lanes=False),
}
"""The answers that are lists, by the method that answered."""


def query_result(result: QueryResult) -> Table:
    """Return rows as they come; numbers on the right."""
    names = [printable(name) for name in result.columns]
    cells = [[_plain(value) for value in row] for row in result]
    texts = [any(isinstance(row[i], str) for row in cells) for i in range(len(names))]
    columns = tuple(Column(n, align="left" if text else "right") for n, text in zip(names, texts, strict=True))
    widths = [max((len(str(row[i])) for row in cells), default=0) for i in range(len(names))]
    widest = widths.index(max(widths))
    data: list[Json] = [dict(zip(names, row, strict=True)) for row in cells]
    return Table(
        title=f"{len(cells) or 'No'} {'row' if len(cells) == 1 else 'rows'}",
        columns=tuple(replace(column, grows=i == widest and texts[i]) for i, column in enumerate(columns)),
        header=(headings(*names),),
        sections=(Section(tuple(tuple(_cell(value) for value in row) for row in cells)),),
        data=data,
    )


def _plain(value: SqlValue) -> str | int | float | None:
    """Return a value that every format can write: blobs as in SQL, no infinity, nothing that a terminal would obey."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return str(value)
    return printable(value) if isinstance(value, str) else value


def _cell(value: str | float | None) -> Cell:
    if value is None:
        return Cell("NULL", value="", look=Look.MUTED)
    return Cell(str(value), value=value)
