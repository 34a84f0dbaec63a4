"""The one place where errors become text and an exit code."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

from typer.exceptions import TyperException

from sdp_matrix.cli import suggestions
from sdp_matrix.cli.output import OutputClosed
from sdp_matrix.errors import SdpError, UnknownNameError
from sdp_matrix.text_safety import in_one_line, printable

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 problems or differences, 2 usage, names or unreadable data."""
    _open_closed_streams()
    words = suggestions.translate(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.exit(_finish(_run(words)))
    except (OutputClosed, BrokenPipeError):
        _silence(sys.stdout)
        sys.exit(0)


def _open_closed_streams() -> None:
    """Python has None where a stream was closed by the shell (`>&-`)."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:  # a result that nobody can get is an error, noticed when it is written
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _silence(stream: TextIO) -> None:
    """Keep Python from flushing into a pipe or disk that takes nothing when it exits, and from its own exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str]) -> int:
    try:
        from sdp_matrix.cli.app import app

        return app(arguments, prog_name="sdp", standalone_mode=False) or 0
    except (OutputClosed, BrokenPipeError):
        raise
    except UnknownNameError as error:
        return _say(f"sdp: {suggestions.for_name(error, arguments) or error}", 2)
    except SdpError as error:
        return _say(f"sdp: {error}", error.exit_code)
    except TyperException as error:
        return _say(f"sdp: {_usage(error, arguments)}", 2)
    except OSError as error:
        return _say(f"sdp: {_system(error)}", 2)
    except Exception as error:
        if os.environ.get("SDP_DEBUG"):
            raise
        name = type(error).__name__
        return _say(f"sdp: internal error: {name}: {error}; please report it (SDP_DEBUG=1 prints the traceback)", 2)


def _system(error: OSError) -> str:
    """Say what the system refused; it names every file but the working folder that is gone and the output."""
    if error.filename is None and not isinstance(error, FileNotFoundError):
        _silence(sys.stdout)
        return f"the output could not be written: {error.strerror or error}"
    return f"{error.filename or 'the folder that you are in'}: {error.strerror or error}"


def _finish(code: int) -> int:
    """Write out what is buffered, so that a full disk is noticed."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        return _say(f"sdp: {_system(error)}", 2)
    return code


def _say(text: str, code: int) -> int:
    encoding = sys.stderr.encoding or "utf-8"
    try:
        sys.stderr.write(printable(text).encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except OSError:  # a full disk takes no message either; the exit code still says it
        _silence(sys.stderr)
    return code


def _usage(error: TyperException, arguments: Sequence[str]) -> str:
    """Say what is wrong with the arguments, then how the command is called, with one example."""
    plain = error.format_message()
    if advice := suggestions.for_option(plain) or suggestions.for_extra_argument(plain, arguments):
        return advice
    message = in_one_line(error.format_message().replace("Value error, ", ""), at_most=400).rstrip(".")
    message = message[:1].lower() + message[1:].replace(". Did you", "; did you")
    message = re.sub(r" [(]Possible options: (.*)[)]", r"; did you mean \1?", message)
    context = getattr(error, "ctx", None)
    if context is None or context.parent is None:
        return f"{message}; 'sdp --help' lists the commands"
    from sdp_matrix.cli.app import COMMANDS

    usage = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    known = COMMANDS[context.command_path.split()[1]].examples
    example = next((line for line in known if line.startswith(f"{context.command_path} ")), known[0])
    return f"{message}\nUsage: {usage}\nExample: {example}\n'{context.command_path} --help' lists the options"
