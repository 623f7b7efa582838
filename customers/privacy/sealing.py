"""What a law keeps of an erased customer: out of every table, list and search, in one sealed piece, until its day comes."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField

from customers.privacy.taking import Category, parts


def sealed_of(ids: Sequence[int]) -> str:
    """Every field of what tells who the customer was, as JSON by model; the caller keeps it encrypted."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in parts():
        rows = part.rows(ids) if part.category == Category.IDENTITY else None
        if rows is not None:
            model = part.models[0]
            names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, BinaryField)]
            found.setdefault(model._meta.label_lower, []).extend(rows.values(*names))
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False)


def opened(sealed: str) -> dict[str, list[dict[str, Any]]]:
    return dict(json.loads(sealed or "{}"))
