"""JSON out of what a model wrote, and whether it keeps to a schema. Pure.

Knows the strict subset that is sent to servers: objects with every property required and none
beside them, arrays, strings, numbers, booleans, null, and closed lists of words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.llm_values import JsonObject, Schema

LONGEST = 20_000
"""Characters of an answer that are read as JSON."""
_FENCE = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "number": (int, float),
    "integer": (int,), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip


def strict(properties: Mapping[str, Schema]) -> Schema:
    """The schema of an object with just these properties, each of them required."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def read(text: str) -> JsonObject | None:
    """The one JSON object of an answer, bare, fenced or amid words; None where there is none."""
    text = text.strip()[:LONGEST]
    fenced = _FENCE.search(text)
    start, end = text.find("{"), text.rfind("}")
    for part in (text, fenced[1] if fenced else "", text[start : end + 1] if start >= 0 else ""):
        try:
            value = json.loads(part, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def problems(value: object, schema: Schema, place: str = "") -> Iterator[str]:
    """What is wrong, a line each, with the place and never the value."""
    allowed = schema.get("type")
    names = [allowed] if isinstance(allowed, str) else list(_list(allowed))
    kinds = tuple(kind for name in names for kind in _TYPES[str(name)])
    good = isinstance(value, kinds) and (not isinstance(value, bool) or bool in kinds)
    if not good:
        yield f"{place or 'the answer'}: expected {' or '.join(map(str, names))}"
        return
    words = schema.get("enum")
    if words is not None and value not in _list(words):
        yield f"{place}: expected one of {', '.join(map(str, _list(words)))}"
    if isinstance(value, dict):
        yield from _in_object(value, schema, place)
    elif isinstance(value, list):
        item = schema.get("items")
        if isinstance(item, dict):
            for position, one in enumerate(value[:100]):
                yield from problems(one, item, f"{place}[{position}]")


def _in_object(value: JsonObject, schema: Schema, place: str) -> Iterator[str]:
    known = schema.get("properties")
    properties = known if isinstance(known, dict) else {}
    for name, inner in properties.items():
        if name not in value:
            yield f"{place}.{name}: is missing"
        elif isinstance(inner, dict):
            yield from problems(value[name], inner, f"{place}.{name}")
    spare = sorted(str(name)[:40] for name in set(value) - set(properties))
    if spare:
        yield f"{place or 'the answer'}: {len(spare)} properties that the schema does not have"


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
