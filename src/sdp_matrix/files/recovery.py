"""A model of a document that has faults, as far as its text can be guessed.

It serves rules that look across files, so that one run reports every fault; nothing else may use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from sdp_matrix.files.document import Document
from sdp_matrix.matching import nearest
from sdp_matrix.model import structure
from sdp_matrix.model.dates import iso_day
from sdp_matrix.model.record import Abridged

M = TypeVar("M", bound=BaseModel)


def draft(document: Document, model: type[M]) -> M | None:
    r"""Guess the model of a faulty document; None where there is no mapping.

    >>> from sdp_matrix.files.document import parse
    >>> from sdp_matrix.model.registers import Group
    >>> draft(parse("x.yaml", b"id: A B\ntitel: Allies\n"), Group).title
    'Allies'
    """
    return _model(model, document.value) if isinstance(document.value, dict) else None


def _guess(kind: Any, value: Any) -> Any:
    kind = structure.bare(kind)
    if structure.is_model(kind):
        return _model(kind, value)
    if get_origin(kind) is tuple:
        return tuple(_guess(get_args(kind)[0], item) for item in value) if isinstance(value, list) else ()
    if get_origin(kind) is Mapping:
        items = value.items() if isinstance(value, dict) else ()
        return {key: _guess(get_args(kind)[1], item) for key, item in items}
    return _scalar(kind, value if isinstance(value, str) else "")


def _model(model: type[M], value: Any) -> M:
    if issubclass(model, Abridged) and isinstance(value, str):
        value = {model.short_for: value}
    fields = structure.fields(model)
    given = value if isinstance(value, dict) else {}
    meant = {key if key in fields else nearest(key, fields): item for key, item in given.items()}
    guessed = {
        key: _guess(info.annotation, meant.get(key))
        for key, info in fields.items()
        if key in meant or info.is_required()
    }
    return model.model_construct(**guessed)


def _scalar(kind: Any, value: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = [member for member in kind if member.value == value]
        return (known or [member for member in kind if member.value == "unknown"] or list(kind))[0]
    if kind is date:
        return iso_day(value)
    if kind is int:
        return int(value) if re.fullmatch("[0-9]{1,6}", value) else 0
    return value
