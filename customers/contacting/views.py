"""Forms about consents, flags and risk assessments of a customer in reach. Each is one service."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from customers.contacting import services
from customers.contacting.forms import AssessForm, ConsentForm, EndFlagForm, FlagForm, WithdrawForm
from customers.models import Consent, Customer, Flag, RiskAssessment
from customers.views.change import ChangePage


class PermissionsPage(ChangePage):
    """Back to the tab where the result stands."""

    done = _("Saved.")

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=permissions"


class AssessRisk(PermissionsPage):
    permission = "risk-assessments:write"
    title = _("Assess the risk level")
    form_class = AssessForm

    def perform(self, form: BaseForm) -> RiskAssessment:
        return services.assess_risk(
            customer=self.customer, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data
        )


class GiveConsent(PermissionsPage):
    permission = "consents:write"
    title = _("Record a consent")
    form_class = ConsentForm

    @transaction.atomic
    def perform(self, form: BaseForm) -> list[Consent]:
        said = dict(form.cleaned_data)
        channels, at = said.pop("channels"), timezone.now()
        return [
            services.give_consent(customer=self.customer, channel=channel, at=at, by=self.request.user, **said)
            for channel in channels
        ]


class RaiseFlag(PermissionsPage):
    permission = "flags:write"
    title = _("Raise a flag")
    form_class = FlagForm

    def perform(self, form: BaseForm) -> Flag:
        return services.raise_flag(customer=self.customer, by=self.request.user, **form.cleaned_data)


class OfRow(PermissionsPage):
    """About a row of a customer in reach."""

    queryset: QuerySet

    @cached_property
    def row(self) -> Any:
        rows = self.queryset.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.row.customer

    def get_title(self) -> str:
        return f"{self.title}: {self.row}"


class WithdrawConsent(OfRow):
    permission = "consents:write"
    title = _("Withdraw the consent")
    intro = _("From this moment on nobody contacts the customer for this purpose by this channel.")
    submit = _("Withdraw")
    queryset = Consent.objects.all()
    form_class = WithdrawForm

    def perform(self, form: BaseForm) -> Consent:
        return services.withdraw_consent(consent=self.row, at=timezone.now(), by=self.request.user)


class EndFlag(OfRow):
    permission = "flags:write"
    title = _("End the flag")
    queryset = Flag.objects.all()
    form_class = EndFlagForm

    def perform(self, form: BaseForm) -> Flag:
        return services.end_flag(flag=self.row, by=self.request.user, **form.cleaned_data)
