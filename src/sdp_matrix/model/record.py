"""What all models of the data files have in common."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Record(BaseModel):
    """Part of a data file: frozen, and a key that it does not have is an error.

    The text below each field is its description in the JSON Schemas that editors use.
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
