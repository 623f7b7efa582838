from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Team
from customers.forms.inputs import MomentInput
from managers.approved_pages import ProposedForm
from service.models import BranchQueue, BusinessKind, Counter

KINDS = BusinessKind.objects.filter(is_offered=True).order_by("letter")


def _shown() -> forms.CharField:
    return forms.CharField(
        label=_("Card, phone number, document or customer number"), max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off"}), help_text=_("Exactly; empty for a walk-in."),
    )  # fmt: skip


class TakeForm(forms.Form):
    kind = forms.ModelChoiceField(
        KINDS, label=_("Kind of business"), to_field_name="code", empty_label=None, widget=forms.RadioSelect
    )
    text = _shown()


class CardForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the card"), max_length=25, widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Read from the card; it is kept nowhere, but recognised the next time."),
    )  # fmt: skip


class PaperForm(forms.Form):
    label = forms.CharField(label=_("Number on the paper"), max_length=6)
    taken_at = forms.DateTimeField(label=_("Taken at"), widget=MomentInput())
    text = _shown()
    served_by = forms.ModelChoiceField(
        Counter.objects.none(), label=_("Served already at"), required=False, to_field_name="number",
        empty_label=_("waits still"),
    )  # fmt: skip
    called_at = forms.DateTimeField(label=_("Called at"), required=False, widget=MomentInput())
    ended_at = forms.DateTimeField(label=_("Served until"), required=False, widget=MomentInput())

    def __init__(self, *args: Any, queue: BranchQueue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["served_by"]
        field.queryset = queue.counters.order_by("number")


class ChangeForm(forms.Form):
    """One step of a number, as it was read."""

    version = forms.IntegerField(min_value=1)


class TransferForm(ChangeForm):
    kind = forms.ModelChoiceField(KINDS, label=_("To"), to_field_name="code", empty_label=None)


class CounterForm(forms.Form):
    number = forms.IntegerField(label=_("Counter"), min_value=1, max_value=99)
    kinds = forms.ModelMultipleChoiceField(
        KINDS, label=_("Kinds of business"), to_field_name="code", widget=forms.CheckboxSelectMultiple
    )
    is_vip = forms.BooleanField(label=_("For VIPs alone"), required=False)
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class BranchQueueForm(forms.Form):
    is_open = forms.BooleanField(label=_("Numbers are given"), required=False)
    paper_from = forms.IntegerField(label=_("Numbers on paper from"), min_value=1, max_value=999)
    paper_until = forms.IntegerField(
        label=_("Numbers on paper until"), min_value=1, max_value=999,
        help_text=_("Printed ahead, for when the system is down; it never gives them itself."),
    )  # fmt: skip
    lobby = forms.ModelChoiceField(
        Team.objects.order_by("name"), label=_("Who receives VIPs"), required=False, to_field_name="code",
        empty_label=_("the heads of the branch"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KindForm(forms.Form):
    code = forms.RegexField(r"[a-z0-9][a-z0-9_-]{0,31}", label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=80)
    letter = forms.RegexField(
        r"^[A-Za-z]$", label=pgettext_lazy("of queue numbers", "Letter"), max_length=1, help_text=_("It stands before the numbers.")
    )  # fmt: skip
    is_offered = forms.BooleanField(label=pgettext_lazy("a kind of business", "Offered"), required=False, initial=True)


class RulesForm(ProposedForm):
    field_order = ("ageing", "limit_minutes", "branches")

    ageing = forms.DecimalField(
        label=_("Points for a minute of waiting"), max_digits=7, decimal_places=4, min_value=0,
        help_text=_("What a tier weighs stands in the service standards: at 0.1, one point is ten minutes."),
    )  # fmt: skip
    limit_minutes = forms.IntegerField(
        label=_("Longest wait before VIPs stand back, in minutes"), min_value=1, max_value=240
    )
    branches = forms.CharField(
        label=_("Other in some branches"), required=False,
        widget=forms.Textarea({"rows": 4, "class": "font-monospace", "spellcheck": "false", "lang": "en"}),
        help_text=_("A line each: the code of the branch, points, minutes. For example SH01 0.2 20."),
    )  # fmt: skip

    def clean_branches(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for place, line in enumerate(filter(str.strip, self.cleaned_data["branches"].splitlines()), start=1):
            words = line.split()
            if len(words) != 3 or not words[2].isdecimal() or words[0] in found:
                text = _("Line %(number)s is no branch with points and minutes, or it stands here twice.")
                raise forms.ValidationError(text, params={"number": place})
            found[words[0]] = {"ageing": words[1], "limit_minutes": int(words[2])}
        return found

    def said(self) -> dict[str, Any]:
        """The content of a version."""
        given = self.cleaned_data
        ageing = f"{given['ageing'].normalize():f}"
        return {"ageing": ageing, "limit_minutes": given["limit_minutes"], "branches": given["branches"]}
