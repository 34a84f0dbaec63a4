"""Published statements against the data: each recomputed, with the figures.

What is not known is never taken for absent. An outcome is None wherever unknown cells, filled in one way or the other,
would decide it; so a verdict that is given can only change with a value that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sdp_matrix.analysis import claims
from sdp_matrix.analysis.claims import Answer, Figure
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.statement import Claim, NumberOfPartnerships, Statement
from sdp_matrix.model.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a check holds on one day, and why."""

    holds: bool | None
    """None where unknown cells could decide."""
    words: str
    """The figures in words."""
    figures: Mapping[str, Figure]
    """The same figures as data; each kind of check has its own."""
    partners: tuple[str, ...]
    """Ids of the partners that were looked at, in order of date."""
    day: date | None = None
    """Later partnerships were left out; None where none was."""


@dataclass(frozen=True, slots=True)
class FactcheckResult:
    """A statement with its verdict."""

    statement: Statement
    now: Outcome
    then: Outcome | None = None
    """On the day that the statement speaks of, where it names one."""

    @property
    def verdict(self) -> Verdict:
        """true, false, true-then (on its day, and no longer), or unknown where cells could decide."""
        return _verdict(self.now.holds, self.now.holds if self.then is None else self.then.holds)

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one on record; a statement without one on record expects nothing."""
        return self.statement.expected in {None, self.verdict}


def _verdict(now: bool | None, then: bool | None) -> Verdict:  # noqa: FBT001 - two outcomes, not options
    """Return the verdict that follows from whether a statement holds now, and on the day that it speaks of."""
    if then is False:
        return Verdict.FALSE
    if then is None or now is None:
        return Verdict.UNKNOWN
    return Verdict.TRUE if now else Verdict.TRUE_THEN


def factcheck(dataset: Dataset, *names: str, as_of: date | None = None) -> tuple[FactcheckResult, ...]:
    """Check the statements with these ids, else all of them, in the order of the file; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> [result] = load().factcheck("nine-to-date")
    >>> str(result.verdict), result.now.words
    ('true-then', '12 partnerships; stated: 9')
    """
    chosen = {dataset.statement(name).id for name in names}
    return tuple(check(dataset, s, as_of=as_of) for s in dataset.statements if not chosen or s.id in chosen)


def check(dataset: Dataset, statement: Statement, *, as_of: date | None = None) -> FactcheckResult:
    """Check one statement against the partnerships of a day or earlier, else against those of today.

    A statement that speaks of a day is checked on that day as well, unless `as_of` is earlier still.
    """
    now = _outcome(dataset, statement.check, as_of)
    if statement.as_of is None or (as_of and as_of <= statement.as_of):
        return FactcheckResult(statement, now)
    return FactcheckResult(statement, now, _outcome(dataset, statement.check, statement.as_of))


def _outcome(dataset: Dataset, claim: Claim, day: date | None) -> Outcome:
    looked_at, named = claims.looked_at(dataset, claim), claims.named(claim)
    there = {p.id: p for p in dataset.partnerships if p.is_dated_by(day)}
    pool = tuple(there[partner] for partner in looked_at if partner in there)
    concerned = [p for p in dataset.partnerships if p.id in {*looked_at, *named}]
    undated = [p for p in concerned if p.date.value is None]
    later = [p for p in concerned if p.id in named and p.id not in there]
    if undated and (day or isinstance(claim, claims.BY_DATE)):
        answer = Answer(
            f"no date is known for {claims.names(undated)}", {"undated": [p.id for p in undated]}, holds=None
        )
    elif later:
        answer = Answer(
            f"no partnership with {claims.names(later)} by then", {"not_yet": [p.id for p in later]}, holds=False
        )
    elif not pool and not isinstance(claim, NumberOfPartnerships):
        answer = Answer("no such partnership", {}, holds=False)
    else:
        answer = claims.answer(claim, dataset, pool)
    looked_at = tuple(p.id for p in pool)
    return Outcome(answer.holds, answer.words, answer.figures, looked_at, day)
