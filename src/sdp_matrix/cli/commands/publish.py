"""The commands that write for others: `export`, `explorer`, `plot`, `cite`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import Output, format_option, grouped, load, selection
from sdp_matrix.cli.output import STDOUT, emit, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.publishing import citation, plots
from sdp_matrix.text_safety import in_one_line, printable


def export(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new folder, or an earlier export.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Only list stale files; exit with 1 if any exist.")] = False,
) -> None:
    from sdp_matrix.publishing import export

    files, target = export.export(load(context)), Path(folder)
    if check:
        stale = export.stale(target, files)
        for name in stale:
            emit(f"{printable(str(target / name))} is stale\n")
        raise typer.Exit(1 if stale else 0)
    changed = export.write(target, files)
    typer.echo(f"{len(files)} files in {printable(folder)}, {len(changed)} changed", err=True)


def explorer(
    context: typer.Context,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write.")] = "sdp.html",
) -> None:
    from sdp_matrix.publishing.explorer import render

    if output != STDOUT and Path(output).suffix not in {".html", ".htm"}:
        raise RequestError(f"'{in_one_line(output)}' does not end in .html; write -o sdp.html")
    write_result(output, render(load(context)), "html")
    if output != STDOUT:
        typer.echo(f"{printable(output)}: open it in a browser; it needs no network", err=True)


@grouped(selection=selection())
def plot(
    context: typer.Context,
    kind: Annotated[plots.Kind, typer.Argument(metavar="KIND", help=f"{', '.join(plots.KINDS)}.")],
    *,
    selection: Selection,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write: .svg, .png or .pdf.")],
) -> None:
    from sdp_matrix.analysis.matrix import matrix

    if kind == "timeline" and selection.areas:
        raise RequestError("the timeline shows no areas; leave out --area")
    dataset, suffix = load(context), Path(output).suffix.lower()
    shown = matrix(dataset, selection, corrected=kind != "matrix")  # only Table 1 itself is drawn as printed
    write_result(output, plots.plot(dataset, shown, kind, suffix), suffix)


def cite(
    context: typer.Context,
    work: Annotated[
        list[citation.Work] | None, typer.Argument(metavar="WORK", help=f"{', '.join(citation.Work)} (default: both).")
    ] = None,
    *,
    format_name: Annotated[str, format_option(citation.STYLES)] = "text",
    output: Output = None,
) -> None:
    styles = citation.STYLES
    if format_name not in styles:
        raise RequestError(f"no format '{in_one_line(format_name)}' of citations; write one of {', '.join(styles)}")
    write_result(output, styles[format_name](citation.cite(load(context), *work or ())), format_name)
