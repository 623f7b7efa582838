"""Two versions of an article side by side, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from service.knowledge.content import KEYS, TEXTS
from service.knowledge.words import Topic

LONG = tuple(name for name in TEXTS if name.startswith("body"))


@dataclass(frozen=True)
class Line:
    """A line that stays is the same on both sides; "" is none."""

    before: str
    after: str

    @property
    def is_other(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Side:
    """What differs of one part; of a long text its lines stand in their order."""

    label: str
    lines: list[Line]


def sides_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Side]:
    """All parts that differ. `before` is empty for the first version."""
    found = []
    for name in KEYS:
        old, new = (_said(name, content.get(name, "")) for content in (before, after))
        if old != new:
            lines = list(_lines(old, new)) if name in LONG else [Line(old, new)]
            found.append(Side(_label(name), lines))
    return found


def _lines(old: str, new: str) -> Iterator[Line]:
    left, right = old.splitlines(), new.splitlines()
    for word, first, last, start, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if word == "equal":
            yield from (Line(each, each) for each in left[first:last])
        else:
            yield from (Line(*pair) for pair in zip_longest(left[first:last], right[start:end], fillvalue=""))


def _said(name: str, value: Any) -> str:
    if name == "topic" and value in Topic.values:
        return str(Topic(value).label)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _label(name: str) -> str:
    return {
        "code": _("Code"),
        "topic": _("Topic"),
        "owner": pgettext("an article", "Owner"),
        "teams": _("Teams that may read"),
        "review_on": _("Review by"),
        "keywords": _("Search words"),
        "title_en": _("Title in English"),
        "title_zh": _("Title in Chinese"),
        "body_en": _("Text in English"),
        "body_zh": _("Text in Chinese"),
    }[name]
