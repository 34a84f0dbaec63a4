"""sdp validate."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.options import Output, Settings
from sdp_matrix.cli.output import emit, screen, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.validation.report import Quoting

_PATIENCE = 0.5
"""Seconds after which a person wants to know how far it is."""


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Data folders or files; else the folder of --data.")
    ] = None,
    *,
    chosen: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, github or sarif.")
    ] = None,
    output: Output = None,
) -> None:
    """Every problem of the data files, at its place."""
    settings: Settings = context.obj
    style = chosen or _style(output)
    from sdp_matrix.validation import report
    from sdp_matrix.validation.validate import validate

    report.known(style)
    findings = validate(paths or [], data=settings.data, progress=_progress())
    if output is not None:
        write(output, report.render(findings, style))
    else:
        emit(report.render(findings, style, _quoting()))
    typer.echo(report.summary(findings), err=True)
    if not findings.texts and findings.problems:
        raise typer.Exit(2)
    if findings.problems:
        raise typer.Exit(1)


def _style(output: str | None) -> str:
    """The suffix of the file says the format; on the screen of GitHub Actions it is the one that GitHub shows."""
    if output:
        return {".json": "json", ".sarif": "sarif"}.get(Path(output).suffix, "text")
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _quoting() -> Quoting | None:
    from sdp_matrix.validation.report import Quoting

    shown = screen()
    return Quoting(width=shown.width, colour=shown.colour) if sys.stdout.isatty() else None


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
