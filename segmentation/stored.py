"""The contents of published versions, each parsed once: a version never changes."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from crm.base.errors import RuleBroken

T = TypeVar("T")


class Stored(Generic[T]):
    """`parse` raises RuleBroken for what it can't read; `most` contents are remembered."""

    def __init__(self, parse: Callable[[Any], T], most: int = 512) -> None:
        self._of_text = lru_cache(maxsize=most)(lambda text: parse(json.loads(text)))

    def parsed(self, content: Mapping[str, Any]) -> T:
        return self._of_text(json.dumps(content))

    def readable(self, content: Mapping[str, Any]) -> T | None:
        """None where this release no longer knows what it asks for, such as a field that has gone."""
        try:
            return self.parsed(content)
        except RuleBroken:
            return None

    def forget(self) -> None:
        self._of_text.cache_clear()
