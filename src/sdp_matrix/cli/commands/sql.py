"""The command `sql`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.text_safety import in_one_line


def run(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="One query; - reads it from standard input.")
    ] = None,
    *,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="The value of :NAME in the query; may be repeated."),
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Show the tables and views instead.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.relational import sql
    from sdp_matrix.views.sql import query_result

    if schema:
        if query or format_name or parameter:
            raise RequestError("--schema shows the tables and views as SQL; leave out the query, -p and --format")
        text = sql.schema(load(context))
        write_result(output, text, "sql")
        return
    if query is None:
        raise RequestError("write a query, - to read it from standard input, or --schema to see the tables")
    partnerships = load(context)
    text = _read() if query == "-" else query
    result = sql.sql(partnerships, text, parameters=_parameters(parameter or []))
    deliver(context, query_result(result), format_name, output)


def _parameters(given: list[str]) -> dict[str, str]:
    """The values by their names."""
    parted = [text.partition("=") for text in given]
    wrong = next((text for text, (name, sign, _) in zip(given, parted, strict=True) if not (name and sign)), None)
    if wrong is not None:
        raise RequestError(f"-p '{in_one_line(wrong)}' is no NAME=VALUE; write -p name=value, and :name in the query")
    return {name.lstrip(":"): value for name, _, value in parted}


def _read() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise RequestError("the query on standard input is no text in UTF-8; write it so") from None
