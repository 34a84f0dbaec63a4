"""Turn errors into a message and an exit code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from typer.exceptions import TyperException

from sdp_matrix.errors import SdpError, UnknownNameError
from sdp_matrix.text_safety import in_one_line, printable


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 problems or differences, 2 usage, names or unreadable data."""
    _open_closed_streams()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()  # so that a full disk is noticed
    except BrokenPipeError:  # `sdp list areas | head` is not an error
        _silence(sys.stdout)
        code = 0
    except OSError as error:
        code = _say(_system_message(error))
    except Exception as error:
        if os.environ.get("SDP_DEBUG"):
            raise
        name = type(error).__name__
        code = _say(f"internal error: {name}: {error}; please report it (SDP_DEBUG=1 prints the traceback)")
    sys.exit(code)


def _open_closed_streams() -> None:
    """Open the streams that the shell has closed (`>&-`), for which Python has None."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:  # opened for reading, so that a result that nobody can get is an error
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _silence(stream: TextIO) -> None:
    """Keep Python from flushing into a pipe or disk that takes nothing when it exits, and from its own exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in {"help", "version"}:  # people type `sdp help diff` and `sdp version`
        arguments = [*arguments[1:], f"--{arguments[0]}"]
    try:
        from sdp_matrix.cli.app import app

        if "_SDP_COMPLETE" in os.environ:
            from typer.completion import get_completion_inspect_parameters

            get_completion_inspect_parameters()  # makes the shells known, which typer does only with its own options
        # Standalone, typer would print errors and exit by itself.
        return app(arguments, prog_name="sdp", standalone_mode=False) or 0
    except UnknownNameError as error:
        from sdp_matrix.cli.suggestions import for_name

        return _say(for_name(error, arguments) or str(error))
    except SdpError as error:
        return _say(str(error))
    except TyperException as error:
        return _say(_usage(error, arguments))


def _say(message: str) -> int:
    """Print a message on standard error; return the exit code."""
    from sdp_matrix.cli.output import for_terminal  # which '--version' and '--help' need not import

    encoding = sys.stderr.encoding or "utf-8"
    try:
        text = for_terminal(printable(f"sdp: {message}"))
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except OSError:  # a full disk takes no message either; the exit code is left
        _silence(sys.stderr)
    return 2


def _system_message(error: OSError) -> str:
    """Return what the system refused; only the output and a deleted working folder have no file name."""
    if error.filename is None and not isinstance(error, FileNotFoundError):
        _silence(sys.stdout)
        return f"the output could not be written: {error.strerror or error}"
    return f"{error.filename or 'the folder that you are in'}: {error.strerror or error}"


def _usage(error: TyperException, arguments: Sequence[str]) -> str:
    """Return what is wrong with the arguments, then how the command is called, with an example."""
    from sdp_matrix.cli import suggestions

    text, context = error.format_message(), getattr(error, "ctx", None)
    if advice := suggestions.for_usage(text, context, arguments):
        return advice
    # typer's sentences in the form of our own, at most six choices; typer's near options are far-off
    text = re.sub(r"Value error, | \(Possible options: .*\)", "", text)
    text = re.sub(r"(('[\w-]+', ){5}'[\w-]+'), .*", r"\1 …", text)
    text = re.sub("Input should be a valid integer.*", "write a number such as 2", text)
    message = in_one_line(text[:1].lower() + text[1:], at_most=400).rstrip(".")
    if context is None:  # an option without its value
        command, _ = suggestions.split(arguments)
        return f"{message}; '{f'sdp {command}'.strip()} --help' lists the options"
    if context.parent is None:
        return f"{message}; write options of a command after its name; 'sdp --help' lists the commands"
    if names := getattr(context.command, "commands", None):
        message += f"; write one of {', '.join(names)}"
    from sdp_matrix.cli.app import COMMANDS

    usage = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    examples = COMMANDS[context.command_path.split()[1]].examples
    example = max(examples, key=lambda line: len({*line.split()} & {*arguments}))  # the first of those that are as near
    return f"{message}\nUsage: {usage}\nExample: {example}\n'{context.command_path} --help' lists the options"
