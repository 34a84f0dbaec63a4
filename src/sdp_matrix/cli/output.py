"""Print results or write them to a file; no other module does."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress

import typer

from sdp_matrix import formats
from sdp_matrix.errors import OutputError
from sdp_matrix.files import disk
from sdp_matrix.formats.table import Table
from sdp_matrix.text_safety import printable

STDOUT = "-"  # the name of a file that means standard output
_PIPE_WIDTH = 100
_MIN_WIDTH = 40  # below it, a table would be letters under each other


def deliver(context: typer.Context, table: Table, format_name: str | None, output: str | None) -> None:
    """Print a table, or write it to a file; without a format, the suffix of the file decides."""
    on_screen = output is None or output == STDOUT
    name = formats.resolve(format_name or (formats.TEXT if on_screen else formats.of_file(output or "")))
    if on_screen and name == formats.TEXT:
        from sdp_matrix.formats import text

        screen = text.Screen(width=screen_width(), colour=wants_colour(), unicode=_encodes("✓✗–…─"))
        emit(text.render(table, screen), pager=context.obj.pager)
        for hint in table.hints if sys.stdout.isatty() else ():  # a script has no use for hints
            sys.stderr.write(f"{for_terminal(printable(hint))}\n")
    else:
        write_result(output, formats.render(table, name), name)


def write_result(output: str | None, content: str | bytes, format_name: str) -> None:
    """Write a document to a file, or for None and `-` to standard output; all but text in UTF-8 at any locale."""
    if output is not None and output != STDOUT:
        disk.write(output, content)
    elif sys.stdout.isatty() or format_name == formats.TEXT:
        if isinstance(content, bytes):
            raise OutputError(f"{format_name} is not text; say where to put it with --output FILE")
        if format_name in {"json", "sarif", "gitlab"} and not _encodes(content):
            content = json.dumps(json.loads(content), indent=2) + "\n"  # spells a letter as JSON does, not as Python
        emit(content)
    else:
        _write_bytes(content.encode() if isinstance(content, str) else content)


def _write_bytes(data: bytes) -> None:
    try:
        sys.stdout.flush()  # text that typer wrote comes first
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise BrokenPipeError from error  # without an errno, for which typer would exit with 1


def emit(text: str, *, pager: bool = False) -> None:
    """Print text for people, through the pager if that is asked for and the text is longer than the terminal."""
    data = text.encode(sys.stdout.encoding or "utf-8", "backslashreplace")  # the terminal may not know every character
    if pager and sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines and _page(data):
        return
    _write_bytes(data)


def _page(data: bytes) -> bool:
    """Show text in the pager; return False if there is none."""
    command = shlex.split(os.environ.get("SDP_PAGER", os.environ.get("PAGER", "less")))
    if not command or not shutil.which(command[0]):
        return False
    # Ctrl-C is for the pager, which may outlive it; unlike SIG_IGN, a function is not inherited
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    # as git does: colours stay, a short text is printed, the screen is not cleared
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})  # noqa: S603 - the user's choice
    with suppress(BrokenPipeError):
        process.communicate(data)
    signal.signal(signal.SIGINT, handler)
    return True


def for_terminal(message: str) -> str:
    """Wrap a message at words if standard error is a terminal, but no command in it, which may be copied."""
    if not sys.stderr.isatty():
        return message
    whole = re.sub("(write|Example): .*|'sdp [^']*'", lambda match: match[0].replace(" ", "\0"), message)
    wrapper = textwrap.TextWrapper(screen_width(), break_long_words=False, break_on_hyphens=False)
    return "\n".join(map(wrapper.fill, whole.split("\n"))).replace("\0", " ")


def screen_width() -> int:
    """Return COLUMNS, else the width of the terminal, also if standard output is a pipe to a pager."""
    columns = os.environ.get("COLUMNS", "")
    widths = [int(columns) if columns.isdecimal() else 0]
    for stream in (sys.stdout, sys.__stderr__, sys.__stdin__):
        with suppress(OSError, ValueError, AttributeError):  # not a terminal, closed, or never opened
            widths.append(os.get_terminal_size(stream.fileno()).columns)  # type: ignore[union-attr]
    return max(next(filter(None, widths), _PIPE_WIDTH), _MIN_WIDTH)


def wants_colour() -> bool:
    """Read NO_COLOR (no-color.org), FORCE_COLOR (force-color.org), CLICOLOR_FORCE and CLICOLOR, in this order."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("CLICOLOR") != "0" and os.environ.get("TERM") != "dumb"


def _encodes(text: str) -> bool:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "ignore").decode(encoding) == text
