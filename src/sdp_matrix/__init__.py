"""The EU's Security and Defence Partnerships compared, area by area, with the evidence of every mark.

>>> from sdp_matrix import load
>>> load().partner("rok").name
'Republic of Korea'
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for True; typing would be most of what this module imports

if TYPE_CHECKING:
    from sdp_matrix.analysis.search import Condition
    from sdp_matrix.analysis.selection import Selection
    from sdp_matrix.api import Partnerships, load
    from sdp_matrix.errors import BadData, BadRequest, SdpError, UnknownName
    from sdp_matrix.model.vocabulary import Act, Event, Grade, Relation, Status, Topic

_HOME = {
    "Partnerships": "api",
    "load": "api",
    "BadData": "errors",
    "BadRequest": "errors",
    "SdpError": "errors",
    "UnknownName": "errors",
    "Act": "model.vocabulary",
    "Condition": "analysis.search",
    "Event": "model.vocabulary",
    "Grade": "model.vocabulary",
    "Relation": "model.vocabulary",
    "Selection": "analysis.selection",
    "Status": "model.vocabulary",
    "Topic": "model.vocabulary",
}

__all__ = [
    "Act",
    "BadData",
    "BadRequest",
    "Condition",
    "Event",
    "Grade",
    "Partnerships",
    "Relation",
    "SdpError",
    "Selection",
    "Status",
    "Topic",
    "UnknownName",
    "load",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import sdp_matrix` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"sdp_matrix.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
