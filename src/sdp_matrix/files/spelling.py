"""How a text of one line is spelled in YAML: plain where it reads the same without quotes, else in double quotes."""

from __future__ import annotations

import re

import yaml
from yaml.cyaml import CBaseLoader

_NOT_TEXT = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""What YAML 1.2 takes for something else than text where it is not quoted."""


def spelled(value: str) -> str:
    """Spell a text of one line: without quotes where it needs none.

    >>> spelled("NO"), spelled("a: b"), spelled("12")
    ('NO', '"a: b"', '"12"')
    """
    return respelled(quoted(value), '"', value)


def respelled(written: str, style: str | None, value: str) -> str:
    """Spell a scalar that is written in a style anew: without quotes that it does not need, else with double ones."""
    if not style:
        return written
    if not _NOT_TEXT.fullmatch(value) and _is_plain(value):
        return value
    return written if style == '"' else quoted(value)


def quoted(value: str) -> str:
    """Spell a text of one line in quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(value: str) -> bool:
    """Whether a value reads the same without quotes, wherever it stands."""
    for before, after in (("- ", ""), ("k: ", ""), ("", ": v")):
        try:
            node = yaml.compose(f"{before}{value}{after}\n", Loader=CBaseLoader)
        except yaml.YAMLError:
            return False
        if not isinstance(node, yaml.CollectionNode) or len(node.value) != 1:
            return False
        (inner,) = node.value
        scalar = inner if before == "- " else inner[1 if before else 0]
        if not isinstance(scalar, yaml.ScalarNode) or scalar.value != value or scalar.style:
            return False
    return True
