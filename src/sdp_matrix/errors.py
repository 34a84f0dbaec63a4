"""What can go wrong in a way the user can mend.

::

    SdpError
    ├── UnknownNameError  a partner, area, group … that the data do not have
    ├── RequestError      arguments that make no sense together
    ├── DataError         files that do not hold a valid data set; carries the problems
    └── OutputError       the result could not be written

Each prints itself as a sentence with a remedy; the command line turns it into an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence

from sdp_matrix.problem import Problem
from sdp_matrix.text_safety import in_one_line, listed

_MANY = 6
"""More names than this are not listed in a message; a command lists them."""

_LISTS = {
    "command": "sdp --help",
    "partner": "sdp list partners",
    "partner or group": "sdp list partners",
    "area": "sdp list areas",
    "area or field": "sdp list areas",
    "partner, area, group or reference": "sdp list partners",
    "group": "sdp list groups",
    "reference": "sdp list references",
    "statement": "sdp list statements",
    "list": "sdp list --help",
}
"""Kind of name to the command that lists all of them."""


class SdpError(Exception):
    """Base of all errors that a user can mend; prints as a sentence."""

    exit_code = 2


class UnknownNameError(SdpError):
    """A name that the data do not have, or that fits several things; never resolved by a guess.

    >>> print(UnknownNameError("partner", "indai", near=["india"]))
    no partner 'indai'; did you mean india?
    >>> print(UnknownNameError("group", "x", known=["efta", "nato-ally"]))
    no group 'x'; known: efta, nato-ally
    >>> print(UnknownNameError("partner", "north", fits=["north-macedonia", "north-korea"]))
    partner 'north' fits more than one: north-macedonia or north-korea?
    """

    def __init__(
        self,
        kind: str,
        given: str,
        *,
        near: Sequence[str] = (),
        known: Sequence[str] = (),
        fits: Sequence[str] = (),
    ) -> None:
        self.kind: str = kind
        self.given: str = given
        self.near: tuple[str, ...] = tuple(near)
        self.known: tuple[str, ...] = tuple(known)
        self.fits: tuple[str, ...] = tuple(fits)
        super().__init__(kind, given)

    def __str__(self) -> str:
        name = f"{self.kind} '{in_one_line(self.given)}'"
        if self.fits:
            return f"{name} fits more than one: {listed(self.fits, 'or')}?"
        if self.near:
            return f"no {name}; did you mean {listed(self.near, 'or')}?"
        if 0 < len(self.known) <= _MANY:
            return f"no {name}; known: {', '.join(self.known)}"
        command = _LISTS.get(self.kind)
        return f"no {name}; '{command}' lists what there is" if command else f"no {name}"


class RequestError(SdpError):
    """Arguments that make no sense together; the message says what to write instead."""


class DataError(SdpError):
    """Files that do not hold a valid data set."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class OutputError(SdpError):
    """The result could not be written; nothing that stood there before is lost."""


def missing(purpose: str, library: str) -> RequestError:
    """Return the error for a library that is not installed, with the command that installs it where this program runs.

    An environment of pipx takes it by name; one of uv has no pip of its own.
    """
    import shlex
    import sys
    from importlib.util import find_spec
    from pathlib import Path

    place, python = Path(sys.prefix), shlex.quote(sys.executable)
    if "pipx" in place.parts:
        command = f"pipx inject {place.name} {library}"
    elif find_spec("pip"):
        command = f"{python} -m pip install {library}"
    else:
        command = f"uv pip install --python {python} {library}"
    return RequestError(f"{purpose} needs {library}, which is not installed here; install it with: {command}")
