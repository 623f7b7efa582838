from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch, User
from customers.forms.inputs import MomentInput
from customers.models import Customer
from customers.models.channels import ContactChannel
from managers.models import Event
from managers.models.invitations import MOST_COMPANIONS
from segmentation.models import Segment, SegmentMembership, Tier

CHANNELS = [(value, label) for value, label in ContactChannel.choices if value != ContactChannel.EVENT]


class EventForm(forms.ModelForm):
    """With a number per tier: how many of its customers may be invited."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Event
        fields = [
            "name",
            "kind",
            "branch",
            "place",
            "starts_at",
            "ends_at",
            "places",
            "budget",
            "cost",
            "currency",
            "host",
        ]
        widgets = {"starts_at": MomentInput(), "ends_at": MomentInput()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.below(user.branch) if user.branch else Branch.objects.none()
        self.fields["branch"].queryset = branches.order_by("path")
        self.fields["host"].queryset = User.objects.filter(is_active=True, branch__in=branches).order_by("name")
        self.fields["places"].min_value = 1
        for name in ("budget", "cost"):
            self.fields[name].min_value = 0
        self.initial.setdefault("currency", settings.CRM_BASE_CURRENCY)
        self.tiers = {f"quota_{tier.pk}": tier for tier in Tier.objects.select_related("scheme")}
        known = dict(self.instance.quotas.values_list("tier_id", "invitations")) if self.instance.pk else {}
        for name, tier in self.tiers.items():
            self.fields[name] = forms.IntegerField(
                label=_("At most invited: %(tier)s (%(scheme)s)") % {"tier": tier, "scheme": tier.scheme},
                min_value=0,
                max_value=100_000,
                required=False,
                initial=known.get(tier.pk),
            )

    def _post_clean(self) -> None:
        """The verb alone writes: the event stays as it was read."""

    @property
    def said(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self._meta.fields}
        asked = {tier: self.cleaned_data[name] for name, tier in self.tiers.items()}
        return found | {"quotas": {tier: most for tier, most in asked.items() if most is not None}}


class HeldForm(forms.Form):
    cost = forms.DecimalField(label=_("What it has cost"), min_value=0, max_digits=20, decimal_places=4, required=False)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))


class AnswerForm(forms.Form):
    """`state` is said by the button."""

    companions = forms.IntegerField(
        label=_("Companions"), min_value=0, max_value=MOST_COMPANIONS, initial=0, required=False,
        widget=forms.NumberInput({"autofocus": True}),
        help_text=_("Each takes a place."),
    )  # fmt: skip
    state = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_companions(self) -> int:
        return self.cleaned_data["companions"] or 0


class WhomForm(forms.Form):
    """Of the customers in reach, whom one has in mind."""

    segment = forms.ModelChoiceField(
        Segment.objects.in_use(), to_field_name="code", label=_("Segment"), required=False, empty_label=_("All")
    )
    tier = forms.ModelChoiceField(
        Tier.objects.select_related("scheme"), label=_("Tier"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Customer.Kind.choices], required=False)
    q = forms.CharField(label=_("Name or number"), max_length=80, required=False)
    channel = forms.ChoiceField(
        label=pgettext_lazy("an invitation", "By"), choices=CHANNELS, initial=ContactChannel.PHONE
    )

    def customers(self, user: User) -> Any:
        said, rows = self.cleaned_data, Customer.objects.open_to(user).unmerged()
        if said["segment"]:
            members = SegmentMembership.objects.open().filter(segment=said["segment"])
            rows = rows.filter(pk__in=members.values("customer"))
        if said["tier"]:
            rows = rows.filter(tier_periods__tier=said["tier"], tier_periods__until=None)
        if said["kind"]:
            rows = rows.filter(kind=said["kind"])
        return rows.search(said["q"]).order_by("sort_key", "pk")


class ChosenForm(forms.Form):
    """Whom one has chosen of them."""

    channel = forms.ChoiceField(choices=CHANNELS)
    customers = forms.ModelMultipleChoiceField(Customer.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customers"].queryset = Customer.objects.open_to(user)
