from django import forms
from django.utils.translation import gettext_lazy as _

from managers.models import Task
from managers.todo.services import CLOSINGS


class CloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(state.value, state.label) for state in CLOSINGS],
        widget=forms.RadioSelect,
        initial=Task.State.DONE,
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=300,
        required=False,
        help_text=_("Needed where the task is dismissed."),
    )
