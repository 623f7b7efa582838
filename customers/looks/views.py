"""The report of looks outside the own book or branch, and of one person the customers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.audit.models import Event
from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import Page
from crm.base.pages.access import Crumb
from crm.identity.models import User
from customers.forms import SpanForm
from customers.looks.reading import DAYS, Looked, outside, persons_of, report


class OfDays(Page):
    """`?since=` and `?through=`; without them the last 30 days."""

    permission = "looks:read"

    @cached_property
    def form(self) -> SpanForm:
        today = timezone.localdate()
        usual = {"since": str(today - timedelta(days=DAYS)), "through": str(today)}
        return SpanForm(usual | {name: self.request.GET[name] for name in usual if name in self.request.GET})

    @property
    def days(self) -> tuple[date, date] | None:
        """None where they are wrong."""
        return (self.form.cleaned_data["since"], self.form.cleaned_data["through"]) if self.form.is_valid() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since, through = self.days or (None, None)
        return super().get_context_data(**{"form": self.form, "since": since, "through": through} | kwargs)


class LooksReport(OfDays):
    title = _("Looks outside the own book")
    template_name = "customers/looks/report.html"

    @cached_property
    def report(self) -> list[Looked]:
        return report(self.request.user, *self.days) if self.days else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in EXPORTS and self.days:
            rows = list(lines(self.report))
            asked = {"since": str(self.days[0]), "through": str(self.days[1])}
            signals.exported.send(Event, user=request.user, what=f"looks.{kind}", rows=len(rows) - 1, parameters=asked)
            return file_of(kind, rows, title=str(self.title), name="looks")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=self.report, **kwargs)


class LooksOfPerson(OfDays):
    template_name = "customers/looks/person.html"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(persons_of(self.request.user), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return str(self.person)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(LooksReport.title, reverse("looks"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = outside(self.request.user, self.person, *self.days) if self.days else []
        return super().get_context_data(found=found, person=self.person, **kwargs)


def lines(found: list[Looked]) -> Iterator[list[Any]]:
    """A header, then a line per person."""
    heads = (_t("Person"), _t("Role"), _t("Branch"), _t("Customers"), _t("Looks"), _t("Customers outside"))
    yield [*heads, _t("Looks outside"), _t("Contact data shown")]
    for each in found:
        who = [str(each.person), str(each.person.get_role_display()), str(each.person.branch or "")]
        yield [*who, each.customers, each.looks, each.outside, each.looks_outside, each.revealed_outside]
