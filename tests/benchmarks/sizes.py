"""Print the sizes that the architecture speaks of: code, functions, modules and the longest chain of imports.

A line of code is one that is neither blank, nor comment, nor docstring.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import mean, median, quantiles

ROOT = Path(__file__).parents[2]


def code_lines(text: str) -> set[int]:
    """Return the numbers of the lines of code."""
    tree = ast.parse(text)
    words = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(text.splitlines(), 1)
    return {number for number, line in lines if line.strip() and not line.lstrip().startswith("#")} - words


def functions(text: str) -> Iterator[int]:
    """Yield the lines of code of every function."""
    code = code_lines(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield len(code & {*range(node.lineno, (node.end_lineno or node.lineno) + 1)})


def imports(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Return for each module those of the package that it imports when it is itself imported."""
    found: dict[str, set[str]] = {}
    for name, text in texts.items():
        statements = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
        named = {f"{node.module}.{alias.name}" for node in statements for alias in node.names}
        parents = {one.rpartition(".")[0] for one in named if one not in texts}
        found[name] = ({one for one in named | parents if one in texts}) - {name}
    return found


def longest_chain(graph: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the longest chain of modules of which each imports the next."""

    @cache
    def chain(module: str) -> tuple[str, ...]:
        return (module, *max(map(chain, sorted(graph[module])), key=len, default=()))

    return max(map(chain, sorted(graph)), key=len)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def report() -> str:
    """Return the sizes of the package, and of what stands around it, a line each."""
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py"))}
    around = [path for folder in ("docs", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
    lengths = sorted(length for text in texts.values() for length in functions(text))
    modules = sorted((len(text.splitlines()), path.relative_to(ROOT).as_posix()) for path, text in texts.items())
    graph = imports({_module(path): text for path, text in texts.items()})
    chain = longest_chain(graph)
    lines = [
        f"lines of code in the package     {sum(len(code_lines(text)) for text in texts.values()):6}",
        f"lines of all files in it         {sum(lines for lines, _ in modules):6}",
        f"lines of code in tests and docs  {sum(len(code_lines(p.read_text('utf-8'))) for p in around):6}",
        f"modules, and at the root         {len(texts):6} {len([*(ROOT / 'src' / 'sdp_matrix').glob('*.py')]):4}",
        f"functions: median, p90, longest  {median(lengths):6.0f} {quantiles(lengths, n=10)[-1]:4.0f} {lengths[-1]:4}",
        f"imports per module               {mean(map(len, graph.values())):8.1f}",
        f"longest chain of imports         {len(chain):6}  {' > '.join(chain)}",
        *(f"{lines:6} lines  {path}" for lines, path in modules[::-1][:5]),
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(report())
