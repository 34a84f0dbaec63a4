"""Derive JSON Schemas of the data files from the models, so that editors complete, explain and check them.

pydantic makes schemas of the models. This module adds the meaning of each word and the ids of areas and groups; those
of references and partners change too often. The schemas describe YAML 1.2 as editors read it, in which `NO` is text and
`2024` a number; what they cannot express is left to `sdp validate`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from sdp_matrix.files.reader import FOLDERS, SHARED_FILES
from sdp_matrix.model import record as records
from sdp_matrix.model.record import LINK_KEY, Abridged, Record
from sdp_matrix.model.registers import Area, Group
from sdp_matrix.model.vocabulary import PLANNED, Membership, Status

Schema: TypeAlias = dict[str, Any]

RECORDS: Mapping[str, type[Record]] = {
    **{name.removesuffix(".yaml"): record for name, record in SHARED_FILES.items()},
    **{folder.removesuffix("s"): record for folder, record in FOLDERS.items()},
}
"""Name of a schema to the record that it describes."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SUPPORTED = [*Status, PLANNED, *Membership]  # proposed for `supports`, which may also be a day or other text


def schemas(areas: Sequence[Area], groups: Sequence[Group]) -> dict[str, str]:
    """Return the text of every schema, by its file name.

    >>> list(schemas((), ()))[:3]
    ['areas.schema.json', 'dataset.schema.json', 'groups.schema.json']
    """
    return {f"{name}.schema.json": _schema(record, areas, groups) for name, record in sorted(RECORDS.items())}


def _schema(record: type[Record], areas: Sequence[Area], groups: Sequence[Group]) -> str:
    schema = record.model_json_schema(schema_generator=_Generator)
    if coverage := schema.get("properties", {}).get("coverage"):
        (cell,) = coverage.pop("patternProperties").values()  # editors complete listed keys, not patterns
        texts = (
            {"title": f"{area.number}. {area.title}", "description": area.definition or area.title} for area in areas
        )
        coverage["properties"] = {area.id: {**cell, **text} for area, text in zip(areas, texts, strict=True)}
        coverage |= {"required": [area.id for area in areas], "additionalProperties": False}
    definitions = schema.pop("$defs", {})
    for part in definitions.values():
        part["description"] = part["description"].partition("\n\n")[0]  # without the doctest
    titles = {"area": {area.id: area.title for area in areas}, "group": {group.id: group.title for group in groups}}
    for kind in _linked([schema, definitions], titles):
        ids = {"enum": [*titles[kind]], "enumDescriptions": [*titles[kind].values()]}
        definitions[f"{kind}-id"] = {"description": f"Id of a registered {kind}.", **ids}
    head = {"$schema": _DIALECT, "$comment": "Derived from the models, the areas and the groups; do not edit."}
    schema = {**head, **schema, "$defs": dict(sorted(definitions.items()))}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _linked(part: object, kinds: Collection[str]) -> set[str]:
    """Replace the marks of ids by references to the lists of ids; return the kinds of these."""
    used: set[str] = set()
    if isinstance(part, dict) and (kind := part.pop(LINK_KEY, None)) in kinds:
        del part["type"], part["pattern"]
        part["$ref"] = f"#/$defs/{kind}-id"
        used.add(kind)
    parts: Iterable[object] = part if isinstance(part, list) else ()
    if isinstance(part, dict):
        parts = part.values()
    return used.union(*(_linked(inner, kinds) for inner in parts))


class _Generator(GenerateJsonSchema):
    """pydantic's generator, adapted to our reader: no null, keys in their order, and the meaning of each field."""

    def default_schema(self, schema: Any) -> Schema:
        """Return the schema without the default, which editors would write for a key that is left out."""
        return self.generate_inner(schema["schema"])

    nullable_schema = default_schema  # a key may be left out, but the reader refuses an empty value

    def dict_schema(self, schema: Any) -> Schema:
        mapping = super().dict_schema(schema)
        # the mark of an id as a key; its pattern is in patternProperties already
        if mapping.get("propertyNames", {}).keys() == {LINK_KEY}:
            del mapping["propertyNames"]
        return mapping

    def model_schema(self, schema: Any) -> Schema:
        """Return the schema of a record: keys in their order, each with its description; or of its short form."""
        model = schema["cls"]
        plain = super().model_schema(schema)
        meaning = _first_paragraph(model)
        properties = {key: _property(key, plain["properties"][key], meaning) for key in records.fields(model)}
        required = [key for key in properties if key in plain.get("required", ())]
        shape = {"type": "object", "properties": properties, "required": required}
        record: Schema = {**shape, "additionalProperties": False}
        if issubclass(model, Abridged):
            short = {k: v for k, v in properties[model.short_for()].items() if k not in {"title", "description"}}
            record = {"anyOf": [short, record]}
        return {**record, "title": model.__name__, "description": meaning}

    def enum_schema(self, schema: Any) -> Schema:
        """Return the schema of a closed list of words, each with its meaning."""
        words = schema["cls"]
        choice = {**super().enum_schema(schema), "description": _first_paragraph(words)}
        if truths := {"true": True, "false": False}.keys() & {*words}:
            del choice["type"]  # our reader takes them for words, editors for booleans
            choice["enum"] = [word.value == "true" if word in truths else word.value for word in words]
        meanings = [word.meaning for word in words]
        return {**choice, "enumDescriptions": meanings} if any(meanings) else choice

    def sort(self, value: Any, parent_key: str | None = None) -> Any:  # noqa: ARG002 - pydantic's protocol
        return value


def _first_paragraph(described: type) -> str:
    return inspect.cleandoc(described.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _property(key: str, schema: Schema, meaning: str) -> Schema:
    """Return the schema of a field; the kind of a claim has the meaning of its record."""
    title = key.replace("_", " ").replace("-", " ").capitalize()
    examples = {"examples": _SUPPORTED} if key == "supports" else {}
    own = {"description": meaning} if "const" in schema and key == "kind" else {}
    return {**schema, **own, "title": title, **examples}
