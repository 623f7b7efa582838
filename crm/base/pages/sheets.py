"""The search box and the sheet of filters of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import QueryDict
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_filters import FilterSet

from crm.base.pages.widgets import dressed

ASIDE = {"ordering", "columns", "cursor", "export"}
SEARCH = "q"
MINUTE = 60


@dataclass(frozen=True)
class SearchBox:
    label: str | Promise
    value: str


def is_narrowed(asked: QueryDict) -> bool:
    """Whether the address names anything to filter by."""
    return not ASIDE.issuperset(asked)


def is_chosen(asked: QueryDict) -> bool:
    """The same, beside the search box."""
    return not ASIDE.union((SEARCH,)).issuperset(asked)


def search_box(filterset_class: type[FilterSet], asked: QueryDict) -> SearchBox | None:
    found = filterset_class.base_filters.get(SEARCH)
    return SearchBox(found.label, asked.get(SEARCH, "")) if found else None


def drawn(filterset: FilterSet) -> SafeString:
    return SafeString(get_template("base/_filter_fields.html").render({"form": dressed(filterset.form)}))


def remembered(key: str, draw: Callable[[], SafeString]) -> SafeString:
    """A sheet with nothing chosen, from this process's memory of the last minute."""
    found: Any = caches["local"].get_or_set(f"sheet:{key}:{get_language()}", draw, MINUTE)
    return SafeString(found)
