"""Scripts that read the files of an export into R and Stata, with types and labels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.definition import Column, Table
from sdp_matrix.sanitize import flat

_R = """\
# {title}, {edition}.
# In R, source("load.R", chdir = TRUE) makes the list `sdp`: one data frame a table, with types, factors and labels.
sdp_read <- function(name, types, labels, levels) {{
  frame <- utils::read.csv(paste0(name, ".csv"), encoding = "UTF-8", colClasses = "character", na.strings = "",
                           check.names = FALSE, stringsAsFactors = FALSE)
  stopifnot(identical(names(frame), names(types)))
  for (field in names(types)) {{
    value <- frame[[field]]
    frame[[field]] <- switch(types[[field]],
      integer = as.integer(value), boolean = value == "true", date = as.Date(value),
      if (is.null(levels[[field]])) value else factor(value, levels = levels[[field]]))
    attr(frame[[field]], "label") <- labels[[field]]
  }}
  frame
}}
sdp <- list()
"""

_STATA = """\
* {title}, {edition}.
* In Stata, change to this folder and run `do load.do`: it writes one labelled .dta file a table.
version 14
set more off
"""
_AS_TEXT = 'clear varnames(1) case(preserve) stringcols(_all) encoding("utf-8") bindquotes(strict)'
_LONGEST_LABEL = 80
"""Characters of a label in Stata."""


def r(dataset: Dataset, tables: Sequence[Table]) -> str:
    """Render load.R."""
    head = _R.format(title=flat(dataset.edition.title), edition=dataset.edition.words)
    return head + "".join(_r_table(table) for table in tables)


def _r_table(table: Table) -> str:
    types = ", ".join(f"{f.name} = {_r_text(f.type)}" for f in table.columns)
    labels = ",\n    ".join(f"{f.name} = {_r_text(f.meaning)}" for f in table.columns)
    levels = ",\n    ".join(f"{f.name} = c({', '.join(map(_r_text, f.values))})" for f in table.columns if f.values)
    return f"""\
# {table.meaning}
sdp${table.name} <- sdp_read({_r_text(table.name)},
  c({types}),
  list({labels}),
  list({levels}))
"""


def _r_text(text: str) -> str:
    r"""A text in double quotes; R reads the escapes of JSON, which are those of C.

    >>> print(_r_text('a"b\\c'))
    "a\"b\\c"
    """
    return json.dumps(flat(str(text)), ensure_ascii=False)


def stata(dataset: Dataset, tables: Sequence[Table]) -> str:
    """Render load.do."""
    head = _STATA.format(title=flat(dataset.edition.title), edition=dataset.edition.words)
    return head + "".join("\n".join(_stata_table(table)) + "\n" for table in tables)


def _stata_table(table: Table) -> Iterator[str]:
    yield ""
    yield f'import delimited "{table.name}.csv", {_AS_TEXT}'
    yield f"label data {_stata_text(table.meaning)}"
    for number, column in enumerate(table.columns, 1):
        yield from _stata_column(column, f"l{number}")
    yield "compress"
    yield f'save "{table.name}.dta", replace'


def _stata_column(column: Column, label: str) -> Iterator[str]:
    if column.type == "integer":
        yield f"destring {column.name}, replace"
    elif column.type == "date":
        yield from _replaced(column.name, f'daily({column.name}, "YMD")')
        yield f"format {column.name} %td"
    elif column.type == "boolean":
        yield from _replaced(column.name, f'cond({column.name} == "true", 1, 0) if {column.name} != ""')
        yield f"label define {label} 0 {_stata_text('no')} 1 {_stata_text('yes')}, replace"
        yield f"label values {column.name} {label}"
    elif column.values:
        codes = " ".join(f"{code} {_stata_text(value)}" for code, value in enumerate(column.values, 1))
        yield f"label define {label} {codes}, replace"
        yield f"encode {column.name}, generate(coded) label({label}) noextend"
        yield from (f"order coded, after({column.name})", f"drop {column.name}", f"rename coded {column.name}")
    yield f"label variable {column.name} {_stata_text(column.meaning)}"


def _replaced(name: str, expression: str) -> Iterator[str]:
    """A variable computed from the text it replaces, in its place."""
    yield from (f"generate coded = {expression}", f"order coded, after({name})", f"drop {name}", f"rename coded {name}")


def _stata_text(text: str) -> str:
    """A text in the quotes of Stata that may hold quotes; nothing in it is run as a macro."""
    inert = flat(str(text)).replace("`", "'").replace("$", "USD ").replace("\"'", "' ")
    return f'`"{inert[:_LONGEST_LABEL]}"\''
