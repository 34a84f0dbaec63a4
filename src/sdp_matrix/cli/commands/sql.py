"""sdp sql."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver, emit, write
from sdp_matrix.errors import BadRequest
from sdp_matrix.relational import sqlite


def run(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="One query; - reads it from standard input.")
    ] = None,
    *,
    schema: Annotated[bool, typer.Option("--schema", help="Show the tables and views instead.")] = False,
    chosen: Format = None,
    output: Output = None,
) -> None:
    """A question in SQL, reading only.

    The whole data set is a SQLite database in memory.
    """
    from sdp_matrix.views import sql as view

    if schema:
        if query or chosen:
            raise BadRequest("--schema shows the tables and views as SQL; leave out the query and --format")
        text = sqlite.schema(load(context))
        emit(text) if output is None else write(output, text)
        return
    if query is None:
        raise BadRequest("write a query, - to read it from standard input, or --schema to see the tables")
    partnerships = load(context)
    deliver(view.answer(partnerships.sql(_read() if query == "-" else query)), chosen, output)


def _read() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise BadRequest("the query on standard input is no text in UTF-8; write it so") from None
