"""JSON Schemas of the data files, derived from the models, so that editors complete, explain and check as one types.

pydantic turns the models into schemas. What it does not know is added here: from the source of the models, so that no
command pays for it at its start, the text below each field and the meaning of each word; and the ids of areas and
groups. References and partners are added too often for their ids to be listed. The schemas describe the YAML 1.2 that
editors see, where `NO` is text and `2024` a number; what they cannot say is left to `sdp validate`.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from sdp_matrix.files.scan import FOLDERS, SHARED_FILES
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
_SUPPORTED = [*Status, PLANNED, *Membership]
"""Words that editors propose where evidence says what it supports; other text is right as well."""


def schemas(areas: Sequence[Area], groups: Sequence[Group]) -> dict[str, str]:
    """The text of every schema, by its file name.

    >>> list(schemas((), ()))[:3]
    ['areas.schema.json', 'dataset.schema.json', 'groups.schema.json']
    """
    made = {f"{name}.schema.json": _schema(record, areas, groups) for name, record in sorted(RECORDS.items())}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}


def _schema(record: type[Record], areas: Sequence[Area], groups: Sequence[Group]) -> Schema:
    made = record.model_json_schema(schema_generator=_Generator)
    if coverage := made.get("properties", {}).get("coverage"):
        _name_areas(coverage, areas)
    for part in made.get("$defs", {}).values():
        part["description"] = part["description"].partition("\n\n")[0]  # no doctest
    ids: Schema = {}
    known = {"area": {area.id: area.title for area in areas}, "group": {group.id: group.title for group in groups}}
    _put_ids(made, known, ids)
    made["$defs"] = dict(sorted({**made.get("$defs", {}), **ids}.items()))
    return {"$schema": _DIALECT, "$comment": "Derived from the models, the areas and the groups; do not edit.", **made}


def _name_areas(coverage: Schema, areas: Sequence[Area]) -> None:
    """List every area by its id: editors complete them, and say what is missing or misspelt."""
    (cell,) = coverage.pop("patternProperties").values()
    coverage["properties"] = {
        area.id: {
            **cell,
            "title": f"{area.number}. {area.title}",
            **({"description": area.definition} if area.definition else {}),
        }
        for area in areas
    }
    coverage["required"] = [area.id for area in areas]
    coverage["additionalProperties"] = False


def _put_ids(part: object, known: Mapping[str, Mapping[str, str]], used: Schema) -> None:
    """Replace every mark by a reference to the list of ids; the lists that are used are gathered."""
    if isinstance(part, dict):
        kind = part.pop(LINK_KEY, None)
        if kind in known:
            del part["type"], part["pattern"]
            part["$ref"] = f"#/$defs/{kind}-id"
            used[f"{kind}-id"] = {
                "description": f"Id of a registered {kind}.",
                "enum": list(known[kind]),
                "enumDescriptions": list(known[kind].values()),
            }
        for inner in part.values():
            _put_ids(inner, known, used)
    elif isinstance(part, list):
        for inner in part:
            _put_ids(inner, known, used)


class _Generator(GenerateJsonSchema):
    """pydantic's generator, told what our reader does: no null, no other order of keys; and what our fields mean."""

    def nullable_schema(self, schema: Any) -> Schema:
        """A key that may be left out; an empty value is refused by the reader too."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Schema:
        """Without the default: a key that is left out should not be completed with it."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: Any) -> Schema:
        """A mapping; the pattern of ids that are keys says enough of them."""
        made = super().dict_schema(schema)
        if made.get("propertyNames", {}).keys() == {LINK_KEY}:
            del made["propertyNames"]
        return made

    def model_schema(self, schema: Any) -> Schema:
        """A mapping: keys in their order, each with its description; or what may stand for the whole."""
        model = schema["cls"]
        described, found = descriptions(model), super().model_schema(schema)
        properties = {key: _property(key, found["properties"][key], described) for key in records.fields(model)}
        required = [key for key in properties if key in found.get("required", ())]
        made = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
        if issubclass(model, Abridged):
            short = {k: v for k, v in properties[model.short_for].items() if k not in {"title", "description"}}
            made = {"anyOf": [short, made]}
        return {**made, "title": model.__name__, "description": _first_paragraph(model)}

    def enum_schema(self, schema: Any) -> Schema:
        """A closed list of words, each with its meaning."""
        words = schema["cls"]
        made = {**super().enum_schema(schema), "description": _first_paragraph(words)}
        if truths := {"true": True, "false": False}.keys() & {*words}:
            del made["type"]  # what we read as the words true and false, editors read as truth values
            made["enum"] = [word.value == "true" if word in truths else word.value for word in words]
        meanings = descriptions(words)
        return {**made, "enumDescriptions": [meanings[word.name] for word in words]} if meanings else made

    def sort(self, value: Any, parent_key: str | None = None) -> Any:  # noqa: ARG002 - pydantic's protocol
        """Keep the order of the records."""
        return value


def _first_paragraph(described: type) -> str:
    return inspect.cleandoc(described.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _property(key: str, made: Schema, described: Mapping[str, str]) -> Schema:
    title = key.replace("_", " ").replace("-", " ").capitalize()
    examples = {"examples": _SUPPORTED} if key == "supports" else {}
    return {**made, "title": title, "description": described[key.replace("-", "_")], **examples}


@cache
def _classes(module: str) -> dict[str, list[ast.stmt]]:
    """The statements in each class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}


def descriptions(described: type) -> dict[str, str]:
    """The text below each attribute of a class, read from its source: Python does not keep it."""
    found: dict[str, str] = {}
    own = [kind for kind in reversed(described.__mro__) if kind.__module__.startswith("sdp_matrix.")]
    bodies = [_classes(kind.__module__)[kind.__name__] for kind in own]
    for statement, after in chain.from_iterable(map(pairwise, bodies)):
        if isinstance(statement, ast.AnnAssign | ast.Assign) and isinstance(after, ast.Expr):
            target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            if isinstance(target, ast.Name) and isinstance(after.value, ast.Constant):
                found[target.id] = " ".join(str(after.value.value).split())
    return found
