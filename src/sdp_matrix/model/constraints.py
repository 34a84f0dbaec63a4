"""What a single value in a data file has to look like: types with marks that `models` and `schema` read.

The marks tell pydantic what to accept, and editors what to offer; pydantic is imported only where a file is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sdp_matrix.model.vocabulary import UNKNOWN_DAY


@dataclass(frozen=True)
class Short:
    """Marks a type that may be written as one scalar, which then stands for its field `stands_for`."""

    stands_for: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic to read the short form."""
        from pydantic_core import core_schema

        def expand(value: object) -> object:
            return {self.stands_for: value} if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Tell editors that both forms are right."""
        long = handler(schema)
        scalar = handler.resolve_ref_schema(long)["properties"][self.stands_for]
        return {"anyOf": [{k: v for k, v in scalar.items() if k not in {"title", "description"}}, long]}


@dataclass(frozen=True)
class Pattern:
    """Marks a text that has a fixed form; `form` says it in words."""

    regex: str
    form: str
    rule: str = "form"
    like_number: bool = False
    """Whether a right text may look like a number to YAML, as a year does; editors then see a number."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic to check the form before it converts."""
        from pydantic_core import PydanticCustomError, core_schema

        matches = re.compile(self.regex).fullmatch

        def check(value: object) -> object:
            if isinstance(value, str) and not matches(value):
                raise PydanticCustomError("form", "expected {form}", {"form": self.form, "rule": self.rule})
            return value

        return core_schema.no_info_before_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Tell editors the form."""
        kind = {"type": ["string", "number"]} if self.like_number else {}
        return {**handler(schema), **kind, "pattern": f"^{self.regex}$"}


@dataclass(frozen=True)
class OrUnknown:
    """Marks a day that may also be written `unknown`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic to take the word before it reads a day."""
        from pydantic_core import core_schema

        def take(value: object, read: Any) -> object:
            return UNKNOWN_DAY if value == str(UNKNOWN_DAY) else read(value)

        return core_schema.no_info_wrap_validator_function(take, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Tell editors the word."""
        return {"anyOf": [handler(schema), {"const": str(UNKNOWN_DAY)}]}


@dataclass(frozen=True)
class InCalendar:
    """Marks a day, month or year that must exist."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic to look into the calendar, once the form is right."""
        from pydantic_core import PydanticCustomError, core_schema

        def check(value: str) -> str:
            try:
                date.fromisoformat((value + "-01-01")[:10])
            except ValueError:
                raise PydanticCustomError("date_parsing", "no such day") from None
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


Text = Annotated[
    str, Pattern(r"\S([\s\S]*\S)?", "text that is not empty and has no blanks at either end", like_number=True)
]
Words = Annotated[str, Pattern(r"[\s\S]*[^\W\d_][\s\S]*", "a name with letters", "words")]
Id = Annotated[str, Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters, digits and single hyphens", "id-form")]
Iso = Annotated[str, Pattern(r"[A-Z]{2}", "two capital letters (ISO 3166-1 alpha-2)", "iso-form")]
Url = Annotated[
    str,
    Pattern(
        r'https?://[^\s<>"{}|\\^`]+', "an address that starts with http:// or https:// and has no blanks", "url-form"
    ),
]
Number = Annotated[int, Pattern(r"[1-9][0-9]{0,5}", "a whole number from 1")]
Day = Annotated[date, Pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day written YYYY-MM-DD", "date-form")]
Version = Annotated[str, Pattern(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", "a version such as 1.0.0")]
PartialDate = Annotated[
    str,
    Pattern(
        r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
        "a date written YYYY, YYYY-MM or YYYY-MM-DD",
        "date-form",
        like_number=True,
    ),
    InCalendar(),
]
