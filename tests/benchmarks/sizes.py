"""Print the sizes that the architecture speaks of: code, functions, modules and the longest chain of imports.

A line of code is one that is neither blank, nor comment, nor docstring.
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def longest_chain() -> list[str]:
    """Return the longest chain of modules in which each imports the next when it is itself imported."""
    graph = grimp.build_graph("sdp_matrix")

    @cache
    def chain(module: str) -> tuple[str, ...]:
        nexts = (chain(one) for one in graph.find_modules_directly_imported_by(module) if one not in open_)
        open_.add(module)
        best = max(nexts, key=len, default=())
        open_.discard(module)
        return (module, *best)

    open_: set[str] = set()
    chains = [chain(module) for module in sorted(graph.modules)]
    longest = max(chains, key=len)
    return list(longest)


def report() -> str:
    """Return the sizes of the package, and of what stands around it, a line each."""
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py"))}
    around = [path for folder in ("docs", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
    lengths = sorted(length for text in texts.values() for length in functions(text))
    modules = sorted((len(text.splitlines()), path.relative_to(ROOT).as_posix()) for path, text in texts.items())
    chain = longest_chain()
    lines = [
        f"lines of code in the package     {sum(len(code_lines(text)) for text in texts.values()):6}",
        f"lines of all files in it         {sum(lines for lines, _ in modules):6}",
        f"lines of code in tests and docs  {sum(len(code_lines(p.read_text('utf-8'))) for p in around):6}",
        f"modules, and at the root         {len(texts):6} {len([*(ROOT / 'src' / 'sdp_matrix').glob('*.py')]):4}",
        f"functions: median, p90, longest  {median(lengths):6.0f} {quantiles(lengths, n=10)[-1]:4.0f} {lengths[-1]:4}",
        f"longest chain of imports         {len(chain):6}  {' > '.join(chain)}",
        *(f"{lines:6} lines  {path}" for lines, path in modules[::-1][:5]),
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(report())
