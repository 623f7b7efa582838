"""One box for everything. Slot "search": callable(user, text, limit) -> Found, or None where the user may not ask."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.pages.access import Page, is_fragment
from crm.base.slots import contributions

SHORTEST = 1
LONGEST = 80


@dataclass(frozen=True)
class Hit:
    """`title` may be safe HTML, such as a name in both scripts; `note` stands on the right."""

    title: str
    url: str
    subtitle: str | Promise = ""
    note: str | Promise = ""


@dataclass(frozen=True)
class Found:
    """A group of hits. `more_url` is the list with the same text, where there is more."""

    label: str | Promise
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""


def search(user: Any, text: str, limit: int) -> list[Found]:
    text = " ".join(text.split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    groups = (ask(user, text, limit) for ask in contributions("search"))
    return [group for group in groups if group and group.hits]


class SearchPage(Page):
    """The page, and for HTMX the list under the box."""

    template_name = "base/search.html"
    title = _("Search")

    def get_template_names(self) -> list[str]:
        return ["base/_search.html" if is_fragment(self.request) else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        limit = 5 if is_fragment(self.request) else 20
        return super().get_context_data(text=text, groups=search(self.request.user, text, limit), **kwargs)
