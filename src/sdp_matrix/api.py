"""The library: the data set with its questions as methods.

Each method is a function of `analysis`, `relational` or `publishing` that takes the data set first; signature,
docstring and example are there and nowhere else.
"""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from sdp_matrix.analysis import changes as states
from sdp_matrix.analysis.changes import ChangeReport
from sdp_matrix.analysis.comparison import diff
from sdp_matrix.analysis.factcheck import factcheck
from sdp_matrix.analysis.grading import contested, explain, explanations, testimony
from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.analysis.patterns import patterns
from sdp_matrix.analysis.scope import select
from sdp_matrix.analysis.search import cells, find, gaps, timeline
from sdp_matrix.analysis.verification import compare_table, verify
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing.citation import cite
from sdp_matrix.publishing.export import export
from sdp_matrix.relational.sql import sql
from sdp_matrix.relational.tables import rows
from sdp_matrix.validation.validate import load as load_dataset


class Partnerships(Dataset):
    """A checked data set, with its questions as methods.

    Partners, areas and groups are named by id, name, code, number, alias or unique prefix; a list of names is taken
    wherever several make sense. A name that the data do not have raises `UnknownNameError`, and what makes no sense
    together `RequestError`; both say what to write instead.

    >>> load()
    Partnerships(12 partnerships, 26 areas, edition 1.0.0 of 2026-11-23)
    """

    # Final: a type checker takes the type of the function as it is declared there, and nobody assigns another.
    select: Final = select
    matrix: Final = matrix
    diff: Final = diff
    find: Final = find
    cells: Final = cells
    timeline: Final = timeline
    gaps: Final = gaps
    patterns: Final = patterns

    explain: Final = explain
    explanations: Final = explanations
    contested: Final = contested
    testimony: Final = testimony
    factcheck: Final = factcheck
    verify: Final = verify
    compare_table: Final = compare_table

    sql: Final = sql
    rows: Final = rows
    cite: Final = cite
    export: Final = export

    def __repr__(self) -> str:
        """Count what there is; everything would fill many screens."""
        return f"Partnerships({len(self.partnerships)} partnerships, {len(self.areas)} areas, {self.edition.words})"

    def to_html(self, answer: object) -> str | None:
        """Return the table of an answer in HTML, as notebooks show it; None for what has no table.

        >>> "Maritime security" in (load().to_html(load().matrix("japan")) or "")
        True
        """
        from sdp_matrix.formats import html_  # the library does not import the views and formats until asked
        from sdp_matrix.views import answer as view

        table = view.table(self, answer)
        return None if table is None else html_.fragment(table)

    def to_rows(self, answer: object) -> list[dict[str, str | int | float]]:
        """Return the rows of the table of an answer, as csv has them, with plain values.

        >>> load().to_rows(load().gaps("uk"))
        [{'partner': 'united-kingdom', 'missing': 'signatory', 'fields': 'EU; United Kingdom'}]
        """
        from sdp_matrix.formats import data
        from sdp_matrix.views import answer as view

        table = view.table(self, answer)
        return [] if table is None else data.records(table)


def _with_questions(dataset: Dataset) -> Partnerships:
    # asdict() would take every record apart, and vars() has the cached properties, too
    return Partnerships(**{field.name: getattr(dataset, field.name) for field in fields(dataset)})


def load(folder: str | Path | None = None) -> Partnerships:
    """Load and check a data folder; by default SDP_DATA, else the nearest in the repository, else the package's.

    Raises `DataError`, which carries every problem, if a file cannot be read or a rule is broken.

    >>> partnerships = load()
    >>> len(partnerships.in_table), len(partnerships.areas), partnerships.partner("rok").name
    (9, 26, 'Republic of Korea')
    """
    return _with_questions(load_dataset(folder))


def changes(since: str = "HEAD", until: str | None = None, *, folder: str | Path | None = None) -> ChangeReport:
    """Compare two states of a data folder, or a state with the files as they are.

    A state is an edition (`1.0.0`: the newest commit that carries it), a git revision, or another data folder. The
    folder is found as in `load`; neither side has to be sound. Raises `RequestError` if a state does not exist.
    """
    report = states.compare(states.state(folder, since), states.state(folder, until))
    return replace(report, dataset=_with_questions(report.dataset) if report.dataset else None)
