"""Values of arguments and options: text stays as it was typed, and costs nothing to read.

typer turns every value into its type with pydantic, also text into text and nothing into nothing. The help of a command
and completion read no data and must not wait for pydantic, so what is text already does not go through it.
"""

from __future__ import annotations

from functools import partial
from typing import Any


def text_left_alone(parameters: list[Any]) -> list[Any]:
    """Let the text parameters of a typer command, and those not given, keep their values as they are."""
    for parameter in parameters:
        if hasattr(parameter, "get_runtime_param") and "get_runtime_param" not in vars(parameter):
            parameter.get_runtime_param = partial(_Typed, parameter, parameter.get_runtime_param)
    return parameters


class _Typed:
    """Stands before typer's own conversion of one parameter."""

    def __init__(self, parameter: Any, convert: Any) -> None:
        self.parameter, self.convert = parameter, convert

    def coerce(self, value: Any, **context: Any) -> Any:
        """The value where it needs no conversion; else what typer makes of it."""
        many = self.parameter.multiple or self.parameter.nargs == -1
        if value is None:
            return () if many else None
        if self.parameter.type_descriptor.annotation in (str, list[str]):
            return list(value) if many else value
        return self.convert().coerce(value, **context)
