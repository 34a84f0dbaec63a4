"""The library: the data set with its questions as methods; every command asks through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files.folder import data_folder
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.problem import errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd
    import polars as pl

    from sdp_matrix.analysis.agreement import Agreement
    from sdp_matrix.analysis.comparison import Comparison, Contrast
    from sdp_matrix.analysis.context import Context
    from sdp_matrix.analysis.factcheck import FactcheckResult
    from sdp_matrix.analysis.gaps import Gap
    from sdp_matrix.analysis.grading import Explanation
    from sdp_matrix.analysis.headings import HeadingsAndAreas
    from sdp_matrix.analysis.matrix import Matrix, Order
    from sdp_matrix.analysis.patterns import Patterns
    from sdp_matrix.analysis.revisions import ChangeReport
    from sdp_matrix.analysis.robustness import Robustness
    from sdp_matrix.analysis.search import Condition, CoverageCell, SearchResult, Shared
    from sdp_matrix.analysis.selection import Scope, Selection
    from sdp_matrix.analysis.similarity import Portrait
    from sdp_matrix.analysis.testimony import Testimony
    from sdp_matrix.analysis.timeline import TimelineEntry
    from sdp_matrix.analysis.verification import Verification
    from sdp_matrix.model.vocabulary import Grade
    from sdp_matrix.problem import Problem
    from sdp_matrix.publishing.citation import Citation, Work
    from sdp_matrix.relational.frames import Frame, Library
    from sdp_matrix.relational.query import Answer, Limits


class Partnerships(Dataset):
    """A checked data set, with the questions one can ask of it.

    >>> from sdp_matrix import load
    >>> partnerships = load()
    >>> len(partnerships.in_table), len(partnerships.areas)
    (9, 26)
    """

    def select(self, selection: Selection | None = None) -> Scope:
        """The partnerships and areas that a selection means, else those of Table 1.

        >>> from sdp_matrix import Selection, load
        >>> [p.iso for p in load().select(Selection(newest=2)).partnerships]
        ['AU', 'GH']
        """
        from sdp_matrix.analysis import selection as selecting

        return selecting.select(self, selection)

    def matrix(
        self, selection: Selection | None = None, *, order: Order | None = None, as_published: bool = False
    ) -> Matrix:
        """Areas by partners; see `sdp_matrix.analysis.matrix.matrix`.

        >>> from sdp_matrix import Selection, load
        >>> str(load().matrix().status("japan", "maritime-security"))
        'covered'
        >>> [p.id for p in load().matrix(Selection(groups=("efta",), everyone=True)).partnerships]
        ['norway', 'iceland']
        """
        from sdp_matrix.analysis import matrix

        return matrix.matrix(self, selection, order=order, as_published=as_published)

    def diff(self, *operands: str, selection: Selection | None = None) -> Comparison | Contrast:
        """Where partners, groups or lists differ; see `sdp_matrix.analysis.comparison.diff`.

        >>> from sdp_matrix import load
        >>> [pair.area.number for pair in load().diff("japan", "india").differing]
        [6, 17, 19, 21, 24, 26]
        """
        from sdp_matrix.analysis import comparison

        return comparison.diff(self, operands, selection)

    def find(self, condition: Condition, selection: Selection | None = None) -> SearchResult:
        """The partnerships that fulfil a condition; see `sdp_matrix.analysis.search.find`.

        >>> from sdp_matrix import Condition, load
        >>> found = load().find(Condition(covers=("space",), groups=("nato",)))
        >>> [p.id for p in found.partnerships]
        ['canada', 'united-kingdom', 'norway']
        """
        from sdp_matrix.analysis import search

        return search.find(self, condition, selection)

    def cells(self, found: SearchResult) -> tuple[CoverageCell, ...]:
        """The cells that a condition is about, of the partnerships that fulfil it; see `cells`.

        >>> from sdp_matrix import Condition, Grade, load
        >>> partnerships = load()
        >>> found = partnerships.find(Condition(grade=Grade.CONTESTED, groups=("nato",)))
        >>> [(cell.partnership.id, cell.area.number) for cell in partnerships.cells(found)]
        [('albania', 18), ('north-macedonia', 17), ('north-macedonia', 18), ('united-kingdom', 19)]
        """
        from sdp_matrix.analysis import search

        return search.cells(self, found)

    def shared(self, of: Sequence[str] = (), not_of: Sequence[str] = (), selection: Selection | None = None) -> Shared:
        """The areas that some partners or groups have and others are known to lack; see `shared`.

        >>> from sdp_matrix import load
        >>> [row.area.id for row in load().shared(of=["nato"], not_of=["indo-pacific"]).areas]
        ['defence-tools', 'ukraine-support']
        """
        from sdp_matrix.analysis import search

        return search.shared(self, of, not_of, selection)

    def grade(self, partner: str, field: str) -> Grade:
        """How well a value is supported; see `explain` for the fields.

        >>> from sdp_matrix import load
        >>> str(load().grade("uk", "consular matters"))
        'contested'
        """
        return self.explain(partner, field).grade

    def explain(self, partner: str, field: str) -> Explanation:
        """A value with its grade and all its evidence.

        A field is an area, `date`, `act`, `place`, `occasion`, `signatories` or `group:` with the name of a group.
        Raises `UnknownName`, and `BadRequest` for a group on which the partner's file says nothing.

        >>> from sdp_matrix import load
        >>> load().explain("albania", "date").origins
        ('European Parliamentary Research Service', 'Anadolu', 'Gazeta Tema')
        """
        from sdp_matrix.analysis import grading

        return grading.explain(self, self.partner(partner), grading.field_name(self, field))

    def explanations(self, partners: str, fields: str | None = None) -> tuple[Explanation, ...]:
        """The values of partners, named as in `Selection`, in a field or a list of fields, else in all they have.

        >>> from sdp_matrix import load
        >>> [(one.partnership.id, str(one.value)) for one in load().explanations("efta", "consular,date")]
        [('norway', 'covered'), ('norway', '2024-05-28'), ('iceland', 'unknown'), ('iceland', '2026-03-18')]
        """
        from sdp_matrix.analysis import grading
        from sdp_matrix.analysis.selection import Selection

        chosen = self.select(Selection(partners=(partners,), everyone=True)).partnerships
        return grading.explain_all(self, chosen, () if fields is None else grading.field_names(self, fields))

    def contested(self, selection: Selection | None = None) -> tuple[Explanation, ...]:
        """Everything that is disputed: values that some evidence contradicts, and departures from the table.

        >>> from sdp_matrix import load
        >>> [found.field for found in load().contested() if found.partnership.id == "albania"]
        ['date', 'peace-crisis-management']
        """
        from sdp_matrix.analysis import grading

        wanted = {p.id for p in (self.select(selection).partnerships if selection else self.partnerships)}
        return tuple(one for one in grading.contested(self) if one.partnership.id in wanted)

    def testimony(self, reference: str) -> tuple[Testimony, ...]:
        """What a reference says: every value that it supports or contradicts.

        >>> from sdp_matrix import load
        >>> [one.field for one in load().testimony("eeas-albania-2024") if one.stance == "against"]
        ['peace-crisis-management']
        """
        from sdp_matrix.analysis import testimony

        return testimony.testimony(self, self.reference(reference).id)

    def timeline(self, selection: Selection | None = None) -> tuple[TimelineEntry, ...]:
        """What happened when, of all partnerships or those selected; see `sdp_matrix.analysis.timeline.timeline`.

        >>> from sdp_matrix import Selection, load
        >>> [(one.date, one.event) for one in load().timeline(Selection(partners=("albania",)))]
        [('2024-11-19', 'adopted'), ('2024-12-18', 'signed'), ('2025-04', 'dialogue-held')]
        """
        from sdp_matrix.analysis import timeline

        return timeline.timeline(self, selection)

    def gaps(self, selection: Selection | None = None) -> tuple[Gap, ...]:
        """What is not coded yet, of all partnerships or those selected; see `sdp_matrix.analysis.gaps.gaps`.

        >>> from sdp_matrix import Selection, load
        >>> [(str(gap.missing), gap.fields) for gap in load().gaps(Selection(partners=("uk",)))]
        [('signatory', ('EU', 'United Kingdom'))]
        """
        from sdp_matrix.analysis import gaps

        return gaps.gaps(self, selection)

    def context(self, selection: Selection | None = None, *, known_only: bool = False) -> Context:
        """The part of the table in which patterns are looked for.

        `known_only` leaves out partners of which an area is unknown. Raises `UnknownName`, and `BadRequest` where no
        partner is left.

        >>> from sdp_matrix import Selection, load
        >>> [p.id for p in load().context(Selection(everyone=True)).uncertain]
        ['iceland', 'australia', 'ghana']
        """
        from sdp_matrix.analysis.context import Context

        scope = self.select(selection)
        context = Context(scope.partnerships, scope.areas)
        if known_only:
            context = context.without_unknowns()
        if not context.partnerships:
            raise BadRequest("no partner is left; ask for other partners or groups, or a later day")
        return context

    def patterns(
        self, selection: Selection | None = None, *, min_support: int | None = None, known_only: bool = False
    ) -> Patterns:
        """Common and unique areas, rules, and who is alike; see `sdp_matrix.analysis.patterns.patterns`.

        >>> from sdp_matrix import load
        >>> best = load().patterns().rules[0]
        >>> best.premise[0].id, best.conclusion[0].id, len(best.supporters), best.known
        ('economic-security', 'stratcom-fimi', 7, 9)
        """
        from sdp_matrix.analysis import patterns

        least = patterns.MIN_SUPPORT if min_support is None else min_support
        return patterns.patterns(self.context(selection, known_only=known_only), min_support=least)

    def portrait(self, name: str, selection: Selection | None = None, *, known_only: bool = False) -> Portrait:
        """One partner beside the others selected, else of Table 1; see `sdp_matrix.analysis.similarity.portrait`.

        >>> from sdp_matrix import load
        >>> [(pair.right.id, pair.score.words) for pair in load().portrait("uk").nearest][:2]
        [('canada', '25 of 26'), ('norway', '24 of 26')]
        """
        from sdp_matrix.analysis import similarity

        found = similarity.portrait(self.context(selection, known_only=known_only), self.partner(name))
        if not found.nearest:
            raise BadRequest("nobody is left to compare with; ask for another group, a later day, or --all")
        return found

    def sql(self, query: str, *, parameters: Mapping[str, str] | None = None, limits: Limits | None = None) -> Answer:
        """Answer a question in SQL, reading only; see `sdp_matrix.relational.query.ask`.

        >>> from sdp_matrix import load
        >>> load().sql("select act, count(*) as n from partners where in_table group by act order by n desc, act").rows
        (('signed', 6), ('adopted', 1), ('announced', 1), ('concluded', 1))
        """
        from sdp_matrix.relational.query import ask

        return ask(self, query, parameters=parameters, limits=limits)

    @overload
    def to_frame(self, name: str = ..., *, library: Literal["pandas"], everyone: bool = ...) -> pd.DataFrame: ...
    @overload
    def to_frame(self, name: str = ..., *, library: Literal["polars"], everyone: bool = ...) -> pl.DataFrame: ...
    @overload
    def to_frame(self, name: str = ..., *, library: Library | None = ..., everyone: bool = ...) -> Frame: ...
    def to_frame(self, name: str = "coverage", *, library: Library | None = None, everyone: bool = False) -> Frame:
        """A table of the data as a frame of pandas or polars; see `sdp_matrix.relational.frames.to_frame`.

        >>> from sdp_matrix import load
        >>> frame = load().to_frame(library="pandas")
        >>> len(frame), int((frame["status"] == "covered").sum())
        (234, 168)
        """
        from sdp_matrix.relational import frames

        return frames.to_frame(self, name, library=library, everyone=everyone)

    def verify(self) -> Verification:
        """Our table against the published one; see `sdp_matrix.analysis.verification.verify`.

        >>> from sdp_matrix import load
        >>> load().verify().cells
        Count(compared=234, agree=234)
        """
        from sdp_matrix.analysis import verification

        return verification.verify(self)

    def assume(self, *cells: str) -> Partnerships:
        """Answer as if cells had another status: each is PARTNER:AREA=STATUS; nothing is written.

        Raises `BadRequest` for another form, and `UnknownName`; see `sdp_matrix.analysis.assumption.assume`.

        >>> from sdp_matrix import load
        >>> len(load().assume("india:stratcom-fimi=covered").diff("japan", "india").differing)
        5
        """
        from sdp_matrix.analysis.assumption import assume

        return assume(self, cells)

    def robustness(self, *names: str, as_of: date | None = None) -> Mapping[str, Robustness]:
        """The fewest doubtful cells that the verdict on each statement hangs on, by its id; raises `UnknownName`.

        >>> from sdp_matrix import load
        >>> found = load().robustness("consular-matters-two")["consular-matters-two"]
        >>> [(cell.partnership.id, cell.area.number) for cell in found.cells]
        [('united-kingdom', 19)]
        """
        from sdp_matrix.analysis.robustness import robustness

        return {finding.statement.id: robustness(self, finding) for finding in self.factcheck(*names, as_of=as_of)}

    def agreement(self, file: str | Path) -> Agreement:
        """Our coding against a table of areas by partners in a csv or xlsx file, or in text with tabs.

        Raises `BadRequest` where there is no such table, and `BadData` for cells that say nothing known; see
        `sdp_matrix.analysis.agreement.compare`.
        """
        from pathlib import Path

        from sdp_matrix.analysis import agreement
        from sdp_matrix.files import grid

        return agreement.compare(self, str(file), grid.read(Path(file)))

    def headings(self, partner: str) -> HeadingsAndAreas:
        """Lay the headings of a partnership's own text beside the rows; see `sdp_matrix.analysis.headings`."""
        from sdp_matrix.analysis import headings

        return headings.beside(self, self.partner(partner))

    def factcheck(self, *names: str, as_of: date | None = None) -> tuple[FactcheckResult, ...]:
        """Check published statements against the data; see `sdp_matrix.analysis.factcheck.factcheck`.

        >>> from sdp_matrix import load
        >>> [finding] = load().factcheck("nine-to-date")
        >>> str(finding.verdict), finding.now.words
        ('true-then', '12 partnerships; stated: 9')
        """
        from sdp_matrix.analysis import factcheck

        return factcheck.factcheck(self, names, as_of=as_of)

    def cite(self, *works: Work) -> tuple[Citation, ...]:
        """How to cite the data and the codebook; see `sdp_matrix.publishing.citation`.

        >>> from sdp_matrix import load
        >>> [cited.work.value for cited in load().cite()]
        ['data', 'codebook']
        """
        from sdp_matrix.publishing import citation

        return citation.citations(self, *works)

    def export(self, *, parquet: bool = False) -> Mapping[str, bytes]:
        """The data as files for other programs, by name; see `sdp_matrix.publishing.export.package.files`.

        >>> from sdp_matrix import load
        >>> "codebook.md" in load().export()
        True
        """
        from sdp_matrix.publishing.export import package

        return package.files(self, with_parquet=parquet)


