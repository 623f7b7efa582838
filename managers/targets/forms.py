from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch, Team, User
from customers.forms.inputs import DateInput
from customers.models import Product
from managers.books.naming import nameable
from managers.models import Assignment, Target
from managers.targets.querysets import branches_headed, teams_seen


class TargetForm(forms.Form):
    manager = forms.ModelChoiceField(User.objects.none(), label=_("Manager"), required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), required=False, help_text=_("With all below it. One of the three.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Target.Kind)
    product = forms.ModelChoiceField(
        Product.objects.order_by("code"), label=_("Product"), required=False, help_text=_("Empty: all products.")
    )
    since = forms.DateField(label=pgettext_lazy("days", "From"), widget=DateInput())
    until = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("The first day after the period."))
    amount = forms.DecimalField(label=pgettext_lazy("of a period", "Target"), max_digits=20, decimal_places=4)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["manager"].queryset = nameable(user, Assignment.Role.BACKUP)
        fields["team"].queryset = teams_seen(user).order_by("name")
        fields["branch"].queryset = branches_headed(user).order_by("path")


class AmountForm(forms.Form):
    amount = forms.DecimalField(label=pgettext_lazy("of a period", "Target"), max_digits=20, decimal_places=4)
    version = forms.IntegerField(widget=forms.HiddenInput)
