from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.forms.inputs import DateInput
from customers.models import Product
from managers.approved_pages import ProposedForm
from managers.models import Certificate, Grade
from managers.staff.standards import Asked


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade)
    since = forms.DateField(label=pgettext_lazy("days", "From"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class CertificateForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Certificate.Kind)
    number = forms.CharField(label=_("Number"), max_length=40)
    issued_on = forms.DateField(label=_("Issued on"), widget=DateInput())
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=DateInput(), help_text=_("Empty where it never ends.")
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))


class TrainingForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("a training", "Title"), max_length=120)
    held_on = forms.DateField(label=pgettext_lazy("a training", "On"), widget=DateInput())
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_digits=5, decimal_places=1)
    is_passed = forms.BooleanField(label=_("Passed"), required=False, initial=True)


class SkillsForm(forms.Form):
    skills = forms.MultipleChoiceField(
        label=_("Product skills"),
        choices=Product.Family,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The families of products in which they are versed."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class StandardsForm(ProposedForm):
    """A grade and certificates for each tier: `grade_gold`, `certificates_gold`."""

    def __init__(self, *args: Any, tiers: dict[str, str], now: dict[str, Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiers = list(tiers)
        for code, name in tiers.items():
            asked = now.get(code, Asked())
            self.fields[f"grade_{code}"] = forms.ChoiceField(
                label=_("%(tier)s: grade at least") % {"tier": name},
                choices=[("", "–"), *Grade.choices],
                required=False,
                initial=asked.grade,
            )
            self.fields[f"certificates_{code}"] = forms.MultipleChoiceField(
                label=_("%(tier)s: certificates") % {"tier": name},
                choices=Certificate.Kind,
                required=False,
                initial=list(asked.certificates),
                widget=forms.CheckboxSelectMultiple,
            )
        self.order_fields(
            [*(name for name in self.fields if "_" in name and name != "effective_from"), "effective_from", "reason"]
        )

    def content(self) -> dict[str, Any]:
        said = {code: self._asked(code) for code in self.tiers}
        return {"tiers": {code: asked for code, asked in said.items() if asked}}

    def _asked(self, code: str) -> dict[str, Any]:
        grade, kinds = self.cleaned_data[f"grade_{code}"], self.cleaned_data[f"certificates_{code}"]
        return ({"grade": grade} if grade else {}) | ({"certificates": kinds} if kinds else {})
