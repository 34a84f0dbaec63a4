"""The building blocks of all models: notations of single values, records, and links by id.

Every YAML value arrives as text and has one notation: `1.0` is not a whole number here and `86400` is not a day, though
pydantic would take both. `files.reader` says in words what each pattern requires.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticKnownError

from sdp_matrix.model.vocabulary import EVERYBODY, GROUP_FIELD, IN_TABLE, UNKNOWN

# Three engines read these patterns: Python's, pydantic's and, through the JSON Schemas, that of an editor.
TEXT = r"^\S([\s\S]*\S)?$"  # no space at either end; [\s\S] is any character, as a dot excludes line breaks
WORDS = r"^[\s\S]*[^\W\d_][\s\S]*$"  # at least one letter: what \w has besides digits and _
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ISO = r"^[A-Z]{2}$"  # the form only; a rule looks the code up
_UNFIT = r'\s<>"{}|\\^`…'  # what RFC 3986 excludes, and the sign of a text that is cut off
_HOST = rf"[^{_UNFIT}/?#,:@.]+"
# three dots may be inside a word (v1...v2), at its end they cut it off; an address does not end with a comma
_REST, _END = (rf"(\.{{0,2}}[^{_UNFIT}{last}.]|\.{{3,}}[^{_UNFIT}{last}./?#])" for last in ("", ",;"))
URL = rf"^https?://{_HOST}(\.{_HOST})+(:[0-9]+)?([/?#]({_REST}*{_END})?)?$"
DOI = r"^10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+$"  # the pattern that Crossref recommends
SPDX = r"^[A-Za-z0-9][A-Za-z0-9.+-]*$"
CELEX = r"^[0-9CE][0-9]{4}[A-Z]{1,3}[0-9A-Z/_-]*(\([0-9]{2}\)[0-9A-Z/_-]*)*$"  # as in 22016A0319(01)
VERSION = r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$"
OPERAND = r"^(group:)?[a-z0-9]+(-[a-z0-9]+)*$"
NUMBER = r"^[1-9][0-9]{0,5}$"  # no sign and no leading zero, so that a number is written in one way
COUNT = r"^(0|[1-9][0-9]{0,5})$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TRUE = r"^true$"  # a line with false would say the same as no line
PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def notation(pattern: str) -> BeforeValidator:
    """Return a validator that refuses text in another notation before it is converted."""
    matches = re.compile(pattern).search

    def check(value: object) -> object:
        if isinstance(value, str) and not matches(value):
            # the error of a pydantic pattern, so that `files.reader` words both alike
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": pattern})
        return value

    return BeforeValidator(check)


@dataclass(frozen=True)
class LinkTo:
    """Marks a text as the id of something; `contents` lists every such text, and rules check it."""

    kind: Literal["area", "group", "reference", "partner", "operand", "origin"]
    """The kind of thing: an operand is a group or partner, an origin that looks like an id is a reference."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Mark the schema as well, for `files.json_schema`."""
        return {**handler(core), LINK_KEY: self.kind}


LINK_KEY = "x-names-a"  # marks the ids in a schema for `files.json_schema`, which takes it out


def _none_for_unknown(value: object) -> object:
    return None if value == UNKNOWN else value


def _in_calendar(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])  # raises ValueError, which pydantic reports
    return value


_LIKE_NUMBER = Field(json_schema_extra={"type": ["string", "number"]})  # to an editor, `2024` in YAML is a number

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
Number = Annotated[int, Field(ge=1), notation(NUMBER)]  # the notation is checked before the conversion
Count = Annotated[int, Field(ge=0), notation(COUNT)]
OnlyTrue = Annotated[bool, notation(TRUE), Field(json_schema_extra={"const": True})]
Day = Annotated[date, notation(DAY), Field(json_schema_extra={"pattern": DAY})]
DayOrUnknown = Annotated[
    Day | None, BeforeValidator(_none_for_unknown, json_schema_input_type=Day | Literal["unknown"])
]


class Record(BaseModel):
    """A part of a data file: frozen, and a key that it does not have is an error.

    The description of a field is shown by editors, through the JSON Schemas, and by the codebook.
    A record with a mapping, such as a partnership, has no hash: put its id into sets and keys.
    """

    # Parts are built into the model of their file; built on their own as well, they would double the time to start.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, defer_build=True
    )


