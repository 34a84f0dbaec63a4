"""The EU's Security and Defence Partnerships compared, area by area, with the evidence of every mark.

>>> from sdp_matrix import Selection, load
>>> partnerships = load()
>>> table = partnerships.matrix(Selection(groups=("nato-ally",)))
>>> [partner.name for partner in table.partnerships]
['Albania', 'North Macedonia', 'Canada', 'United Kingdom', 'Norway']
"""

from __future__ import annotations

from sdp_matrix.version import VERSION

__version__: str = VERSION

TYPE_CHECKING = False  # type checkers take it for True; typing would be most of what this module imports

if TYPE_CHECKING:
    from sdp_matrix.analysis.changes import ChangeReport as ChangeReport
    from sdp_matrix.analysis.changes import changes as changes
    from sdp_matrix.analysis.comparison import AreaComparison as AreaComparison
    from sdp_matrix.analysis.comparison import Comparison as Comparison
    from sdp_matrix.analysis.factcheck import FactcheckResult as FactcheckResult
    from sdp_matrix.analysis.grading import Explanation as Explanation
    from sdp_matrix.analysis.grading import Testimony as Testimony
    from sdp_matrix.analysis.matrix import Matrix as Matrix
    from sdp_matrix.analysis.matrix import Order as Order
    from sdp_matrix.analysis.patterns import Patterns as Patterns
    from sdp_matrix.analysis.patterns import Portrait as Portrait
    from sdp_matrix.analysis.result import Listing as Listing
    from sdp_matrix.analysis.search import Condition as Condition
    from sdp_matrix.analysis.search import CoverageCell as CoverageCell
    from sdp_matrix.analysis.search import Gap as Gap
    from sdp_matrix.analysis.search import SearchResult as SearchResult
    from sdp_matrix.analysis.search import Shared as Shared
    from sdp_matrix.analysis.search import TimelineEntry as TimelineEntry
    from sdp_matrix.analysis.selection import Scope as Scope
    from sdp_matrix.analysis.selection import Selection as Selection
    from sdp_matrix.analysis.verification import TableComparison as TableComparison
    from sdp_matrix.analysis.verification import Verification as Verification
    from sdp_matrix.api import Partnerships as Partnerships
    from sdp_matrix.api import load as load
    from sdp_matrix.errors import DataError as DataError
    from sdp_matrix.errors import RequestError as RequestError
    from sdp_matrix.errors import SdpError as SdpError
    from sdp_matrix.errors import UnknownNameError as UnknownNameError
    from sdp_matrix.model.partnership import Partnership as Partnership
    from sdp_matrix.model.registers import Area as Area
    from sdp_matrix.model.registers import Group as Group
    from sdp_matrix.model.registers import Reference as Reference
    from sdp_matrix.model.vocabulary import Act as Act
    from sdp_matrix.model.vocabulary import Event as Event
    from sdp_matrix.model.vocabulary import Grade as Grade
    from sdp_matrix.model.vocabulary import MechanismKind as MechanismKind
    from sdp_matrix.model.vocabulary import Relation as Relation
    from sdp_matrix.model.vocabulary import Status as Status
    from sdp_matrix.model.vocabulary import Topic as Topic
    from sdp_matrix.problem import Problem as Problem
    from sdp_matrix.publishing.citation import Citation as Citation
    from sdp_matrix.publishing.citation import Work as Work
    from sdp_matrix.relational.sql import QueryResult as QueryResult
    from sdp_matrix.validation.report import Findings as Findings
    from sdp_matrix.validation.validate import validate as validate
else:
    # Imported when first used, so that `import sdp_matrix` costs nothing. Type checkers see the names above alone, and
    # that there are no others.
    _HOMES = {
        "analysis.changes": "ChangeReport changes",
        "analysis.comparison": "AreaComparison Comparison",
        "analysis.factcheck": "FactcheckResult",
        "analysis.grading": "Explanation Testimony",
        "analysis.matrix": "Matrix Order",
        "analysis.patterns": "Patterns Portrait",
        "analysis.result": "Listing",
        "analysis.search": "Condition CoverageCell Gap SearchResult Shared TimelineEntry",
        "analysis.selection": "Scope Selection",
        "analysis.verification": "TableComparison Verification",
        "api": "Partnerships load",
        "errors": "DataError RequestError SdpError UnknownNameError",
        "model.partnership": "Partnership",
        "model.registers": "Area Group Reference",
        "model.vocabulary": "Act Event Grade MechanismKind Relation Status Topic",
        "problem": "Problem",
        "publishing.citation": "Citation Work",
        "relational.sql": "QueryResult",
        "validation.report": "Findings",
        "validation.validate": "validate",
    }
    __all__ = [name for names in _HOMES.values() for name in names.split()]

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names.split():
                return getattr(import_module(f"{__name__}.{home}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*__all__, "__version__"]
