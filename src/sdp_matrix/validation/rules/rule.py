"""What a rule is: an id that never changes, why it matters, and an example that is run as a test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdp_matrix.problem import Severity

PLACE = "¦"
"""Stands in a faulty example right before the place that the problem names."""


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file as they should be, and the same lines with a fault."""

    file: str
    right: str
    """Empty where the file should not be there."""
    wrong: str
    """With `PLACE` before the place of the fault; empty where the file is missing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that has to hold of the data files."""

    id: str
    reason: str
    """What must hold, and why it matters: one line."""
    example: Example | None = None
    """None for what depends on the machine and not on the text of a file."""
    severity: Severity = Severity.ERROR
    """A warning is about tidiness: no command that reads the data minds it."""
    requires: tuple[str, ...] = ()
    """Ids of rules that make this one moot where one of them is broken anywhere."""
    requires_within: tuple[str, ...] = ()
    """Ids of rules that make it moot where one of them is broken beneath the same value."""


def registry(*rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return rules by their ids; two of one id, or one that requires an unknown one, are a fault of the program."""
    listed = [rule for group in rules for rule in group]
    found = {rule.id: rule for rule in listed}
    if len(found) != len(listed):
        raise ValueError("a rule is registered twice")
    required = {name for rule in listed for name in (*rule.requires, *rule.requires_within)}
    if unknown := required - found.keys():
        raise ValueError(f"a rule requires what is not registered: {', '.join(sorted(unknown))}")
    return found
