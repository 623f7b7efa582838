"""What people type about entitlements. What holds, the services and kinds say."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Customer, Interaction
from segmentation.forms import REASON
from segmentation.models import Benefit, EntitlementOverride
from segmentation.standards.definition import MAX_QUOTA
from segmentation.standards.periods import Period

UNLIMITED = [("", _("as often as wished"))]


class UseForm(forms.Form):
    benefit = forms.ModelChoiceField(label=_("Benefit"), queryset=Benefit.objects.none(), to_field_name="code")
    used_on = forms.DateField(label=_("Used on"), widget=DateInput())
    channel = forms.ChoiceField(label=_("Channel"), choices=Interaction.Channel.choices)
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, benefits: list[Benefit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Benefit.objects.filter(pk__in=[each.pk for each in benefits]).order_by("name", "pk")
        self.fields["benefit"].queryset = rows  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class LossForm(forms.Form):
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Where and when, as the customer says.")
    )


class EntitlementOverrideForm(forms.Form):
    benefit = forms.ModelChoiceField(
        label=_("Benefit"), queryset=Benefit.objects.order_by("name", "pk"), to_field_name="code"
    )
    kind = forms.ChoiceField(label=_("What"), choices=EntitlementOverride.Kind.choices)
    quota = forms.IntegerField(
        label=_("How often"),
        min_value=1,
        max_value=MAX_QUOTA,
        required=False,
        help_text=_("Of a grant; empty: as often as wished."),
    )
    per = forms.ChoiceField(label=_("In each"), choices=[*UNLIMITED, *Period.choices], required=False)
    since = forms.DateField(label=_("From"), widget=DateInput())
    last = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("The last day, within two years."))
    reason = REASON

    def content(self, customer: Customer) -> dict[str, Any]:
        said = self.cleaned_data
        quota = said["quota"]
        return {
            "customer": customer.number,
            "benefit": said["benefit"].code,
            "kind": said["kind"],
            "quota": "" if quota is None else quota,
            "per": said["per"],
            "since": str(said["since"]),
            "until": str(said["last"] + timedelta(days=1)),
        }
