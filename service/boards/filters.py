"""What a board is made of, and what narrows the list to the rows of one of its figures."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Team
from customers.forms.inputs import DateInput
from segmentation.panels import tiers
from service.boards.figures import FIGURES, Span, condition
from service.models import Ticket, TicketQueue

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class PeriodForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, through = found.get("since"), found.get("through")
        for name, day in (("since", since), ("through", through)):
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, _t("A day from 2000 to 2099 belongs here."))
        if since and through and since > through:
            self.add_error("since", _t("The first day is after the last one."))
        return found


class OfPeriod(FilterSet):
    since = django_filters.DateFilter(label=_("From"), method="unchanged", widget=DateInput())
    through = django_filters.DateFilter(label=_("Until"), method="unchanged", widget=DateInput())
    tier = django_filters.ChoiceFilter(label=_("Tier when opened"), choices=tiers, method="of_tier")
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), field_name="queue__team", to_field_name="code", queryset=Team.objects.order_by("name")
    )
    queue = django_filters.ModelChoiceFilter(
        label=_("Queue"), to_field_name="code", queryset=TicketQueue.objects.order_by("name")
    )

    class Meta:
        model = Ticket
        fields = ["kind", "channel", "priority", "impact"]
        form = PeriodForm

    @property
    def span(self) -> Span:
        """Of the days that were asked for, or the last thirty."""
        said = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        return Span.of(said.get("since"), said.get("through"))

    def unchanged(self, rows: Any, name: str, value: Any) -> Any:
        return rows

    def of_tier(self, rows: Any, name: str, value: str) -> Any:
        return rows.with_tier().filter(tier_code=value)


class BoardFilter(OfPeriod):
    by = django_filters.CharFilter(method="unchanged", widget=forms.HiddenInput())


class OfFigure(OfPeriod):
    """The rows of a figure; without one the days are those of opening."""

    figure = django_filters.ChoiceFilter(
        label=_("Figure of the board"), method="unchanged", choices=[(name, label) for name, (label, _text) in FIGURES.items()]
    )  # fmt: skip
    no_tier = django_filters.BooleanFilter(label=_("Without a tier"), method="of_no_tier")
    no_team = django_filters.BooleanFilter(label=_("In no queue"), field_name="queue", lookup_expr="isnull")

    class Meta(OfPeriod.Meta):
        fields = ["status", *OfPeriod.Meta.fields]

    def of_no_tier(self, rows: Any, name: str, value: bool) -> Any:
        return rows.with_tier().filter(tier_code__isnull=value)

    def filter_queryset(self, queryset: Any) -> Any:
        rows, said = super().filter_queryset(queryset), self.form.cleaned_data
        if said.get("figure") or said.get("since") or said.get("through"):
            return rows.filter(condition(said.get("figure") or "opened", self.span))
        return rows
