from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Team, User
from customers.forms.inputs import DateInput
from service.models import Roster, Shift
from service.models.roster import DAYS

TIME = {"type": "time"}


class Pairs(forms.ModelChoiceField):
    """People by their user name, shown by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.username})"


class RosterForm(forms.Form):
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.order_by("name"), to_field_name="code")
    week_on = forms.DateField(label=_("A day of the week"), widget=DateInput())


class ShiftForm(forms.Form):
    user = Pairs(label=pgettext_lazy("a roster", "Who"), queryset=User.objects.none(), to_field_name="username")
    on = forms.DateField(label=_("Day on which it begins"), widget=DateInput())
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(TIME))
    ends = forms.TimeField(
        label=_("Until"), widget=forms.TimeInput(TIME), help_text=_("Earlier than the beginning: on the next day.")
    )

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = roster.team.members.filter(is_active=True).order_by("username")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]  # of a model choice


class DemandForm(forms.Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    since = forms.IntegerField(label=_("From hour"), min_value=0, max_value=23, initial=0)
    until = forms.IntegerField(label=_("To before hour"), min_value=1, max_value=24, initial=24)
    needed = forms.IntegerField(label=_("How many must be there"), min_value=0, max_value=500)


class SwapForm(forms.Form):
    to = Pairs(label=_("Colleague"), queryset=User.objects.none(), to_field_name="username")
    back = forms.ModelChoiceField(
        label=_("For their shift"), queryset=Shift.objects.none(), required=False, empty_label=_("For none")
    )

    def __init__(self, *args: Any, shift: Shift, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = shift.roster.team.members.filter(is_active=True).exclude(pk=shift.user_id)
        theirs = Shift.objects.published().filter(roster__team=shift.roster.team, starts_at__gt=at, user__in=colleagues)
        self.fields["to"].queryset = colleagues.order_by("username")  # type: ignore[attr-defined]  # of a model choice
        self.fields["back"].queryset = theirs.select_related("user")  # type: ignore[attr-defined]  # of a model choice
        self.fields["back"].label_from_instance = lambda each: f"{each.user}: {each}"  # type: ignore[attr-defined]
