from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, User


class TeamForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=32, help_text=_("Small letters, digits, - and _; it stays."))
    name = forms.CharField(label=_("Name"), max_length=120)
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"))
    members = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], branches: QuerySet[Branch], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["code"]
