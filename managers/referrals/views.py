"""Referrals: made on the customer's page, seen by all whom they concern, answered by a manager."""

from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from customers.views.change import ChangePage
from managers.models import Referral
from managers.referrals.filters import ReferralFilter
from managers.referrals.forms import AnswerForm, ReferForm
from managers.referrals.services import accept_referral, decline_referral, refer
from managers.referrals.tables import ReferralTable
from segmentation.decisions.views import crumbs_of


class ReferralList(ListPage):
    permission = "referrals:read"
    title = _("Referrals")
    queryset = Referral.objects.select_related("customer__manager", "referred_by", "answered_by").with_credit()
    filterset_class = ReferralFilter
    table_class = ReferralTable
    ordering_fields = {"referred_at": "referred_at"}
    ordering = "-referred_at"
    empty = Empty(
        _("Nobody was referred yet"),
        _("A teller refers a customer on the customer's page; the manager answers within one business day."),
        icon="user-share",
    )


class ReferCustomer(ChangePage):
    permission = "referrals:write"
    template_name = "managers/referrals/refer.html"
    fragment_name = "managers/referrals/_refer.html"
    title = _("Refer to the manager")
    submit = _("Refer")
    done = _("Referred. You are told what becomes of it.")
    form_class = ReferForm

    def perform(self, form: BaseForm) -> Referral:
        return refer(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class AnswerReferral(FormPage):
    permission = "opportunities:write"
    title = _("Answer the referral")
    submit = _("Answer")
    done = _("The teller is told.")
    form_class = AnswerForm

    @cached_property
    def referral(self) -> Referral:
        rows = Referral.objects.visible_to(self.request.user).select_related("customer", "referred_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.referral.version, "answer": "accept"}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Referrals"), reverse("referrals")), crumbs_of(self.referral.customer)[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = (self.referral, self.referral.note or "–", self.referral.referred_by)
        return super().get_context_data(**{"intro": format_html("{}: {} · {}", *said), "cancel_url": reverse("referrals")} | kwargs)  # fmt: skip

    def perform(self, form: BaseForm) -> Referral:
        said = {"referral": self.referral, "version": form.cleaned_data["version"], "by": self.request.user}
        if form.cleaned_data["answer"] == "decline":
            return decline_referral(**said, reason=form.cleaned_data["reason"], at=timezone.now())
        return accept_referral(**said, at=timezone.now())

    def get_success_url(self) -> str:
        """Who accepts goes on with the customer."""
        accepted = getattr(self, "result", None) and self.result.state == Referral.State.ACCEPTED
        return f"{reverse('customer', args=[self.referral.customer_id])}?tab=pipeline" if accepted else reverse("referrals")  # fmt: skip
