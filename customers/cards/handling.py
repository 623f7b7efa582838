"""What one does with blank cards: receive, send, count, report spoilt ones."""

from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb, Text
from customers.cards import stock as services
from customers.cards.forms import ArrivedForm, CountForm, ReceiveForm, SendForm, SpoiltForm
from customers.cards.shelves import STOCKS
from customers.cards.spoilt import report_spoilt
from customers.cards.views import CARDS
from customers.models import BlankMovement, BlankStock, Spoilage


class OfStock(FormPage):
    permission = "card-stock:write"

    @cached_property
    def stock(self) -> BlankStock:
        rows = BlankStock.objects.filter(branch=self.request.user.branch_id).select_related("branch", "design")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return f"{self.title} · {self.stock}"

    def get_crumbs(self) -> list[Crumb]:
        label, url = STOCKS
        return [Crumb(label, reverse(url)), Crumb(str(self.stock), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("card_stock", args=[self.stock.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)

    def asked(self, form: BaseForm) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now(), **form.cleaned_data}


class CountBlanks(OfStock):
    title = _("Count")
    form_class = CountForm

    def perform(self, form: BaseForm) -> BlankMovement:
        return services.count_blanks(stock=self.stock, **self.asked(form))


class SendBlanks(OfStock):
    title = _("Send to a branch")
    submit = _("Send")
    form_class = SendForm

    def perform(self, form: BaseForm) -> BlankMovement:
        return services.send_blanks(stock=self.stock, **self.asked(form))


class SpoilBlanks(OfStock):
    title = _("Spoilt ones")
    submit = _("Report them")
    intro = _("They leave the stock once a second person of the branch has seen them and confirmed it.")
    form_class = SpoiltForm

    def perform(self, form: BaseForm) -> Spoilage:
        return report_spoilt(stock=self.stock, **self.asked(form))


class ReceiveBlanks(FormPage):
    permission = "card-stock:write"
    title = _("Receive blank cards")
    submit = _("Receive")
    parents = [CARDS, STOCKS]
    form_class: type[BaseForm] = ReceiveForm
    cancel_to = "card_stocks"

    def perform(self, form: BaseForm) -> BlankMovement:
        return services.receive_blanks(by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("card_stock", args=[self.result.stock_id])


class ReceiveLot(ReceiveBlanks):
    """What another branch has sent."""

    form_class = ArrivedForm

    @cached_property
    def lot(self) -> BlankMovement:
        rows = BlankMovement.objects.under_way_to(self.request.user.branch_id).select_related("stock__design")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"quantity": -self.lot.change}

    def perform(self, form: BaseForm) -> BlankMovement:
        said = {"by": self.request.user, "at": timezone.now(), **form.cleaned_data}
        return services.receive_blanks(design=self.lot.stock.design, sent=self.lot, **said)
