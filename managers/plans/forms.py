from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import User
from customers.forms.inputs import DateInput
from customers.rates import known_currencies
from managers.models import CustomerPlan, PlanAction, PlanGoal


class Versioned(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlanForm(forms.ModelForm):
    currency = forms.ChoiceField(label=_("Currency"))

    class Meta:
        model = CustomerPlan
        fields = ("until", "needs", "wallet", "currency", "wallet_source")
        widgets = {"until": DateInput(), "needs": forms.Textarea({"rows": 4})}
        labels = {"wallet": _("What the customer has at all banks")}
        help_texts = {
            "until": _("One to three years from now. The first day after the plan."),
            "wallet": _("An estimate. The share of this bank follows from its own balance."),
            "wallet_source": _("For example the annual report, or what the customer said."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in known_currencies()]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The verbs say what can't be; nothing is written into the row here."""


class ChangePlanForm(PlanForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class GoalForm(Versioned):
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanGoal.Kind)
    figure = forms.DecimalField(
        label=_("Figure"), max_digits=20, decimal_places=4, required=False,
        help_text=_("An amount, a share in percent, or how many products. Empty where it is said in words."),
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, help_text=_("Of a balance; empty: that of the plan.")
    )
    words = forms.CharField(label=_("In words"), max_length=300, required=False)
    due_on = forms.DateField(label=pgettext_lazy("a goal", "By"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(code, code) for code in known_currencies()]
        self.fields["currency"].choices = [("", "–"), *codes]  # type: ignore[attr-defined]


class ActionForm(Versioned):
    what = forms.CharField(label=pgettext_lazy("an action", "What"), max_length=300)
    who = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("an action", "Who"))
    due_on = forms.DateField(label=pgettext_lazy("an action", "By"), widget=DateInput())

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = people  # type: ignore[attr-defined]


class CloseActionForm(Versioned):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(each.value, each.label) for each in (PlanAction.State.DONE, PlanAction.State.DROPPED)],
        widget=forms.RadioSelect,
        initial=PlanAction.State.DONE,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed where it is dropped.")
    )


class ReasonForm(Versioned):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReviewForm(Versioned):
    words = forms.CharField(
        label=_("What was found, and what comes next"), max_length=2000, widget=forms.Textarea({"rows": 5})
    )
