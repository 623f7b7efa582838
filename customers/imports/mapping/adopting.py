"""A column that nobody knows, kept as a custom attribute of the bank's own: declared from what the column shows of itself."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from customers.attributes.services import declare_attribute
from customers.imports.mapping.survey import Seen, Survey
from customers.models import Attribute
from customers.names import FIRST_HAN, keys_of

NEW = "+"  # chosen as the field of a column
LETTERS = re.compile(r"[^a-z0-9]+")
LONGEST, FEW = 30, 12
TRUTHS = [{"是", "否"}, {"有", "无"}, {"yes", "no"}, {"y", "n"}, {"true", "false"}, {"t", "f"}]
Type = Attribute.Type


def adopted(survey: Survey, data: QueryDict, *, by: Any) -> QueryDict:
    """What was posted, with an attribute in the place of each column that is to become a new one."""
    asked = [place for place in range(len(survey.columns)) if data.get(f"f-{place}") == NEW]
    if not asked:
        return data
    data = data.copy()
    for place in asked:
        data[f"f-{place}"] = declared(survey.columns[place], by=by).field
    return data


def declared(seen: Seen, *, by: Any) -> Attribute:
    """Personal data that sets no price, until somebody says otherwise. One of the same name is taken as it is."""
    known = Attribute.objects.in_use().filter(label=seen.name[:80]).first()
    if known:
        return known
    kind = type_of(seen)
    more: Mapping[str, Any] = {"label_zh": seen.name[:80] if FIRST_HAN.search(seen.name) else ""}
    if kind == Type.CHOICE:
        more = {**more, "words": [{"code": word, "label": word} for word in seen.words]}
    return declare_attribute(code=code_of(seen.name), label=seen.name[:80], type=kind, by=by, **more)


def type_of(seen: Seen) -> str:
    words = {word.casefold() for word in seen.words}
    if words and not seen.more and any(words <= truth for truth in TRUTHS):
        return Type.BOOLEAN
    if seen.dates:
        return Type.DATE
    if seen.numbers:
        return Type.NUMBER
    is_few = 1 < len(seen.words) <= FEW and not seen.more and all(len(word) <= 60 for word in seen.words)
    return Type.CHOICE if is_few else Type.TEXT


def code_of(name: str) -> str:
    """Of its reading, in small Latin letters, and another one where that is taken."""
    stem = LETTERS.sub("_", keys_of(name).sort_key)[:LONGEST].strip("_")
    stem = stem if stem[:1].isalpha() else f"x_{stem}".strip("_")
    taken = set(Attribute.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}_{number}") not in taken)
