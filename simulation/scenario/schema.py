"""The JSON Schema of scenario files, for editors that complete and check while one types.

It is the schema of the models with what only files have: a value may be an assumption, and a
file that extends another one leaves out whatever it does not change.
"""

from typing import Annotated

from pydantic import BaseModel, TypeAdapter

from simulation.scenario.anatomy import aliases
from simulation.scenario.assumption import Assumption
from simulation.scenario.base import Part
from simulation.scenario.problems import Plain
from simulation.scenario.scenario import Scenario

Schema = dict[str, Plain]

_DEFS = "#/$defs/"
_CHANGE = "Change"
_SCALARS = {"number", "integer", "string", "boolean"}
_EXTENDS: Schema = {
    "type": "string",
    "minLength": 1,
    "description": "File that this scenario extends, relative to this file. Mappings merge key by"
    " key, lists and values replace, null removes; title and why are not inherited.",
}


def json_schema() -> Schema:
    """Give the JSON Schema (draft 2020-12) of scenario files."""
    models = _models()
    whole = {name: _as_in_file(schema) for name, schema in models.items()}
    changes = {f"{name}{_CHANGE}": _as_change(schema) for name, schema in whole.items()}
    change = changes[f"Scenario{_CHANGE}"]
    change["properties"] = {"extends": _EXTENDS, **change["properties"]}
    change["required"] = ["extends", "title", "why"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kanaalkompas scenario",
        "description": "A channel strategy for one organisation over one period.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{_DEFS}Scenario{_CHANGE}"},
        "else": {"$ref": f"{_DEFS}Scenario"},
        "$defs": {**whole, "Assumption": _assumption(), **changes},
    }


def _models() -> dict[str, Schema]:
    """Give the schema of each model by name, with defaults as a file would write them."""
    root = Scenario.model_json_schema()
    schemas: dict[str, Schema] = {**root.pop("$defs"), "Scenario": root}
    for model in _subclasses(Part):
        for key, field in aliases(model).items():
            known = schemas.get(model.__name__, {}).get("properties", {}).get(key, {})
            if "default" in known:
                kind = Annotated[field.annotation, None, *field.metadata]  # type: ignore[name-defined]
                default = field.get_default(call_default_factory=True)
                written = TypeAdapter(kind).dump_python(default, mode="json", exclude_defaults=True)
                known["default"] = written
    return schemas


def _subclasses(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [each for child in model.__subclasses__() for each in (child, *_subclasses(child))]


def _assumption() -> Schema:
    schema = Assumption.model_json_schema()
    schema.pop("$defs", None)
    date = schema["properties"]["date"]
    date["anyOf"].append({"type": "integer", "minimum": 1000, "maximum": 9999})
    return schema


def _as_in_file(schema: Plain) -> Plain:
    """Let every value, and every list of values, be an assumption too."""
    if isinstance(schema, list):
        return [_as_in_file(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if _may_be_assumption(schema):
        about = {key: schema[key] for key in ("title", "description", "default") if key in schema}
        value = {key: part for key, part in schema.items() if key not in about}
        assumption = {"$ref": f"{_DEFS}Assumption", "properties": {"value": value}}
        return {**about, "anyOf": [value, assumption]}
    inside: Schema = {
        key: part if key in {"default", "required", "enum"} else _as_in_file(part)
        for key, part in schema.items()
        if key != "discriminator"
    }
    if "patternProperties" in inside:
        inside["additionalProperties"] = False
    return inside


def _may_be_assumption(schema: Schema) -> bool:
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return items.get("type") in _SCALARS and "pattern" not in items
    return schema.get("type") in _SCALARS and "const" not in schema


def _as_change(schema: Plain) -> Plain:
    """Require nothing, and let null remove; what stands in a list is still whole."""
    if isinstance(schema, list):
        return [_as_change(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("$ref") == f"{_DEFS}Assumption":
        return schema
    change: Schema = {}
    for key, part in schema.items():
        if key in {"items", "default", "enum"}:
            change[key] = part
        elif key in {"properties", "patternProperties"}:
            change[key] = {name: _or_null(_as_change(inner)) for name, inner in part.items()}
        elif key == "$ref":
            change[key] = part + _CHANGE
        elif key not in {"required", "minProperties"}:
            change["anyOf" if key == "oneOf" else key] = _as_change(part)
    return change


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
