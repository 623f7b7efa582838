"""What people type about opportunities. Which of it holds, the services say."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.forms import DateInput
from customers.models import Product
from customers.rates import known_currencies
from managers.models import LostReason, Opportunity, Stage
from managers.models.sales import OPEN

WORDS = forms.Textarea({"rows": 3})
OPEN_CHOICES = [(stage.value, stage.label) for stage in OPEN]
PERCENT = _("In percent; without it that of the stage.")


class OpportunityForm(forms.ModelForm):
    """`version` is that of the opportunity which was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    currency = forms.ChoiceField(label=_("Currency"))

    class Meta:
        model = Opportunity
        fields = ["product", "amount", "currency", "probability", "close_on", "next_step", "next_on", "owner", "source", "competitors"]  # fmt: skip
        widgets = {"close_on": DateInput(), "next_on": DateInput()}

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.order_by("family", "code")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(code, code) for code in known_currencies()]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Nothing is written into the instance: the service does that, on the row as it is then."""

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class OpenForm(OpportunityForm):
    """The stage first; who owns it and how likely it is need not be said."""

    version = None  # type: ignore[assignment]
    stage = forms.ChoiceField(label=_("Stage"), choices=OPEN_CHOICES)
    field_order = ["product", "amount", "currency", "stage", "probability", "close_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["probability"].required = self.fields["owner"].required = False
        self.fields["probability"].help_text = PERCENT
        self.fields["currency"].initial = settings.CRM_BASE_CURRENCY


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(VersionForm):
    stage = forms.ChoiceField(label=_("Stage"))
    probability = forms.IntegerField(label=_("Probability"), required=False, min_value=0, max_value=100, help_text=PERCENT)  # fmt: skip

    def __init__(self, *args: Any, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [choice for choice in (*OPEN_CHOICES, (Stage.WON.value, Stage.WON.label)) if choice[0] != now]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]


class LoseForm(VersionForm):
    lost_reason = forms.ChoiceField(label=_("Reason of the loss"), choices=[("", "–"), *LostReason.choices])
    lost_words = forms.CharField(label=_("More on the loss"), max_length=300, required=False, widget=WORDS)


class ReopenForm(VersionForm):
    reason = forms.CharField(label=_("Why it is open again"), max_length=300, widget=WORDS)
