"""The page of the rules: why each is there, and an example of the fault and of its repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.sanitize import printable
from sdp_matrix.validation.rules import RULES
from sdp_matrix.validation.rules.rule import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.validation.rules.rule import Example, Rule

_LONGEST = 110
_HEAD = f"""# The rules

`sdp validate` checks {len(RULES)} rules. Each problem is told once, at the line and column of the key or value at fault
(a file or mapping that lacks something: at its beginning), with what to write; all files are checked in one run.
The id stands in brackets at the end of a message and never changes. In the examples, {PLACE} marks the place.

A problem that is known and accepted is listed in `data/waivers.yaml` with its rule, its file (`path`), the keys that
lead to it (`at`; the id stands for an entry of a list) and the reason. A waiver that is no longer needed is a problem
itself. Rules marked *always* cannot be waived, because the file could not be read as what it is.
"""


def markdown(dataset: Dataset) -> str:  # noqa: ARG001 - every derived file is written from the data
    """Write the page in Markdown."""
    listed = "\n".join(f"| [`{rule.id}`](#{rule.id}) | {rule.reason} |" for rule in RULES.values())
    return f"{_HEAD}\n| rule | |\n|---|---|\n{listed}\n\n" + "\n".join(map(_section, RULES.values()))


def _section(rule: Rule) -> str:
    always = "" if rule.waivable else " *Always.*"
    return f"## {rule.id}\n\n{rule.reason}{always}\n" + ("".join(_example(rule.example)) if rule.example else "")


def _example(example: Example) -> Iterator[str]:
    if not example.wrong:
        yield f"\nFaulty: there is no file `{example.file}`.\n"
        return
    yield f"\nFaulty, in `{example.file}`:\n\n```yaml\n{_shown(example.wrong)}\n```\n"
    if example.right:
        yield f"\nRight:\n\n```yaml\n{_shown(example.right)}\n```\n"


def _shown(text: str) -> str:
    """The lines of an example, what cannot be seen in them spelt out."""
    lines = (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…" for line in text.strip("\n").split("\n"))
    return printable("\n".join(lines)).translate(_SPELT)


_SPELT = str.maketrans({"\t": "\\t", "\xa0": "\\xa0", "\u0308": "\\u0308"})
