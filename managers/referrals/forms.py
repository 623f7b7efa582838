from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import Product


class ReferForm(forms.Form):
    """The family by one key; a note for who wants to say more."""

    family = forms.ChoiceField(label=_("What it is about"), choices=Product.Family, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def keyed(self) -> list[tuple[str, str | Promise, int]]:
        return [(value, label, key) for key, (value, label) in enumerate(Product.Family.choices, start=1)]


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("accept", _("Accept: I contact the customer")), ("decline", _("Decline"))],
        widget=forms.RadioSelect,
        initial="accept",
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=_("Needed to decline."))
