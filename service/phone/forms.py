from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.calls.forms import AfterCallForm
from customers.forms.inputs import MomentInput
from service.models import CallReason, WrapUp


class WrapUpForm(AfterCallForm):
    """The quick log with why they called and what follows."""

    reasons = forms.MultipleChoiceField(label=_("Why they called"), required=False, widget=forms.CheckboxSelectMultiple)
    follows = forms.ChoiceField(label=_("What follows"), choices=WrapUp.Next, initial=WrapUp.Next.NOTHING)
    is_solved = forms.BooleanField(label=_("Answered in this call"), required=False)

    def __init__(self, *args: Any, has_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = CallReason.objects.filter(is_used=True).values_list("code", "name")
        self.fields["reasons"].choices = list(used)  # type: ignore[attr-defined]  # of a choice
        self.has_customer = has_customer

    def said(self, today: Any) -> dict[str, Any]:
        return super().said(today) | {name: self.cleaned_data[name] for name in ("reasons", "follows", "is_solved")}


class CallBackForm(forms.Form):
    topic = forms.CharField(label=_("What about"), max_length=200)
    due_at = forms.DateTimeField(label=_("When"), widget=MomentInput())
    by_manager = forms.BooleanField(label=_("By the customer's manager"), required=False)


class ScriptForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    text_en = forms.CharField(label=_("English"), max_length=2_000, widget=forms.Textarea({"rows": 4}))
    text_zh = forms.CharField(label=_("Chinese"), max_length=2_000, widget=forms.Textarea({"rows": 4}))


class ReasonForm(forms.Form):
    code = forms.RegexField(r"[a-z0-9][a-z0-9_-]{0,31}", label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=80)
    is_used = forms.BooleanField(label=pgettext_lazy("a reason", "Used"), required=False, initial=True)
