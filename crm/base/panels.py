"""Pieces that upper apps put on lower pages, and entries of the sidebar.

Each is equal to itself alone, so that what was drawn of them is found again without looking into them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, eq=False)
class Panel:
    """A fragment on somebody's page. `context(request, obj)` gives its variables; None leaves the panel out.

    A tab that `applies` to some objects only is not offered for the others.
    `in_outline` is what may be said of a customer to who sees no more than an outline (identity.scope).
    """

    name: str
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    title: str | Promise = ""
    permission: str = ""
    applies: Callable[[Any], bool] | None = None
    in_outline: bool = False


@dataclass(frozen=True, eq=False)
class NavigationEntry:
    """A line of the sidebar: shown to those who hold the permission; `count(user)` is the number beside it."""

    label: str | Promise
    url_name: str
    icon: str
    group: str
    permission: str
    count: Callable[[Any], int] | None = field(default=None)
