"""Formats: one module each, `render(table)`, imported when asked for. They know the neutral table and nothing else."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from sdp_matrix.errors import RequestError
from sdp_matrix.formats.table import Table
from sdp_matrix.text_safety import in_one_line

TEXT = "text"

MODULES: dict[str, str] = {
    TEXT: "text",
    "markdown": "markdown",
    "html": "html_",
    "docx": "docx_",
    "xlsx": "xlsx",
    "csv": "delimited",
    "json": "json_",
}
"""Format to the module that renders it."""

ALIASES: dict[str, str] = {"md": "markdown", "word": "docx", "excel": "xlsx"}
"""What people type for a format."""

SUFFIXES: dict[str, str] = {
    ".txt": TEXT,
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
}
"""Suffix of an output file to its format."""


def render(table: Table, format_name: str) -> str | bytes:
    """Render a table; text without colour, 100 columns wide.

    Raises `RequestError` for a format that does not exist.
    """
    module = import_module(f"sdp_matrix.formats.{MODULES[known(format_name)]}")
    rendered: str | bytes = module.render(table)
    return rendered


def known(given: str) -> str:
    """Find the format that a person names; raises `RequestError` with those that exist.

    >>> known("json"), known("Word")
    ('json', 'docx')
    """
    name = given.strip().casefold()
    format_name = ALIASES.get(name, name)
    if format_name not in MODULES:
        raise RequestError(f"no format '{in_one_line(given)}'; write one of {', '.join(MODULES)}")
    return format_name


def of_file(name: str) -> str:
    """The format that a file's suffix stands for; raises `RequestError` where it stands for none.

    >>> of_file("table.md")
    'markdown'
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        known_suffixes = ", ".join(SUFFIXES)
        raise RequestError(
            f"the suffix of '{in_one_line(name)}' names no format; use {known_suffixes}, or say which with --format"
        )
    return SUFFIXES[suffix]
