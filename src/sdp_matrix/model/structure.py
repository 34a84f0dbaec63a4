"""What a model allows at a place: keys of mappings, types inside them; and what a record names by its id."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sdp_matrix.model.constraints import EVERYBODY, ID, IN_TABLE, LinkTo
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import GROUP_FIELD

Where: TypeAlias = tuple[int | str, ...]
"""The keys and indices that lead to a value."""


def is_model(kind: Any) -> bool:
    """Whether a type is a model, which a file writes as a mapping with fixed keys."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@cache
def fields(model: Any) -> Mapping[str, FieldInfo]:
    """The fields of a model in their order, by the keys that a file has for them; none for any other type."""
    found: dict[str, FieldInfo] = model.model_fields if is_model(model) else {}
    return {info.alias or name: info for name, info in found.items()}


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

    >>> from sdp_matrix.model.statement import OrderByDate, RankByDate
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

    >>> from sdp_matrix.model.constraints import AreaId, Id
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