def load(folder: str | Path | None = None) -> Partnerships:
    """Load and check a data folder: the given one, else as `sdp_matrix.files.folder.data_folder` says.

    Raises `BadData`, which carries every problem, where a file cannot be read or a rule is broken.
    """
    partnerships, problems = load_to_verify(folder)
    if problems:
        raise BadData(problems)
    return partnerships


def load_to_verify(folder: str | Path | None = None) -> tuple[Partnerships, tuple[Problem, ...]]:
    """Load a data folder in which departures from the published table may be wrong, with the problems of these.

    Raises `BadData` for any other problem.
    """
    from sdp_matrix.files.scan import scan
    from sdp_matrix.validation import rules

    scanned = scan(data_folder(folder))
    faults, dataset = errors(rules.check(scanned)), scanned.dataset()
    if dataset is None or any(fault.rule not in rules.ON_DEPARTURES for fault in faults):
        raise BadData(faults)
    return Partnerships(**vars(dataset)), faults


def changes(since: str = "HEAD", until: str | None = None, *, folder: str | Path | None = None) -> ChangeReport:
    """What two git revisions of a data folder say differently, or one and the files as they are; see `report`.

    The folder is found as in `load`; neither side has to be sound. Raises `BadRequest` for an unknown revision.
    """
    from sdp_matrix.analysis import revisions

    return revisions.report(data_folder(folder), since, until)