class Entry(Record):
    """A record that is named by its id; `repr` shows nothing else, as all fields would fill several screens."""

    id: Id = Field(description="Id; never reused.")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name by which a person may ask for it, the id included."""
        return (self.id,)

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        return [(None, self.id)]


class Abridged(Record):
    """A record that a file may write as the value of its required field, if the others are left out."""

    @classmethod
    @cache
    def short_for(cls) -> str:
        """Return the name of the required field."""
        return next(name for name, info in cls.model_fields.items() if info.is_required())

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return {cls.short_for(): value} if isinstance(value, str) else value


class Source(Record):
    """A place in a reference."""

    reference: ReferenceId = Field(description="Id of an entry of references.yaml.")
    locator: Text | None = Field(default=None, description="Section, table or page; briefings and papers need it.")


Where: TypeAlias = tuple[int | str, ...]  # the keys and indices that lead to a value


@cache
def fields(kind: Any) -> Mapping[str, Any]:
    """Return the types of the fields of a model by the keys that a file has for them; none for any other type."""
    model = bare_type(kind)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return {}
    # pydantic keeps the constraints of a field, and with them the mark of a link, apart from its type
    return {
        info.alias or name: Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        for name, info in model.model_fields.items()
    }


@cache
def inner_type(kind: Any, step: int | str) -> Any:
    """Return the type of a value one step inside a type, with its constraints."""
    if claim := claim_models(kind).get(str(step)):  # pydantic puts the kind of a claim into the path of an error
        return claim
    if own := fields(kind):
        return own.get(str(step), object)
    arguments = get_args(bare_type(kind))  # key and value of a mapping, or the item of a tuple
    return arguments[1 if get_origin(bare_type(kind)) is Mapping else 0] if arguments else object


def bare_type(kind: Any) -> Any:
    """Return a type without its constraints, and without None if a value may be left out."""
    if get_origin(kind) is Annotated:
        return bare_type(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return bare_type(parts[0]) if len(parts) == 1 else kind  # a union of claims stays one
    return kind


def is_optional(kind: Any) -> bool:
    """Return whether a value of this type may be None."""
    whole = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return type(None) in get_args(whole)


def claim_models(kind: Any) -> dict[str, Any]:
    """Return the models of a union by their kinds; none for any other type.

    >>> from sdp_matrix.model.registers import OrderByDate, RankByDate
    >>> list(claim_models(OrderByDate | RankByDate))
    ['order-by-date', 'rank-by-date']
    """
    union = bare_type(kind)
    if get_origin(union) not in {Union, UnionType}:
        return {}
    return {get_args(fields(model)["kind"])[0]: model for model in get_args(union)}


class Link(NamedTuple):
    """An id in a record that refers to something else."""

    where: Where
    id: str
    holder: Record  # the record with the id
    is_key: bool = False  # whether it is the key of a mapping


class Contents(NamedTuple):
    """What rules ask of the inside of a record, with the places in the file, in the order of the keys."""

    links: dict[str, list[Link]]  # by what they refer to: area, group, reference or partner
    lists: list[tuple[Where, tuple[Any, ...]]]  # those with several items
    dates: list[tuple[Where, str]]  # a month or year, too


def contents(record: Record) -> Contents:
    """Return the links, lists and dates inside a record.

    >>> from sdp_matrix.model.registers import Group
    >>> [link[:2] for link in contents(Group(id="a", title="Allies", reference="eprs-2026-03")).links["reference"]]
    [(('reference',), 'eprs-2026-03')]
    """
    inside = Contents({kind: [] for kind in ("area", "group", "reference", "partner")}, [], [])
    _from_record(inside, record, (), record)
    return inside


_Collector: TypeAlias = Callable[[Contents, Any, Where, Record], None]  # takes a value, its place and its record


@cache
def _collectors(model: type[Record]) -> list[tuple[str, str, _Collector]]:
    """Return the keys and names of the fields in which something can be, and what collects it."""
    collectors = ((key, _collector(kind, key)) for key, kind in fields(model).items())
    # the key not-covered is the field not_covered
    return [(key, key.replace("-", "_"), collect) for key, collect in collectors if collect]


def _collector(kind: Any, key: str = "") -> _Collector | None:
    """Return what collects from values of a type; None if nothing can be in them."""
    bare = bare_type(kind)
    if fields(bare) or claim_models(bare):
        return _from_record
    arguments = get_args(bare)
    if get_origin(bare) is tuple:
        return partial(_from_many, None, _collector(arguments[0]))
    if get_origin(bare) is Mapping:
        return partial(_from_many, link_kind(arguments[0]), _collector(arguments[1]))
    # a month or year is a text
    kind_of_text = "date" if bare is date or key in {"date", "since"} else link_kind(kind)
    return partial(_from_text, kind_of_text) if kind_of_text else None


def _from_record(inside: Contents, record: Record, where: Where, _: Record) -> None:
    for key, name, collect in _collectors(type(record)):
        if part := getattr(record, name):
            collect(inside, part, (*where, key), record)


def _from_many(key: str | None, collect: Any, inside: Contents, many: Any, where: Where, holder: Record) -> None:
    """Collect from a list or mapping; `key` is what a key of the mapping is the id of."""
    if isinstance(many, tuple) and len(many) > 1:
        inside.lists.append((where, many))
    for step, part in many.items() if isinstance(many, dict) else enumerate(many):
        if key:
            _from_text(key, inside, step, (*where, step), holder, is_key=True)
        if collect:
            collect(inside, part, (*where, step), holder)


def _from_text(kind: str, inside: Contents, text: Any, where: Where, holder: Record, *, is_key: bool = False) -> None:
    if kind in inside.links:
        inside.links[kind].append(Link(where, text, holder, is_key))
    elif kind == "date":
        inside.dates.append((where, str(text)))
    elif kind == "origin":
        if re.fullmatch(ID, text):  # the name of a publisher has capitals or spaces
            inside.links["reference"].append(Link(where, text, holder))
    elif text.startswith(GROUP_FIELD):
        inside.links["group"].append(Link(where, text.removeprefix(GROUP_FIELD), holder))
    elif text not in {EVERYBODY, IN_TABLE}:
        inside.links["partner"].append(Link(where, text, holder))


@cache
def link_kind(kind: Any) -> str | None:
    """Return what an id of this type is the id of.

    >>> link_kind(AreaId), link_kind(AreaId | None), link_kind(Id)
    ('area', 'area', None)
    """
    if get_origin(kind) in {Union, UnionType}:
        return next(filter(None, map(link_kind, get_args(kind))), None)
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark.kind for mark in marks if isinstance(mark, LinkTo)), None)
