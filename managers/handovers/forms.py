from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import User
from segmentation.models import Tier


class LeavingForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    successor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Successor"),
        help_text=_(
            "Has from the day after it whoever is still in the book. Hand customers over one by one before that."
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = people  # type: ignore[attr-defined]


class DealForm(forms.Form):
    """To whom, and whom of the book."""

    receivers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=pgettext_lazy("a handover", "To whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one manager.")},
    )
    tier = forms.ModelChoiceField(Tier.objects.none(), label=_("Tier"), required=False, empty_label=_("The whole book"))

    def __init__(self, *args: Any, people: QuerySet[User], tiers: QuerySet[Tier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = people  # type: ignore[attr-defined]
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
