"""What the schema says of every operation: its problems, and the headers by which it is safe to repeat or to change."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
TEXT = {"type": "string"}
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457. `errors` names the fields that are not right.",
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "code", "instance", "request_id"), TEXT),
        "status": {"type": "integer"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
    },
    "required": ["type", "title", "status", "detail", "code", "instance", "request_id"],
}
REFERENCE = {"schema": {"$ref": "#/components/schemas/Problem"}}
ONCE = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    "description": "Kept 24 hours: the same key and body get the same answer, another body 422.",
}
VERSION = {
    "in": "header",
    "name": "If-Match",
    "schema": TEXT,
    "required": True,
    "description": "The ETag that was read: 428 without, 412 where it has changed since.",
}
HEADERS = {"post": ONCE, "patch": VERSION, "put": VERSION, "delete": VERSION}


def describe(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """A hook of drf-spectacular."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for method, operation in _operations(result):
        answer = {"description": "A problem.", "content": {"application/problem+json": REFERENCE}}
        operation.setdefault("responses", {})["default"] = answer
        if method in HEADERS:
            operation.setdefault("parameters", []).append(HEADERS[method])
    return result


def _operations(result: Schema) -> Iterator[tuple[str, Schema]]:
    for path in result.get("paths", {}).values():
        yield from ((method, operation) for method, operation in path.items() if isinstance(operation, dict))
