"""Grants and withdrawals of single benefits: the list of them, and the forms that ask for one or for its end."""

from datetime import timedelta
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services as approvals
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.pages import Empty, ListPage
from customers.models import Customer
from segmentation.forms import EndForm
from segmentation.models import EntitlementOverride
from segmentation.standards.filters import EntitlementOverrideFilter
from segmentation.standards.forms import EntitlementOverrideForm
from segmentation.standards.tables import EntitlementOverrideTable
from segmentation.standards.views.customer import OfEntitlements
from segmentation.views.overrides import WAITS


class EntitlementOverrideList(ListPage):
    permission = "entitlement-overrides:read"
    title = gettext_lazy("Entitlement overrides")
    queryset = EntitlementOverride.objects.select_related("customer", "benefit", "approved_by")
    filterset_class = EntitlementOverrideFilter
    table_class = EntitlementOverrideTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(
        gettext_lazy("No override yet"),
        gettext_lazy(
            "Where a benefit must differ from the standards, somebody proposes it on the customer's page, with a reason."
        ),
    )


class ProposeEntitlementOverride(OfEntitlements):
    permission = "entitlement-overrides:write"
    title = gettext_lazy("Override an entitlement")
    intro = gettext_lazy(
        "Somebody else decides. It holds from its first day; when it ends, the standards alone decide."
    )
    form_class = EntitlementOverrideForm
    submit = gettext_lazy("Propose")
    done = WAITS

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate(), "benefit": self.request.GET.get("benefit", "")}

    def perform(self, form: EntitlementOverrideForm) -> Proposal:
        said = form.cleaned_data
        title = _("%(benefit)s for %(customer)s") % {"benefit": said["benefit"], "customer": self.customer.number}
        content = form.content(self.customer)
        try:
            return approvals.propose(
                kind="entitlement_override", content=content, title=title, reason=said["reason"], by=self.request.user
            )
        except RuleBroken as refusal:
            field = "last" if refusal.field == "until" else refusal.field
            raise RuleBroken(refusal.message, field=field) from refusal


class EndEntitlementOverride(OfEntitlements):
    permission = "entitlement-overrides:write"
    title = gettext_lazy("End the override")
    intro = gettext_lazy("Somebody else decides. From that day the standards alone decide.")
    form_class = EndForm
    submit = gettext_lazy("Propose")
    done = WAITS

    @cached_property
    def override(self) -> EntitlementOverride:
        rows = EntitlementOverride.objects.visible_to(self.request.user).select_related("customer", "benefit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def customer(self) -> Customer:  # type: ignore[override]
        return self.override.customer

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate() + timedelta(days=1)}

    def perform(self, form: forms.Form) -> Proposal:
        said = {"benefit": self.override.benefit, "customer": self.customer.number}
        on = form.cleaned_data["on"]
        return approvals.propose(
            kind="entitlement_override_end",
            content={"customer": self.customer.number, "override": self.override.pk, "on": str(on)},
            title=_("End of %(benefit)s for %(customer)s") % said,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
