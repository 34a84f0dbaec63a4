"""Write the derived files of the checkout: pages, picture and schemas.

Run as `python docs/derive.py`; `--check` writes nothing and exits 1 if one is stale. Like every example of the
documentation, the picture shows the frozen data of the tests, so that no change of a fact makes it stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sdp_matrix.api import Partnerships, load
from sdp_matrix.cli.app import SECTIONS, CommandInfo
from sdp_matrix.files import disk, json_schema
from sdp_matrix.problem import Severity
from sdp_matrix.publishing import plots
from sdp_matrix.text_safety import printable
from sdp_matrix.validation.rules import RULES
from sdp_matrix.validation.rules.rule import PLACE, Example, Rule

REMEDY = "make derived"

_COMMANDS = """\
# Commands

Results go to standard output, messages to standard error. Exit codes: 0 fine; 1 problems in the data, or a difference
if `--exit-code` asked for it; 2 a mistake in the command line, an unknown name, data that cannot be read or understood,
output that cannot be written. `sdp COMMAND --help` has the options.
"""

_RULES = f"""# The rules

`sdp validate` checks {len(RULES)} rules and reports each problem once, at the line and column of the key or value at
fault (at the beginning of a file or mapping that lacks something), with what to write; all files are checked in one
run. The id is in brackets at the end of a message and never changes. In the examples, {PLACE} marks the place.

A problem is an error, unless its rule is marked as a warning; warnings never stop a command. `sdp validate` exits 1 on
errors, with `--strict` on warnings too.
"""

_LONGEST = 110
"""Characters of a line of an example."""

_SPELT = str.maketrans({"\t": "\\t", "\xa0": "\\xa0", "\u0308": "\\u0308"})


def commands() -> str:
    """List every command by section, with what it is for and its examples."""
    parts = [_COMMANDS]
    for section, listed in SECTIONS.items():
        parts.append(f"## {section}\n")
        parts += [_command(name, info) for name, info in listed.items()]
    return "\n".join(parts)


def _command(name: str, info: CommandInfo) -> str:
    examples = "\n".join(info.examples)
    return f"### sdp {name}\n\n{info.help}\n\n```sh\n{examples}\n```\n"


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
    """Return the lines of an example, with invisible characters spelt out."""
    lines = (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…" for line in yaml.strip("\n").split("\n"))
    return printable("\n".join(lines)).translate(_SPELT)


def picture(partnerships: Partnerships) -> str:
    """Draw Table 1 as `sdp plot matrix` does, in SVG; the comment at the top takes the place of the declaration."""
    svg = plots.plot(partnerships, partnerships.matrix(), "matrix", ".svg").decode("utf-8")
    return svg[svg.index("<svg") :]


FILES: dict[str, tuple[str, Callable[[Path], str]]] = {
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
            disk.write(str(path), files[path])
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[1]))
