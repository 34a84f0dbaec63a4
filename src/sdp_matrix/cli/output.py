"""The one place that prints results or writes them to a file."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from sdp_matrix import formats
from sdp_matrix.errors import OutputFailed
from sdp_matrix.files.writing import write
from sdp_matrix.sanitize import printable

if TYPE_CHECKING:
    from sdp_matrix.formats.table import Table
    from sdp_matrix.formats.text import Screen

_PIPE_WIDTH = 100


class OutputClosed(Exception):  # noqa: N818 - it is no error: the run ends with 0
    """Raised when the reader of the output (`head`, a pager) has closed it; typer would exit with 1."""


def deliver(table: Table, format_name: str | None, output: str | None) -> None:
    """Print a table, or write it to a file; the suffix of the file says the format where none was chosen.

    Raises `BadRequest` for a format that does not exist and `OutputFailed` where the file cannot be written.
    """
    if output is None:
        _print(table, formats.known(format_name or formats.TEXT))
        if sys.stdout.isatty():
            sys.stderr.write("".join(f"{printable(hint)}\n" for hint in table.hints))
    else:
        write(output, formats.render(table, format_name or formats.of_file(output)))


def _print(table: Table, format_name: str) -> None:
    if format_name == formats.TEXT:
        from sdp_matrix.formats import text

        emit(text.render(table, screen()))
        return
    rendered = formats.render(table, format_name)
    if isinstance(rendered, bytes):
        if sys.stdout.isatty():
            raise OutputFailed(f"{format_name} is not text; say where to put it with --output FILE")
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered)
    else:
        emit(rendered)


def emit(text: str) -> None:
    """Print text; characters that the output cannot encode are spelt out."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise OutputClosed from error


def screen() -> Screen:
    """What standard output can show: its width, whether it has colour, whether it has the marks."""
    from sdp_matrix.formats.text import Screen

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return Screen(width=max(width, 40), colour=_wants_colour(terminal=terminal), unicode=_encodes("✓✗–…─"))


def _wants_colour(*, terminal: bool) -> bool:
    """NO_COLOR (no-color.org) goes before FORCE_COLOR (force-color.org), and both before what the terminal says."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")


def _encodes(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
