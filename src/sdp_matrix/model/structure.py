"""What a model allows at a place: which keys a mapping may have, and which model or type stands inside it."""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Where: TypeAlias = tuple[int | str, ...]
"""The keys and indices that lead to a value."""


def is_model(kind: Any) -> bool:
    """Whether a type is a model, which a file writes as a mapping with fixed keys."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@cache
def fields(model: Any) -> Mapping[str, FieldInfo]:
    """The fields of a model in canonical order, by the keys that a file has for them; none for any other type."""
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
