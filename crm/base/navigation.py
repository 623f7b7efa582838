"""The sidebar: entries that the apps contribute, grouped by what people do, only what the role may open.

Contribute a `panels.NavigationEntry` to the slot "navigation"; `group` is a key of GROUPS. Who may open more than FEW finds the
groups folded, but for OPEN and that of the page.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contributions

GROUPS: dict[str, str | Promise] = {
    "day": _("My day"),
    "customers": _("Customers"),
    "sales": _("Sales"),
    "service": _("Service"),
    "tiers": _("Tiers"),
    "fees": _("Fees and waivers"),
    "benefits": _("Benefits"),
    "policies": _("Policies"),
    "surveys": _("Surveys"),
    "data": _("Data"),
    "control": _("Control"),
}
FEW = 20
OPEN = ("day", "customers")


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    icon: str
    count: int
    is_current: bool


@dataclass(frozen=True, eq=False)
class Group:
    label: str | Promise
    links: list[Link]
    is_open: bool

    @property
    def count(self) -> int:
        return sum(link.count for link in self.links)


Groups = tuple[Group, ...]


def navigation(user: Any, path: str) -> Groups:
    """The groups that hold something for this user, in the order of GROUPS; others by their own name, after them.

    The same object for the same entries, counts and current entry: who draws it may remember the drawing.
    """
    place = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    open_to = [entry for entry in contributions("navigation") if not entry.permission or user.may(entry.permission)]
    entries = tuple((entry, url) for entry in open_to if (url := _url(entry.url_name, *place)))
    counts = tuple(entry.count(user) if entry.count else 0 for entry, _url in entries)
    current = max((url for _entry, url in entries if path.startswith(url)), key=len, default="")
    return _grouped(entries, counts, current)


@lru_cache(maxsize=512)
def _grouped(entries: tuple[tuple[NavigationEntry, str], ...], counts: tuple[int, ...], current: str) -> Groups:
    links: dict[str, list[Link]] = {key: [] for key in GROUPS}
    for (entry, url), count in zip(entries, counts, strict=True):
        links.setdefault(entry.group, []).append(Link(entry.label, url, entry.icon, count, url == current))
    are_few = len(entries) <= FEW
    return tuple(
        Group(GROUPS.get(key, key), found, are_few or key in OPEN or any(link.is_current for link in found))
        for key, found in links.items()
        if found
    )


@cache
def _url(url_name: str, urlconf: str, prefix: str) -> str:
    """An entry appears when its first page works."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
