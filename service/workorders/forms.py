from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, Team
from customers.forms.inputs import MomentInput

WORDS = forms.Textarea({"rows": 3})


def _teams(**more: Any) -> dict[str, Any]:
    return {
        "label": _("Teams"),
        "queryset": Team.objects.order_by("name"),
        "to_field_name": "code",
        "required": False,
    } | more


def _branches(**more: Any) -> dict[str, Any]:
    return {
        "label": _("Branches"),
        "queryset": Branch.objects.order_by("path"),
        "to_field_name": "code",
        "required": False,
    } | more


class OpenForm(forms.Form):
    what = forms.CharField(label=_("What is to be done"), max_length=300, widget=forms.Textarea({"rows": 2}))
    teams = forms.ModelMultipleChoiceField(**_teams(widget=forms.CheckboxSelectMultiple))
    branches = forms.ModelMultipleChoiceField(
        **_branches(widget=forms.SelectMultiple({"size": 6}), help_text=_("Each department gets an order of its own."))
    )
    due_at = forms.DateTimeField(label=_("Due"), widget=MomentInput())


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class WordsForm(VersionForm):
    words = forms.CharField(label=_("What was done, or why not"), max_length=1000, widget=WORDS)


class PassOnForm(VersionForm):
    team = forms.ModelChoiceField(**_teams(label=_("To the team")))
    branch = forms.ModelChoiceField(**_branches(label=_("or to the branch")))
    due_at = forms.DateTimeField(label=_("Due"), widget=MomentInput())
    words = forms.CharField(label=_("Text"), max_length=1000, required=False, widget=WORDS)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("team")) == bool(found.get("branch")):
            raise forms.ValidationError(_("Choose a team or a branch."))
        return found
