"""What all models of the data files are built of: the notation of single values, records, and links by id.

YAML gives every value as text, and one notation is read: `1.0` is no whole number here and `86400` is no day, though
pydantic would take both. `files` says in words what each pattern asks for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
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
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticKnownError

from sdp_matrix.model.vocabulary import EVERYBODY, GROUP_FIELD, IN_TABLE, UNKNOWN

TEXT = r"^\S([\s\S]*\S)?$"
WORDS = r"^[\s\S]*[^\W\d_][\s\S]*$"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ISO = r"^[A-Z]{2}$"
URL = r'^https?://[^\s<>"{}|\\^`]+$'
DOI = r"^10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+$"
VERSION = r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$"
OPERAND = r"^(group:)?[a-z0-9]+(-[a-z0-9]+)*$"
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
    """Marks a text that names something by its id: `links` lists and the rules check all that bear it."""

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


class Record(BaseModel):
    """Part of a data file: frozen, and a key that it does not have is an error.

    The text below each field is its description in the JSON Schemas that editors use.
    One that holds a mapping, such as a partnership, has no hash: put its id into sets and keys.
    """

    # Parts are built into the model of their file; built on their own as well, they would double the time to start.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, defer_build=True
    )

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        """Name a record that has an id by it: all fields of a partnership would fill several screens."""
        return [(None, self.id)] if hasattr(self, "id") else super().__repr_args__()


class Abridged(Record):
    """A record that a file may write as the value of one field, where nothing else is to be said."""

    short_for: ClassVar[str]
    """The field."""

    @model_validator(mode="before")
    @classmethod
    def _expanded(cls, value: object) -> object:
        return {cls.short_for: value} if isinstance(value, str) else value


class Source(Record):
    """A place in a reference."""

    reference: ReferenceId
    """Id of an entry of references.yaml."""
    locator: Text | None = None
    """Section, table or page of the reference; needed for briefings and papers."""


Where: TypeAlias = tuple[int | str, ...]
"""The keys and indices that lead to a value."""


def is_model(kind: Any) -> bool:
    """Whether a type is a model, which a file writes as a mapping with fixed keys."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@cache
def fields(model: Any) -> Mapping[str, FieldInfo]:
    """The fields of a model in their order, by the keys that a file has for them; none for any other type."""
    own: dict[str, FieldInfo] = model.model_fields if is_model(model) else {}
    return {info.alias or name: info for name, info in own.items()}


def keys(model: Any, where: Where = ()) -> list[str]:
    """The keys that a mapping may have at a place in a model.

    >>> from sdp_matrix.model.partnership import Partnership
    >>> keys(Partnership, ("coverage", "cyber", "evidence", 0))
    ['reference', 'locator', 'supports', 'note']
    """
    kind = model
    for step in where:
        kind = inside(kind, step)
    return list(fields(kind))


@cache
def inside(kind: Any, step: int | str) -> Any:
    """The type of what stands one step inside a type."""
    if chosen := claims(kind).get(str(step)):
        return chosen
    if is_model(kind):
        info = fields(kind).get(str(step))
        return bare(info.annotation) if info else object
    return bare(get_args(kind)[1 if get_origin(kind) is Mapping else 0]) if get_args(kind) else object


def bare(kind: Any) -> Any:
    """A type without its constraints, and without None where a value may be left out."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return bare(parts[0]) if len(parts) == 1 else kind
    return kind


def claims(union: Any) -> dict[str, Any]:
    """The models of a union by their kinds; none for any other type.

    >>> from sdp_matrix.model.registers import OrderByDate, RankByDate
    >>> list(claims(OrderByDate | RankByDate))
    ['order-by-date', 'rank-by-date']
    """
    if get_origin(union) not in {Union, UnionType}:
        return {}
    return {get_args(fields(model)["kind"].annotation)[0]: model for model in get_args(union)}


class Link(NamedTuple):
    """What a record names by its id, and where."""

    where: Where
    kind: str
    """area, group, reference or partner."""
    id: str
    holder: Record
    """The record whose field it is."""
    is_key: bool = False
    """Whether it is the key of a mapping."""


def links(record: Record) -> Iterator[Link]:
    """Yield everything that a record names by its id, in the order of its keys.

    >>> from sdp_matrix.model.registers import Group
    >>> [link[:3] for link in links(Group(id="a", title="Allies", reference="eprs-2026-03"))]
    [(('reference',), 'reference', 'eprs-2026-03')]
    """
    return _links_in(type(record), record, (), record)


def _links_in(kind: Any, value: Any, where: Where, holder: Record) -> Iterator[Link]:
    if isinstance(value, str):
        if named := _named(kind, value):
            yield Link(where, *named, holder)
    elif isinstance(value, Record):
        for name, (key, inner) in linking(type(value)).items():
            yield from _links_in(inner, getattr(value, name), (*where, key), value)
    elif isinstance(value, Mapping):
        of_keys, of_values = get_args(bare(kind))
        for key, held in value.items():
            if named := _named(of_keys, key):
                yield Link((*where, key), *named, holder, is_key=True)
            yield from _links_in(of_values, held, (*where, key), holder)
    elif isinstance(value, tuple):
        for index, held in enumerate(value):
            yield from _links_in(get_args(bare(kind))[0], held, (*where, index), holder)


def _named(kind: Any, text: str) -> tuple[str, str] | None:
    """Return what a text of a type names, its kind and id; None if it names nothing by an id."""
    match linked(kind):
        case "operand" if text.startswith(GROUP_FIELD):
            return "group", text.removeprefix(GROUP_FIELD)
        case "operand":
            return None if text in {EVERYBODY, IN_TABLE} else ("partner", text)
        case "origin":
            return ("reference", text) if re.fullmatch(ID, text) else None
        case named:
            return (named, text) if named else None


@cache
def linked(kind: Any) -> str | None:
    """Return what an id of this type is the id of.

    >>> from sdp_matrix.model.record import AreaId, Id
    >>> linked(AreaId), linked(AreaId | None), linked(Id)
    ('area', 'area', None)
    """
    if get_origin(kind) in {Union, UnionType}:
        return next(filter(None, map(linked, get_args(kind))), None)
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark.kind for mark in marks if isinstance(mark, LinkTo)), None)


@cache
def linking(model: type[BaseModel]) -> dict[str, tuple[str, Any]]:
    """Return the fields of a model that name something by its id, directly or within: of each its key and type."""
    kinds = {name: _whole(info) for name, info in model.model_fields.items()}
    return {name: (model.model_fields[name].alias or name, kind) for name, kind in kinds.items() if _names(kind)}


def _whole(info: FieldInfo) -> Any:
    """Return the type of a field with its constraints, which pydantic keeps apart."""
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _names(kind: Any) -> bool:
    if is_model(kind):
        return bool(linking(kind))
    return linked(kind) is not None or any(map(_names, get_args(kind)))
