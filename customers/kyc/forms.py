"""What people type about risks and reviews. Which of it holds, the services say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import KycReview, Risk

WHY = forms.Textarea({"rows": 3})


class RateForm(forms.Form):
    """`is_case` for who is cleared alone."""

    level = forms.ChoiceField(label=_("Risk"), choices=Risk.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=WHY)
    is_case = forms.BooleanField(
        label=_("Anti-money-laundering case"),
        required=False,
        help_text=_("Seen by those alone who are cleared for it."),
    )

    def __init__(self, *args: Any, is_cleared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_cleared:
            del self.fields["is_case"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=WHY)


class BeginForm(forms.Form):
    """Nothing to type: the button says it."""


class ReviewForm(forms.Form):
    """A result and a word for each check of the customer, and how it ends. `act` says whether it ends now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(
        choices=[("save", "save"), ("conclude", "conclude")], widget=forms.HiddenInput, required=False
    )

    def __init__(self, *args: Any, review: KycReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = KycReview.OF_KIND[review.customer.kind]
        for name in self.names:
            said = review.checks.get(name, {})
            results = [
                choice
                for choice in KycReview.Result.choices
                if choice[0] != KycReview.Result.HIT or name == KycReview.Check.SCREENING
            ]
            self.fields[name] = forms.ChoiceField(
                label=name.label, choices=[("", "–"), *results], required=False, initial=said.get("result", "")
            )
            self.fields[f"{name}_note"] = forms.CharField(
                label=_("Remark: %(check)s") % {"check": name.label},
                required=False,
                max_length=300,
                initial=said.get("note", ""),
            )
        self.fields["level"] = forms.ChoiceField(label=_("Risk found"), choices=Risk.choices, initial=review.level, required=False)  # fmt: skip
        if review.is_case:
            del self.fields["level"]
        self.fields["conclusion"] = forms.ChoiceField(
            label=_("Conclusion"),
            choices=[("", "–"), *((each.value, each.label) for each in KycReview.SAID)],
            required=False,
        )
        self.fields["remark"] = forms.CharField(label=_("Reason of the conclusion"), max_length=500, required=False, widget=WHY)  # fmt: skip

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[name], self[f"{name}_note"]) for name in self.names]

    def checks(self) -> dict[str, dict[str, str]]:
        typed = self.cleaned_data
        return {str(name): {"result": typed[name], "note": typed[f"{name}_note"]} for name in self.names}

    def ending(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("level", "conclusion", "remark")}
