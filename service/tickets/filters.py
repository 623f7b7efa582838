from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from service.boards.filters import OfFigure
from service.models import Ticket

WHICH = [
    ("open", pgettext_lazy("tickets", "Open")),
    ("overdue", pgettext_lazy("tickets", "Overdue")),
    ("unassigned", pgettext_lazy("tickets", "With nobody")),
    ("ended", pgettext_lazy("tickets", "Solved or closed")),
    ("all", pgettext_lazy("tickets", "All")),
]


class TicketFilter(OfFigure):
    """For people and machines; `search` knows numbers, and words in Chinese and Latin."""

    search = django_filters.CharFilter(label=_("Number or words"), method="matching")
    which = django_filters.ChoiceFilter(label=pgettext_lazy("tickets", "Which"), choices=WHICH, method="in_state")
    mine = django_filters.BooleanFilter(label=pgettext_lazy("tickets", "Mine"), method="of_mine")
    watched = django_filters.BooleanFilter(label=_("Watched by me"), method="of_watched")
    unknown = django_filters.BooleanFilter(label=_("Of no customer"), field_name="customer", lookup_expr="isnull")
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    assignee = django_filters.CharFilter(label=_("Assigned to (user name)"), field_name="assignee__username")
    number = django_filters.CharFilter(label=_("Number"), method="numbered")

    def matching(self, rows: Any, name: str, value: str) -> Any:
        return rows.search(value)

    def numbered(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(number=value.replace("-", "").replace(" ", ""))

    def of_mine(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(assignee=self.request.user) if value else rows.exclude(assignee=self.request.user)

    def of_watched(self, rows: Any, name: str, value: bool) -> Any:
        watched = Ticket.objects.watched_by(self.request.user).values("pk")
        return rows.filter(pk__in=watched) if value else rows.exclude(pk__in=watched)

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        match value:
            case "open":
                return rows.open()
            case "overdue":
                return rows.overdue(timezone.now())
            case "unassigned":
                return rows.unassigned()
            case "ended":
                return rows.ended()
        return rows


class TicketListFilter(TicketFilter):
    """The same on the page, with the search box."""

    q = django_filters.CharFilter(label=_("Number or words"), method="matching")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["search"], self.filters["number"]
