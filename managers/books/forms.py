from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import User
from managers.models import Absence


class AppointForm(forms.Form):
    manager = forms.ModelChoiceField(User.objects.none(), label=_("Who"))
    since = forms.DateField(label=pgettext_lazy("days", "From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day without them; empty where no end is known."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = people  # type: ignore[attr-defined]


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class AbsenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Absence.Kind)
    since = forms.DateField(label=_("Away from"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Back on"), widget=forms.DateInput(attrs={"type": "date"}))
    cover = forms.ModelChoiceField(User.objects.none(), label=_("Covered by"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].queryset = people  # type: ignore[attr-defined]


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Capacity"), help_text=_("The most load: each customer counts by the weight of their tier.")
    )
    languages = SimpleArrayField(
        forms.CharField(max_length=10),
        label=_("Languages"),
        required=False,
        help_text=_("Codes of two letters, with commas between them."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
