"""Print the sizes of code, tests and documentation, and exit 1 if one is over its limit: `python tests/sizes.py`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parents[1]
LIMITS = {
    "lines in src": 14_500,
    "files in src": 115,
    "lines of the longest module": 400,
    "lines of the longest function": 50,
    "lines of a function, 90th percentile": 18,
    "lines in tests": 9_500,
    "words in docs": 20_000,
}
"""The limits of the design; a function's lines are those of its code, without docstring and blank lines."""


def sizes() -> dict[str, int]:
    """Return what is measured, by the names of the limits."""
    modules = [path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py"))]
    tests = [path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("*.py"))]
    words = [path.read_text("utf-8").split() for path in sorted((ROOT / "docs").rglob("*.md"))]
    functions = sorted(length for module in modules for length in function_lengths(module))
    return {
        "lines in src": sum(map(_lines, modules)),
        "files in src": len(modules),
        "lines of the longest module": max(map(_lines, modules)),
        "lines of the longest function": functions[-1],
        "lines of a function, 90th percentile": round(quantiles(functions, n=10)[-1]),
        "lines in tests": sum(map(_lines, tests)),
        "words in docs": sum(map(len, words)),
    }


def function_lengths(module: str) -> Iterator[int]:
    """Yield the lines of code of every function of a module."""
    lines = module.splitlines()
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            body = lines[first.lineno - 1 : node.end_lineno]
            yield sum(bool(line.strip()) for line in body)


def _lines(text: str) -> int:
    return len(text.splitlines())


def main() -> int:
    """Print each size beside its limit; return 1 if one is over."""
    measured = sizes()
    for name, size in measured.items():
        verdict = "  OVER" if size > LIMITS[name] else ""
        sys.stdout.write(f"{size:7,} of {LIMITS[name]:7,}  {name}{verdict}\n")
    return int(any(size > LIMITS[name] for name, size in measured.items()))


if __name__ == "__main__":
    sys.exit(main())
