"""Formats: each renders the neutral table, is imported when asked for, and knows nothing else."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from sdp_matrix.errors import RequestError, missing
from sdp_matrix.formats.table import Table
from sdp_matrix.text_safety import in_one_line, listed

TEXT = "text"

RENDERERS: dict[str, str] = {  # format to module and function
    TEXT: "text.render",
    "markdown": "markdown.render",
    "html": "html_.render",
    "docx": "docx_.render",
    "xlsx": "xlsx.render",
    "csv": "data.render_csv",
    "json": "data.render_json",
}

# Format to the program it is for, and the optional library that writes it.
LIBRARIES: dict[str, tuple[str, str]] = {"docx": ("Word", "python-docx"), "xlsx": ("Excel", "XlsxWriter")}

ALIASES: dict[str, str] = {"md": "markdown", "word": "docx", "excel": "xlsx", "txt": TEXT, "htm": "html"}

SUFFIXES: dict[str, str] = {
    f".{name}": ALIASES.get(name, name) for name in ("txt", "md", "html", "htm", "docx", "xlsx", "csv", "json")
}


def render(table: Table, format_name: str) -> str | bytes:
    """Render a table, text without colour; raise `RequestError` if the format or its library does not exist."""
    name = resolve(format_name)
    module, function = RENDERERS[name].split(".")
    try:
        # Imported when asked for: a table as text pays for neither python-docx nor XlsxWriter, which may be missing.
        renderer = getattr(import_module(f"sdp_matrix.formats.{module}"), function)
    except ImportError as error:
        raise missing(*LIBRARIES[name]) if name in LIBRARIES else error from error
    rendered: str | bytes = renderer(table)
    return rendered


def resolve(name: str) -> str:
    """Return the format that a person names; raise `RequestError` for any other name.

    >>> resolve("json"), resolve("Word")
    ('json', 'docx')
    """
    key = name.strip().casefold()
    format_name = ALIASES.get(key, key)
    if format_name not in RENDERERS:
        raise RequestError(f"no format '{in_one_line(name)}'; write {listed(list(RENDERERS)[1:], 'or')}")
    return format_name


def of_file(name: str) -> str:
    """Return the format of a file by its suffix; raise `RequestError` for an unknown suffix."""
    suffix = PurePath(name).suffix.lower()
    if suffix in {".png", ".svg", ".pdf"}:
        raise RequestError(f"a picture is drawn by another command; write: sdp plot matrix -o {in_one_line(name)}")
    if suffix not in SUFFIXES:
        words = f"the suffix of '{in_one_line(name)}' names no format"
        raise RequestError(f"{words}; write .md, .html, .docx, .xlsx, .csv or .json, or say which with --format")
    return SUFFIXES[suffix]
