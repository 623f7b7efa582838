"""What people type about overrides. What holds, the services and kinds say."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Customer
from segmentation.models import Tier, TierOverride

REASON = forms.CharField(
    label=_("Reason"),
    max_length=500,
    widget=forms.Textarea(attrs={"rows": 3}),
    help_text=_("Who asks why sees it: with the tier, in the proposal and in the audit trail."),
)


class TierField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Tier) -> str:
        return obj.name


class OverrideForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=TierOverride.Kind.choices)
    tier = TierField(label=_("Tier"), queryset=Tier.objects.none())
    since = forms.DateField(label=_("From"), widget=DateInput())
    last = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("The last day, within two years."))
    reason = REASON

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        rows = Tier.objects.filter(scheme__customer_kind=customer.kind).order_by("-rank")
        self.fields["tier"].queryset = rows  # type: ignore[attr-defined]

    def content(self) -> dict[str, str]:
        said = self.cleaned_data
        return {
            "customer": self.customer.number,
            "kind": said["kind"],
            "tier": said["tier"].code,
            "since": str(said["since"]),
            "until": str(said["last"] + timedelta(days=1)),
        }


class EndForm(forms.Form):
    on = forms.DateField(
        label=_("Ends on"), widget=DateInput(), help_text=_("The first day on which it no longer holds.")
    )
    reason = REASON

    def content(self, override: TierOverride) -> dict[str, Any]:
        on: date = self.cleaned_data["on"]
        return {"customer": override.customer.number, "override": override.pk, "on": str(on)}
