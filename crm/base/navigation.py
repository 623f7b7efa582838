"""The sidebar: entries that the apps contribute, grouped by what people do, only what the role may open.

Contribute a `panels.NavigationEntry` to the slot "navigation"; `group` is a key of GROUPS.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


@dataclass(frozen=True)
class Link:
    label: str | Promise = field(hash=False)
    url: str
    icon: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Group:
    label: str | Promise = field(hash=False)
    links: tuple[Link, ...]


def navigation(user: Any, path: str) -> list[Group]:
    """The groups that hold something for this user, in the order of GROUPS; others by their own name, after them."""
    entries = [entry for entry in contributions("navigation") if not entry.permission or user.may(entry.permission)]
    place = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    urls = {entry.url_name: url for entry in entries if (url := _url(entry.url_name, *place))}
    current = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    links: dict[str, list[Link]] = {key: [] for key in GROUPS}
    for entry in entries:
        if entry.url_name in urls:
            url = urls[entry.url_name]
            count = entry.count(user) if entry.count else 0
            links.setdefault(entry.group, []).append(Link(entry.label, url, entry.icon, count, url == current))
    return [Group(GROUPS.get(key, key), tuple(found)) for key, found in links.items() if found]


@cache
def _url(url_name: str, urlconf: str, prefix: str) -> str:
    """An entry appears when its first page works."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
