"""A waiver by hand of a fee, and the reversal of a ledger entry: asked for here, decided by somebody else."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services as approvals
from crm.approvals.models import Proposal
from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from customers.models import Customer, FeeCharge
from customers.portfolio import payer_of
from segmentation.decisions.views import crumbs_of
from segmentation.editor.inputs import Amount
from segmentation.forms import REASON
from segmentation.models import WaiverEntry
from segmentation.rules.sentences import money
from segmentation.views.overrides import WAITS

TYPED = Amount("amount", "")


class WaiveForm(forms.Form):
    amount = forms.CharField(
        label=gettext_lazy("Amount"), max_length=24, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    reason = REASON


class ReverseForm(forms.Form):
    reason = REASON


class ByHand(FormPage):
    permission = "waivers:write"
    submit = gettext_lazy("Propose")
    done = WAITS
    kind = ""

    @property
    def customer(self) -> Customer:
        raise NotImplementedError

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=waivers"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "intro": self.get_intro()} | kwargs)

    def get_intro(self) -> str:
        raise NotImplementedError

    def content(self, form: forms.Form) -> dict[str, Any]:
        raise NotImplementedError

    def perform(self, form: forms.Form) -> Proposal:
        return approvals.propose(
            kind=self.kind,
            content=self.content(form) | {"customer": self.customer.number},
            title=f"{self.get_title()}: {self.customer.number}",
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )


class WaiveCharge(ByHand):
    title = gettext_lazy("Waive by hand")
    form_class = WaiveForm
    kind = "manual_waiver"

    @cached_property
    def charge(self) -> FeeCharge:
        rows: QuerySet = FeeCharge.objects.visible_to(self.request.user).select_related("account", "fee")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        payer = payer_of(self.charge.account)
        if payer is None:
            raise Http404
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=payer.pk)

    def get_intro(self) -> str:
        currency = self.charge.account.currency
        return _("%(fee)s: %(amount)s, of which %(waived)s are waived. Somebody else decides.") % {
            "fee": self.charge.fee,
            "amount": money(self.charge.amount, currency),
            "waived": money(self.charge.waived, currency),
        }

    def get_initial(self) -> dict[str, Any]:
        left = self.charge.amount - self.charge.waived
        return {"amount": money(left).replace(",", "")}

    def content(self, form: forms.Form) -> dict[str, Any]:
        return {"charge": self.charge.number, "amount": TYPED.to_json(form.cleaned_data["amount"])}


class ReverseEntry(ByHand):
    title = gettext_lazy("Take a waiver back")
    form_class = ReverseForm
    kind = "waiver_reversal"

    @cached_property
    def entry(self) -> WaiverEntry:
        rows: QuerySet = WaiverEntry.objects.visible_to(self.request.user).select_related("customer", "charge__fee")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def customer(self) -> Customer:
        return self.entry.customer

    def get_intro(self) -> str:
        return _(
            "Entry %(number)s: %(amount)s of the fee %(fee)s. The customer pays it again. Somebody else decides."
        ) % {
            "number": self.entry.number,
            "amount": money(self.entry.waived, self.entry.currency),
            "fee": self.entry.charge.fee,
        }

    def content(self, form: forms.Form) -> dict[str, Any]:
        return {"entry": self.entry.number}
