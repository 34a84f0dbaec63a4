"""Errors that a user can correct: each prints itself as a sentence with a remedy."""

from __future__ import annotations

from collections.abc import Sequence

from sdp_matrix.problem import Problem
from sdp_matrix.text_safety import in_one_line, listed

_MANY = 6  # a longer list would bury the message; 'sdp list' prints it


class SdpError(Exception):
    """Base class of the errors that a user can correct; prints as a sentence."""


class UnknownNameError(SdpError):
    """A name that the data do not have, or that fits several things: none of them is guessed.

    >>> print(UnknownNameError("partner", "indai", near=["india"]))
    no partner 'indai'; did you mean india?
    >>> print(UnknownNameError("group", "x", known=["efta", "nato-ally"]))
    no group 'x'; known: efta, nato-ally
    >>> print(UnknownNameError("partner", "north", fits=["north-macedonia", "north-korea"]))
    partner 'north' fits more than one: north-macedonia or north-korea?
    """

    def __init__(
        self, kind: str, name: str, *, near: Sequence[str] = (), known: Sequence[str] = (), fits: Sequence[str] = ()
    ) -> None:
        self.kind: str = kind
        self.name: str = name
        self.near: tuple[str, ...] = tuple(near)
        self.known: tuple[str, ...] = tuple(known)
        self.fits: tuple[str, ...] = tuple(fits)
        super().__init__(kind, name)  # not the message: __str__ makes it

    def __str__(self) -> str:
        name = f"{self.kind} '{in_one_line(self.name)}'"
        if len(self.fits) > _MANY:
            return f"{name} fits {len(self.fits)}, among them {listed(self.fits[:3])}; write more of it"
        if self.fits:
            return f"{name} fits more than one: {listed(self.fits, 'or')}?"
        if self.near:
            return f"no {name}; did you mean {listed(self.near, 'or')}?"
        if 0 < len(self.known) <= _MANY:
            return f"no {name}; known: {', '.join(self.known)}"
        plural = f"{self.kind.split()[0].rstrip(',')}s"  # of 'partner or group': partners
        helps = {"command": "--help", "list": "list --help", "area or field": "explain --help"}
        return f"no {name}; 'sdp {helps.get(self.kind, f'list {plural}')}' lists what there is"


class RequestError(SdpError):
    """Arguments that make no sense together; the message says what to write instead."""


class DataError(SdpError):
    """Files that are not a valid data set."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class OutputError(SdpError):
    """The result could not be written; what was there before is not lost."""


def missing(purpose: str, library: str) -> RequestError:
    """Return the error for a library that is not installed."""
    advice = f"install it beside sdp, by pipx inject, uv pip install or pip install {library}"
    return RequestError(f"{purpose} needs {library}, which is not installed here; {advice}")
