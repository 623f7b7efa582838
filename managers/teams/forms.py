from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, User


class MembersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        if user.is_active:
            return str(user)
        return gettext("%(user)s (account closed)") % {"user": user}


class TeamForm(forms.Form):
    """`others` are members whom the user can't change: they are named, and stay."""

    code = forms.CharField(label=_("Code"), max_length=32, help_text=_("Small letters, digits, - and _; it stays."))
    name = forms.CharField(label=pgettext_lazy("a team", "Name"), max_length=120)
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"))
    members = MembersField(User.objects.none(), label=_("Members"), required=False)

    def __init__(
        self, *args: Any, people: QuerySet[User], others: Iterable[User], branches: QuerySet[Branch], is_new: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if names := ", ".join(map(str, others)):
            self.fields["members"].help_text = gettext("From other branches, and they stay: %(names)s.") % {
                "names": names
            }
        if not is_new:
            del self.fields["code"]
