"""The EU's Security and Defence Partnerships compared, area by area, with the evidence of every mark.

>>> from sdp_matrix import load
>>> partnerships = load()
>>> [partner.name for partner in partnerships.matrix("nato").partnerships]
['Albania', 'North Macedonia', 'Canada', 'United Kingdom', 'Norway']
"""

from __future__ import annotations

from sdp_matrix.version import VERSION

__version__ = VERSION


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import sdp_matrix` costs nothing."""
    from importlib import import_module

    if name == "__all__":  # asked for by `from sdp_matrix import *`
        return [*_homes()]
    if home := _homes().get(name):
        return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*_homes(), "__version__"]


def _homes() -> dict[str, str]:
    """Return the module of each public name, from the stub that type checkers read: there is no second list."""
    from pathlib import Path

    lines = map(str.split, Path(__file__).with_suffix(".pyi").read_text("utf-8").splitlines())
    return {words[3]: words[1] for words in lines if words[:1] == ["from"]}  # from MODULE import NAME as NAME
