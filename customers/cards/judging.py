"""What was reported spoilt: confirmed, taken back, put back."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from customers.cards import spoilt as services
from customers.cards.forms import WhyForm
from customers.cards.shelves import STOCKS
from customers.cards.views import CARDS
from customers.models import Spoilage


class OfSpoilage(FormPage):
    permission = "card-stock:write"
    form_class: type[BaseForm] = forms.Form
    parents = [CARDS, STOCKS]

    @cached_property
    def spoilage(self) -> Spoilage:
        rows = Spoilage.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("stock__branch", "stock__design"), pk=self.kwargs["pk"])

    def asked(self, form: BaseForm) -> dict[str, Any]:
        return {"spoilage": self.spoilage, "by": self.request.user, "at": timezone.now(), **form.cleaned_data}

    def get_success_url(self) -> str:
        order = self.spoilage.order_id
        return reverse("card_order", args=[order]) if order else reverse("card_stock", args=[self.spoilage.stock_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = self.spoilage
        what = {"quantity": said.quantity, "stock": said.stock, "reason": said.reason, "who": said.reported_by}
        intro = _t("%(quantity)s × %(stock)s: %(reason)s (%(who)s)") % what
        return super().get_context_data(**{"intro": intro, "cancel_url": self.get_success_url()} | kwargs)


class ConfirmSpoilt(OfSpoilage):
    title = _("Confirm what is spoilt")
    submit = _("I have seen it")

    def perform(self, form: BaseForm) -> Spoilage:
        return services.confirm_spoilt(**self.asked(form))


class TakeBack(OfSpoilage):
    title = _("It is not spoilt")
    submit = _("Take the report back")
    form_class = WhyForm

    def perform(self, form: BaseForm) -> Spoilage:
        return services.take_back(**self.asked(form))


class PutBack(OfSpoilage):
    title = _("Put back what is not spoilt")
    submit = _("I have seen them in the stock")

    def perform(self, form: BaseForm) -> Spoilage:
        return services.put_back(**self.asked(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = self.spoilage
        what = {"quantity": said.quantity, "stock": said.stock}
        what |= {"reason": said.taken_back_reason, "who": said.taken_back_by}
        intro = _t("%(quantity)s × %(stock)s: %(reason)s (%(who)s)") % what
        return super().get_context_data(**{"intro": intro} | kwargs)
