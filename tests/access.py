"""How a line of tests/access_table.py is read, and which routes the URL map has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

BATCH = 36
ROLES = ("manager", "teller", "agent", "head", "admin", "approver", "auditor", "agency")
ANY_WORD = {"app_label": "identity"}
Statuses = dict[int, str]


@dataclass(frozen=True)
class Row:
    """A route and method, and the status that each role gets.

    `own` and `other` say `{status: "roles"}` for the customer in reach of the manager, teller and head, and for one in
    nobody's of them; a route that is about no customer has `own` alone. Roles that are not named get 403. Who has not
    signed in gets 401 over REST and the way to the login on a page, unless `stranger` says otherwise.

    `args` are the words of the address, `"pk=customer"` or `"number=customer.number kind='phone'"`; what stands
    without quotes is an entry of `world` in tests/world.py, by its primary key or an attribute. `data` is the
    body, with the same words, `query` what stands behind the question mark.
    """

    route: str
    own: Statuses
    other: Statuses | None = None
    args: str = ""
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    stranger: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""

    @property
    def is_rest(self) -> bool:
        return self.route.startswith("api:")

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    def url(self, world: dict[str, Any]) -> str:
        url = reverse(self.route, kwargs={name: word(text, world) for name, text in pairs(self.args)})
        asked = {name: word(text, world) for name, text in pairs(self.query)}
        return f"{url}?{urlencode(asked)}" if asked else url

    def body(self, world: dict[str, Any]) -> dict[str, Any]:
        return {name: word(text, world) for name, text in self.data.items()}

    def expected(self, statuses: Statuses) -> dict[str, int]:
        named = {role: status for status, roles in statuses.items() for role in roles.split()}
        if unknown := set(named) - set(ROLES):
            raise ValueError(f"{self}: nobody is {', '.join(unknown)}")
        return {role: named.get(role, 403) for role in ROLES} | {"stranger": self.stranger or self._closed()}

    def opens_to(self) -> list[str]:
        return [role for role, status in self.expected(self.own).items() if status < 400 and role in ROLES]

    def _closed(self) -> int:
        return 401 if self.is_rest else 302


def batches(rows: Sequence[Row]) -> list[Any]:
    """Neighbours of the table, who share a world: to make one costs more than to ask a row of it."""
    return [pytest.param(rows[start : start + BATCH], id=str(rows[start])) for start in range(0, len(rows), BATCH)]


def pairs(args: str) -> Iterator[tuple[str, str]]:
    for part in args.split():
        name, _, text = part.partition("=")
        yield name, text


def word(text: str, world: dict[str, Any]) -> Any:
    """`'phone'` is itself, `customer` the primary key of the world's customer, `customer.number` its number."""
    if text.startswith("'"):
        return text.strip("'")
    name, _, attribute = text.partition(".")
    return getattr(world[name], attribute or "pk")


def routes() -> set[str]:
    """`get customers:detail` for each method of each route of the URL map."""
    return {f"{method} {name}" for name, pattern in _patterns(get_resolver(), "") for method in _methods(pattern)}


def addresses(namespace: str) -> Iterator[str]:
    """An address of each route of a namespace, with any words in the places that need one."""
    for name, pattern in _patterns(get_resolver(), ""):
        if name.startswith(namespace) and pattern.name:
            words = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
            yield reverse(name, kwargs={word: ANY_WORD.get(word, "1") for word in words})


def _patterns(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern


def _methods(pattern: URLPattern) -> list[str]:
    """Those that a viewset's route maps, or a page's class defines; a plain function is asked by get."""
    actions = getattr(pattern.callback, "actions", None)
    if actions:
        return sorted(set(actions) - {"head"})
    view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
    if view is None:
        return ["get"]
    names = ("get", "post", "put", "patch", "delete")
    return [name for name in names if hasattr(view, name) and name in view.http_method_names]
