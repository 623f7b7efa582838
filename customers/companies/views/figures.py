"""Figures of a period, all on one form; and the kinds of figures with what alarms."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Empty, FormPage, ListPage
from crm.base.pages.access import Text
from customers.companies.figures import tell_figures
from customers.companies.forms import FiguresForm, PeriodForm, ThresholdForm
from customers.companies.tables import FigureKindTable
from customers.companies.thresholds import change_threshold
from customers.companies.views.company import OfCompany
from customers.models import CompanyFigure, FigureKind
from customers.periods import Period, period_of
from customers.services.versions import STALE


class TellPeriod(OfCompany):
    """Asks of which period."""

    title = _("Figures of a period")
    submit = _("Go on")
    form_class = PeriodForm

    def perform(self, form: BaseForm) -> Period:
        period: Period = form.cleaned_data["period"]
        return period

    def form_valid(self, form: BaseForm) -> HttpResponse:
        words = {"pk": self.customer.pk, "year": form.cleaned_data["period"].slug}
        return self.leave(reverse("company_figures", kwargs=words))


class TellFigures(OfCompany):
    submit = _("Save")
    done = _("Figures saved.")
    form_class = FiguresForm
    intro = _("An empty field takes a figure back. What stood here before stays in its history.")

    @cached_property
    def period(self) -> Period:
        try:
            found = period_of(self.kwargs["year"].replace("_", "/"))
        except RuleBroken as refusal:
            raise Http404 from refusal
        if found.since > timezone.localdate():
            raise Http404
        return found

    def get_title(self) -> Text:
        return _("Figures of %(period)s: %(company)s") % {"period": self.period, "company": self.customer}

    def known(self) -> list[CompanyFigure]:
        of_period = {"since": self.period.since, "months": self.period.months}
        return list(CompanyFigure.objects.filter(customer=self.customer, **of_period).select_related("kind"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"known": self.known()}

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        if refusal.code == STALE:
            form.catch_up(self.known())
        return super().refused(form, refusal)

    def perform(self, form: Any) -> list[str]:
        return tell_figures(
            customer=self.customer,
            period=self.period,
            values=form.values(),
            currency=form.cleaned_data["currency"],
            seen=form.seen(),
            by=self.request.user,
            at=timezone.now(),
        )


class FigureKindList(ListPage):
    permission = "figure-kinds:read"
    title = _("Figures of companies")
    queryset = FigureKind.objects.all()
    scoped = False
    table_class = FigureKindTable
    ordering_fields = {"place": "place"}
    ordering = "place"
    empty = Empty(_("No figures"), _("What companies tell of themselves, period by period."))


class ChangeThreshold(FormPage):
    permission = "figure-kinds:write"
    parents = [(_("Figures of companies"), "figure_kinds")]
    cancel_to = success_url = "figure_kinds"
    done = _("Saved.")
    form_class = ThresholdForm
    intro = _("The change against the period before from which on the figure is an alert; empty for never.")

    @cached_property
    def kind(self) -> FigureKind:
        return get_object_or_404(FigureKind, pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return str(self.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": FigureKind.objects.get(pk=self.kind.pk)}

    def perform(self, form: BaseForm) -> FigureKind:
        return change_threshold(kind=self.kind, by=self.request.user, **form.cleaned_data)
