"""What people type about a company. Which of it holds, the services say."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.forms import DateInput
from customers.models import Customer
from customers.models.noted import Noted

ENDS = _("The first day on which it no longer holds.")


class PercentField(forms.DecimalField):
    """Typed as a percentage, kept as a fraction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=4, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{(value * 100).normalize():f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        found = super().clean(value)
        return None if found is None else found / 100


class NotedForm(forms.ModelForm):
    """To note something, and with an `instance` to correct it; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    instance: Noted
    hints: ClassVar[dict[str, Any]] = {"until": ENDS}

    def __init__(self, *args: Any, user: User, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.customer = user, customer
        self.is_correction = self.instance.pk is not None
        if self.is_correction:
            self.initial["version"] = self.instance.version
            for name in self.instance.FIXED:
                self.fields.pop(name, None)
        else:
            del self.fields["version"]
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                field.widget = DateInput()
            field.help_text = self.hints.get(name, field.help_text)
        if "since" in self.fields:
            self.fields["since"].initial = timezone.localdate
        if "currency" in self.fields:
            self.fields["currency"].initial = settings.CRM_BASE_CURRENCY

    def validate_constraints(self) -> None:
        """The service says what the database refuses."""

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()
