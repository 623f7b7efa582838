"""A line of a customer's value down to its accounts, charges, movements and contacts."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from crm.base.pages.access import Crumb, Text
from segmentation.decisions.views import OfCustomer
from segmentation.value.parts import Part, parts_of
from segmentation.value.worth import LABELS, Told, Worth, worth_of


class ValueLine(OfCustomer):
    """Of the year, or of the month that `?month=2026-03-01` names."""

    permission = "customer-value:read"
    template_name = "segmentation/value/line.html"
    reads_are_logged = True
    what = "value"

    @cached_property
    def worth(self) -> Worth:
        found = worth_of(self.object)
        if found is None or found.year is None or self.kwargs["line"] not in LABELS:
            raise Http404
        return found

    @cached_property
    def month(self) -> date | None:
        asked = self.request.GET.get("month", "")
        known = {str(each.month): each.month for each in self.worth.by_month}
        if asked and asked not in known:
            raise Http404
        return known.get(asked)

    @property
    def told(self) -> Told | None:
        if self.month is None:
            return self.worth.year
        return next(each for each in self.worth.by_month if each.month == self.month)

    def get_title(self) -> Text:
        return LABELS[self.kwargs["line"]]

    def get_crumbs(self) -> list[Crumb]:
        own = reverse("customer", args=[self.object.pk])
        return [*super().get_crumbs(), Crumb(pgettext_lazy("of a customer", "Value"), f"{own}?tab=value")]

    def parts(self) -> list[Part]:
        return parts_of(self.object, self.kwargs["line"], [self.month] if self.month else self.worth.months)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = self.told
        line = next(each for each in told.lines if each.name == self.kwargs["line"]) if told else None
        return super().get_context_data(
            worth=self.worth, told=told, line=line, month=self.month, parts=self.parts(), **kwargs
        )
