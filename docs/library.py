"""The page of the library, from the docstrings of what `sdp_matrix` gives away."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain, pairwise
from typing import Any, get_overloads

import sdp_matrix
from sdp_matrix import Partnerships

_OPENING = """\
# The library

`import sdp_matrix` costs nothing; each name is imported when it is first used. Each question is a method of the data
set that `load` returns. Type checkers know every type; in a notebook, an answer that a command prints as a table is
that table. Names are as a person types them: ids, names, codes, numbers, aliases or unique prefixes. Every example on
this page runs as a test, after `from sdp_matrix import load`.
"""
_LONGEST = 100
"""Characters of a signature in one line."""


def page() -> str:
    """Describe the functions, the methods of the data set and the classes."""
    names = [name for name in dir(sdp_matrix) if name not in {"Partnerships", "__version__"}]
    public = {name: getattr(sdp_matrix, name) for name in sorted(names, key=str.casefold)}
    functions = {name: value for name, value in public.items() if not inspect.isclass(value)}
    classes = {name: value for name, value in public.items() if inspect.isclass(value)}
    parts = [_OPENING, _example(sdp_matrix), "## Functions\n"]
    parts += (_function(name, function) for name, function in functions.items())
    parts += ["## Methods of the data set\n", f"{_plain(Partnerships)}\n"]
    parts += (_function(name, method, of="partnerships.") for name, method in _methods())
    parts += ["## Classes\n", *(_class(name, kind) for name, kind in classes.items())]
    return "\n".join(parts)


def _methods() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Its own questions first, then the look-ups of what it inherits."""
    for owner in Partnerships.__mro__[:-1]:
        for name, value in vars(owner).items():
            # a method that Partnerships overrides is listed once
            if inspect.isfunction(value) and not name.startswith("_") and vars(Partnerships).get(name, value) is value:
                yield name, value


def _function(name: str, function: Callable[..., Any], *, of: str = "") -> str:
    signatures = "\n".join(
        _signature(of + name, call, bound=bool(of)) for call in get_overloads(function) or [function]
    )
    return f"### {name}\n\n```python\n{signatures}\n```\n\n{_plain(function)}\n\n{_example(function)}"


class _Annotation(str):
    """An annotation as it is in the source, without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _signature(name: str, function: Callable[..., Any], *, bound: bool) -> str:
    signature = inspect.signature(function)
    listed = [p.replace(annotation=_Annotation(p.annotation)) for p in signature.parameters.values()]
    listed = listed[1:] if bound else listed  # without self
    result = "Partnerships" if signature.return_annotation == "D" else signature.return_annotation  # of any data set
    inner = str(inspect.Signature(listed)).replace("Ellipsis", "...")
    if len(name + inner) <= _LONGEST:
        return f"{name}{inner} -> {result}"
    lines = ",\n    ".join(str(inspect.Signature([p]))[1:-1].removeprefix("*, ") for p in listed).replace(
        "Ellipsis", "..."
    )
    keyword = next((p for p in listed if p.kind is p.KEYWORD_ONLY), None)
    if keyword and not any(p.kind is p.VAR_POSITIONAL for p in listed):
        lines = lines.replace(f"    {keyword.name}:", f"    *,\n    {keyword.name}:")
    return f"{name}(\n    {lines},\n) -> {result}"


def _plain(value: object) -> str:
    """Return the docstring of an object without its example."""
    return (inspect.getdoc(value) or "").partition(">>>")[0].strip()


def _example(value: object) -> str:
    """Return the example in a docstring, which is a test."""
    _, begin, rest = (inspect.getdoc(value) or "").partition(">>>")
    return f"```python\n{begin}{rest}\n```\n" if begin else ""


def _class(name: str, cls: type) -> str:
    listed = "".join(f"- `{field}`{f': {meaning}' if meaning else ''}\n" for field, meaning in _fields(cls))
    return f"### {name}\n\n{_plain(cls)}\n" + (f"\n{listed}" if listed else "")


def _fields(cls: type) -> Iterator[tuple[str, str]]:
    """Name and type of each field and property, with the text below it."""
    classes = {node.name: node for node in _tree(cls.__module__).body if isinstance(node, ast.ClassDef)}
    bodies = [classes[kind.__name__].body for kind in reversed(cls.__mro__) if kind.__name__ in classes]
    for node, below in chain.from_iterable(pairwise([*body, ast.Pass()]) for body in bodies):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind) if not name.startswith("_"):
                yield f"{name}: {ast.unparse(kind)}", _text(below)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                yield f"{name} = {value!r}", _text(below)
            case ast.FunctionDef(name=name, returns=kind) if not name.startswith("_") and kind:
                call = "" if any("property" in ast.unparse(d) for d in node.decorator_list) else "()"
                yield f"{name}{call}: {ast.unparse(kind)}", _sentence(ast.get_docstring(node) or "")


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(import_module(module)))


def _text(node: ast.stmt) -> str:
    return str(node.value.value) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else ""


def _sentence(docstring: str) -> str:
    return docstring.partition("\n\n")[0].replace("\n", " ")
