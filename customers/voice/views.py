"""Needs on pages: noted, listed, withdrawn; and the month of the product department."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Crumb
from customers.models import Need
from customers.views.change import ChangePage
from customers.voice.forms import NeedForm
from customers.voice.report import FEWEST, Report, months, report
from customers.voice.services import note_need, withdraw_need
from customers.voice.tables import NeedFilter, NeedTable


class NeedList(ListPage):
    permission = "needs:read"
    title = _("Customer needs")
    queryset = Need.objects.standing().select_related("customer", "product", "by")
    filterset_class = NeedFilter
    table_class = NeedTable
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"
    actions = [Action(_("Month report"), "need_report", "report", "need-reports:read")]
    empty = Empty(
        _("No need was noted yet"),
        _(
            "What customers want of a product is noted with a contact, or on their page, whether they get it here or not."
        ),
        icon="bulb",
    )


class NoteNeed(ChangePage):
    permission = "needs:write"
    title = _("Note a need")
    submit = _("Note it")
    done = _("Noted.")
    form_class = NeedForm

    def perform(self, form: BaseForm) -> Need:
        return note_need(customer=self.customer, by=self.request.user, at=timezone.now(), **form.need())

    def refused(self, form: BaseForm, refusal: Any) -> Any:
        refusal.field = f"need_{refusal.field}"
        return super().refused(form, refusal)

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=needs"


class WithdrawNeed(FormPage):
    permission = "needs:write"
    title = _("Withdraw the need")
    submit = _("Withdraw it")
    done = _("Withdrawn.")
    form_class = forms.Form

    @cached_property
    def need(self) -> Need:
        rows = Need.objects.standing().visible_to(self.request.user).select_related("customer", "product")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def perform(self, form: BaseForm) -> Need:
        return withdraw_need(need=self.need, by=self.request.user, at=timezone.now())

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(NeedList.title, reverse("needs"))]

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.need.customer_id])}?tab=needs"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"intro": str(self.need), "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)


class NeedReport(Page):
    """`?month=2026-10`; without it the newest."""

    permission = "need-reports:read"
    title = _("Voice of the customer")
    template_name = "customers/voice/report.html"

    @cached_property
    def report(self) -> Report:
        return report(asked_month(self.request.GET.get("month", "")))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in EXPORTS:
            rows, month = list(lines(self.report)), f"{self.report.month:%Y-%m}"
            signals.exported.send(
                Need, user=request.user, what=f"need_report.{kind}", rows=len(rows) - 1, parameters={"month": month}
            )
            return file_of(kind, rows, title=month, name=f"needs-{month}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"report": self.report, "months": months(timezone.localdate()), "fewest": FEWEST}
        return super().get_context_data(**found | kwargs)


def asked_month(text: str) -> date:
    """One of those that can be reported."""
    known = months(timezone.localdate())
    for month in known:
        if text in ("", f"{month:%Y-%m}"):
            return month
    raise Http404


def lines(found: Report) -> Iterator[list[Any]]:
    """A header, then a line per product and wish; what is hidden is empty."""
    yield [
        *(
            _t("Product family"),
            _t("Product"),
            _t("What is wanted"),
            _t("Not met"),
            _t("Change"),
            _t("Met"),
            _t("Change"),
        ),
        *(_t("Met elsewhere by"), _t("In the customers' words")),
    ]
    for line in found.lines:
        figures = [line.unmet, line.unmet_change, line.met, line.met_change]
        family = str(Need(family=line.family).get_family_display())
        yield [family, line.product, line.wish_said, *figures, "; ".join(line.elsewhere), " | ".join(line.quotes)]
