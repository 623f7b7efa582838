from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.inputs import DateInput


class ReasonForm(forms.Form):
    effective_from = forms.DateField(
        label=_("Effective from"), required=False, widget=DateInput(), help_text=_("Empty: from the approval on.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def typed(self) -> dict[str, str]:
        return {name: self.data.get(name, "") for name in self.fields}
