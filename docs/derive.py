"""Write the derived files of the checkout: pages, picture and schemas.

Run as `python docs/derive.py`; `--check` writes nothing and exits 1 where one is stale. Like every example of the
documentation, the picture shows the frozen data of the tests, so that no change of a fact makes it stale.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.main import get_command

import library
from sdp_matrix.api import load
from sdp_matrix.cli.app import COMMANDS, app, command
from sdp_matrix.files import json_schema, writing
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.problem import Severity
from sdp_matrix.publishing import codebook, plots
from sdp_matrix.sanitize import printable
from sdp_matrix.validation.rules import RULES
from sdp_matrix.validation.rules.rule import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sdp_matrix.api import Partnerships
    from sdp_matrix.validation.rules.rule import Example, Rule

REMEDY = "make derived"

_COMMANDS = """\
# Commands

Results go to standard output, talk to standard error. Exit codes: 0 fine; 1 problems in the data, or a difference
where `--exit-code` asked for it; 2 a mistake in the command line, an unknown name, data that cannot be read, output
that cannot be written.
"""

_RULES = f"""# The rules

`sdp validate` checks {len(RULES)} rules. Each problem is told once, at the line and column of the key or value at fault
(a file or mapping that lacks something: at its beginning), with what to write; all files are checked in one run.
The id stands in brackets at the end of a message and never changes. In the examples, {PLACE} marks the place.

A problem is an error, unless its rule is marked as a warning: that is about tidiness, and no command that reads the
data minds it. `sdp validate` exits 1 on errors, with `--strict` on warnings too.
"""

_LONGEST = 110
"""Characters of a line of an example."""

_SPELT = str.maketrans({"\t": "\\t", "\xa0": "\\xa0", "\u0308": "\\u0308"})


def commands() -> str:
    """Describe every command with its usage, arguments and options."""
    pages = [_page("sdp", get_command(app), "These options stand before the name of the command.")]
    pages += [_page(f"sdp {name}", command(name), info.summary) for name, info in COMMANDS.items()]
    return "\n".join([_COMMANDS, *(part for page in pages for part in page)])


def _page(title: str, built: Any, words: str) -> Iterator[str]:
    context = built.make_context(title, [], resilient_parsing=True)
    usage = " ".join([title, *built.collect_usage_pieces(context)])
    yield f"## {title}\n\n{words}\n\n```text\n{usage}\n```\n"
    more = (built.help or "").removeprefix(words).strip()
    if title != "sdp" and more:
        yield f"{more}\n"
    records = [parameter.get_help_record(context) for parameter in built.get_params(context)]
    if title != "sdp":
        yield "\n".join(["```sh", *COMMANDS[built.name].examples, "```", ""])
    rows = [f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in filter(None, records)]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows, ""])
    for name, inner in getattr(built, "commands", {}).items():
        yield from _within(f"{title} {name}", inner)


def _within(title: str, built: Any) -> Iterator[str]:
    """Describe a command within a command."""
    context = built.make_context(title, [], resilient_parsing=True)
    usage = " ".join([title, *built.collect_usage_pieces(context)])
    yield f"### {title}\n\n{built.help}\n\n```text\n{usage}\n```\n"
    records = filter(None, (parameter.get_help_record(context) for parameter in built.get_params(context)))
    rows = [f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in records]
    yield "\n".join(["| | |", "|---|---|", *rows, ""])


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def rules() -> str:
    """Describe every rule: why it is there, and an example of the fault and of its repair."""
    listed = "\n".join(f"| [`{rule.id}`](#{rule.id}) | {rule.reason} |" for rule in RULES.values())
    return f"{_RULES}\n| rule | |\n|---|---|\n{listed}\n\n" + "\n".join(map(_section, RULES.values()))


def _section(rule: Rule) -> str:
    severity = " *A warning.*" if rule.severity is Severity.WARNING else ""
    return f"## {rule.id}\n\n{rule.reason}{severity}\n" + ("".join(_example(rule.example)) if rule.example else "")


def _example(example: Example) -> Iterator[str]:
    if not example.wrong:
        yield f"\nFaulty: there is no file `{example.file}`.\n"
        return
    yield f"\nFaulty, in `{example.file}`:\n\n```yaml\n{_shown(example.wrong)}\n```\n"
    if example.right:
        yield f"\nRight:\n\n```yaml\n{_shown(example.right)}\n```\n"


def _shown(yaml: str) -> str:
    """The lines of an example, what cannot be seen in them spelt out."""
    lines = (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…" for line in yaml.strip("\n").split("\n"))
    return printable("\n".join(lines)).translate(_SPELT)


def picture(partnerships: Partnerships) -> str:
    """Draw Table 1 as `sdp plot matrix` does, in SVG; the comment at the top takes the place of the declaration."""
    svg = plots.plot(partnerships, partnerships.matrix(), "matrix", "svg").decode("utf-8")
    return svg[svg.index("<svg") :]


def _codebook(data: Partnerships) -> str:
    """Return the codebook, and the ticks of Table 1 that no country section of the briefing is evidence for."""
    lines = "".join(f"- {data.partner(partner).name}: {_unnamed(data, partner)}\n" for partner in data.table.columns)
    return f"{codebook.page(data)}\n## Ticks without a word in the briefing's own text\n\n{lines}"


def _unnamed(data: Partnerships, partner: str) -> str:
    """Return the numbers of the areas of a partner that are covered by the word of the table alone in its document."""
    covered = {area: cell for area, cell in data.partner(partner).coverage.items() if cell.status is Status.COVERED}
    named = {
        area
        for area, cell in covered.items()
        if any(piece.reference == data.table.reference and piece.supports == Status.COVERED for piece in cell.evidence)
    }
    return ", ".join(str(area.number) for area in data.areas if area.id in covered.keys() - named) or "none"


FILES: Mapping[str, tuple[str, Callable[[Path], str]]] = {
    "docs/api.md": ("src/sdp_matrix/api.py", lambda _: library.page()),
    "docs/codebook.md": ("data/areas.yaml", lambda root: _codebook(load(root / "data"))),
    "docs/commands.md": ("src/sdp_matrix/cli", lambda _: commands()),
    "docs/rules.md": ("src/sdp_matrix/validation/rules", lambda _: rules()),
    "docs/images/matrix.svg": ("tests/data/partnerships", lambda root: picture(load(root / "tests" / "data"))),
}
"""Path inside a checkout to what it is written from, and the function that writes it."""


def derived(path: str, root: Path) -> str:
    """Return the text of a derived file of a checkout, under a comment that says what it is written from."""
    source, write = FILES[path]
    return f"<!-- Derived from {source} by `{REMEDY}`; change that instead. -->\n\n{write(root)}"


def schemas(data: Path) -> Mapping[Path, str]:
    """Return the JSON Schemas of a data folder, which follow from the models, its areas and its groups."""
    partnerships = load(data)
    texts = json_schema.schemas(partnerships.areas, partnerships.groups)
    return {data / "schema" / name: text for name, text in texts.items()}


def main(arguments: Sequence[str], root: Path) -> int:
    """Write the derived files below a checkout, or name those that are stale; the exit code."""
    files = {root / path: derived(path, root) for path in FILES}
    files |= {**schemas(root / "data"), **schemas(root / "tests" / "data")}
    stale = [path for path, text in files.items() if not path.is_file() or path.read_bytes() != text.encode()]
    for path in stale:
        if "--check" in arguments:
            sys.stdout.write(f"{path}: not up to date; run '{REMEDY}'\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            writing.write(str(path), files[path])
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[1]))
