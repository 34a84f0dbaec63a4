"""What a single value in a data file has to look like, in pydantic's own constraints.

YAML gives every value as text, and one notation is read: `1.0` is no whole number here and `86400` is no day, though
pydantic would take both. `files.reader` says in words what each pattern asks for.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticKnownError

from sdp_matrix.model.vocabulary import UNKNOWN

TEXT = r"^\S([\s\S]*\S)?$"
WORDS = r"^[\s\S]*[^\W\d_][\s\S]*$"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ISO = r"^[A-Z]{2}$"
URL = r'^https?://[^\s<>"{}|\\^`]+$'
DOI = r"^10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+$"
VERSION = r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$"
OPERAND = r"^(group:)?[a-z0-9]+(-[a-z0-9]+)*$"
EVERYBODY, IN_TABLE = "all", "table"
"""The operands that are neither a group nor a partner."""
NUMBER = r"^[1-9][0-9]{0,5}$"
COUNT = r"^(0|[1-9][0-9]{0,5})$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TRUE = r"^true$"
PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def written(pattern: str) -> BeforeValidator:
    """Make a validator that refuses text in another notation before it is converted."""
    matches = re.compile(pattern).search

    def check(value: object) -> object:
        if isinstance(value, str) and not matches(value):
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": pattern})
        return value

    return BeforeValidator(check)


@dataclass(frozen=True, slots=True)
class LinkTo:
    """Marks a text that names something by its id: `structure.links` lists and the rules check all that bear it."""

    kind: Literal["area", "group", "reference", "partner", "operand", "origin"]
    """What it names; an operand is a group or partner, and an origin that looks like an id is a reference."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Mark the schema as well, for `files.json_schema`."""
        return {**handler(core), LINK_KEY: self.kind}


LINK_KEY = "x-names-a"
"""The key of a JSON schema that says what an id is the id of."""


def _none_for_unknown(value: object) -> object:
    return None if value == UNKNOWN else value


def _in_calendar(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])
    return value


_LIKE_NUMBER = Field(json_schema_extra={"type": ["string", "number"]})
"""To an editor, `2024` in a YAML file is a number."""

Text = Annotated[str, StringConstraints(pattern=TEXT), _LIKE_NUMBER]
Words = Annotated[str, StringConstraints(pattern=WORDS)]
Id = Annotated[str, StringConstraints(pattern=ID)]
AreaId = Annotated[Id, LinkTo("area")]
GroupId = Annotated[Id, LinkTo("group")]
ReferenceId = Annotated[Id, LinkTo("reference")]
PartnerId = Annotated[Id, LinkTo("partner")]
Origin = Annotated[Text, LinkTo("origin")]
Iso = Annotated[str, StringConstraints(pattern=ISO)]
Url = Annotated[str, StringConstraints(pattern=URL)]
Doi = Annotated[str, StringConstraints(pattern=DOI)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]
Operand = Annotated[str, StringConstraints(pattern=OPERAND), LinkTo("operand")]
PartialDate = Annotated[str, StringConstraints(pattern=PARTIAL_DATE), AfterValidator(_in_calendar), _LIKE_NUMBER]
Number = Annotated[int, Field(ge=1), written(NUMBER)]
Count = Annotated[int, Field(ge=0), written(COUNT)]
OnlyTrue = Annotated[bool, written(TRUE), Field(json_schema_extra={"const": True})]
Day = Annotated[date, written(DAY), Field(json_schema_extra={"pattern": DAY})]
DayOrUnknown = Annotated[
    Day | None, BeforeValidator(_none_for_unknown, json_schema_input_type=Day | Literal["unknown"])
]
