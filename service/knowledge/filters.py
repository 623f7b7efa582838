from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from service.models import Article

WHICH = [
    ("current", pgettext_lazy("articles", "To answer by")),
    ("due", _("Due for review")),
    ("withdrawn", pgettext_lazy("articles", "Withdrawn")),
    ("all", pgettext_lazy("articles", "All")),
]


class ArticleFilter(FilterSet):
    """For people and machines; `search` knows words in Chinese and Latin."""

    search = django_filters.CharFilter(label=pgettext_lazy("articles", "Words"), method="matching")
    which = django_filters.ChoiceFilter(label=pgettext_lazy("tickets", "Which"), choices=WHICH, method="in_state")
    owner = django_filters.CharFilter(label=_("Owner (user name)"), field_name="owner__username")

    class Meta:
        model = Article
        fields = ["topic", "code"]

    def matching(self, rows: Any, name: str, value: str) -> Any:
        return rows.search(value)

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        match value:
            case "current":
                return rows.current(today)
            case "due":
                return rows.due(today)
            case "withdrawn":
                return rows.withdrawn()
        return rows


class ArticleListFilter(ArticleFilter):
    """The same on the page, with the search box."""

    q = django_filters.CharFilter(label=pgettext_lazy("articles", "Words"), method="matching")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["search"], self.filters["code"]
