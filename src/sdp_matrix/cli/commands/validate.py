"""The command `validate`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.app import Settings
from sdp_matrix.cli.options import Output
from sdp_matrix.cli.output import emit, screen, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.problem import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.validation.report import SnippetStyle

_PATIENCE = 0.5
"""Seconds after which a person wants to know how far it is."""


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Data folders or files; else the folder of --data.")
    ] = None,
    *,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            help="text, json, github, gitlab or sarif; with =FILE, one report more, into that file. May be repeated.",
            autocompletion=lambda: ["text", "json", "github", "gitlab", "sarif"],
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    output: Output = None,
) -> None:
    settings: Settings = context.obj
    shown, files = _reports(formats or [], output)
    from sdp_matrix.validation import report
    from sdp_matrix.validation.validate import validate

    for format_name in (shown, *files.values()):
        report.known(format_name)
    findings = validate(paths or [], data=settings.data, progress=_progress())
    for file, format_name in files.items():
        write_result(file, report.render(findings, format_name), format_name)
    if output is None:
        text = report.render(findings, shown, _snippet_style())
        emit(text) if shown in {"text", "github"} else write_result(None, text, shown)
    typer.echo(findings.summary, err=True)
    faults = findings.problems if strict else errors(findings.problems)
    if faults:
        raise typer.Exit(1 if findings.texts else 2)


def _reports(asked: list[str], output: str | None) -> tuple[str, dict[str, str]]:
    """Return the format of the report on the screen, and file to format of the others.

    Raises `RequestError` for two reports at one place.
    """
    on_screen = [name for name in asked if "=" not in name]
    into_files = [name.partition("=") for name in asked if "=" in name]
    files = {file: name for name, _, file in into_files}
    if len(on_screen) > 1 or len(files) < len(into_files) or "" in files or output in files:
        raise RequestError("two reports at one place; give each a file of its own: -f github -f sarif=problems.sarif")
    shown = on_screen[0] if on_screen else _usual_format(output)
    return shown, files if output is None else {output: shown, **files}


def _usual_format(output: str | None) -> str:
    """The suffix of the file says the format; on the screen of GitHub Actions it is the one that GitHub shows."""
    if output:
        return {".json": "json", ".sarif": "sarif"}.get(Path(output).suffix, "text")
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _snippet_style() -> SnippetStyle | None:
    if not sys.stdout.isatty():
        return None
    from sdp_matrix.validation.report import SnippetStyle

    shown = screen()
    return SnippetStyle(width=shown.width, colour=shown.colour)


def _progress() -> Callable[[int, int], None] | None:
    """Say how far it is, to a person who has waited a while."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def tell(done: int, total: int) -> None:
        if time.monotonic() - begun > _PATIENCE and done % 10 == 0:
            sys.stderr.write(f"\r{done} of {total} files\x1b[K")
        if done + 1 == total:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return tell
