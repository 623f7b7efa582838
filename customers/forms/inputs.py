"""Fields that several forms have."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.models import Customer

CLOSEST = 5


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class SpanForm(forms.Form):
    """From a day through another one."""

    since = forms.DateField(label=_("From"), widget=DateInput(attrs={"class": "form-control"}))
    through = forms.DateField(label=_("Until"), widget=DateInput(attrs={"class": "form-control"}))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("since") and found.get("through") and found["since"] > found["through"]:
            raise forms.ValidationError(gettext("The first day is after the last one."))
        return found


class TypedCustomer(forms.Form):
    """The customer by number or name, among those in reach."""

    customer = forms.CharField(
        label=_("Customer"),
        max_length=80,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        help_text=_("Number, name, pinyin or initials."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_customer(self) -> Customer:
        return customer_meant(self.cleaned_data["customer"], self.user)


def customer_meant(text: str, user: User) -> Customer:
    """The one customer in reach whom the text names. Raises ValidationError with the closest where it is not one."""
    reach = Customer.objects.visible_to(user)
    closest = reach.unmerged().search(text).order_by("sort_key", "pk")[: CLOSEST + 1]
    found = list(reach.exactly(text)[: CLOSEST + 1]) or list(closest)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(gettext("No customer of yours is called that."))
    several = ", ".join(f"{one} ({one.number})" for one in found[:CLOSEST])
    raise forms.ValidationError(gettext("Several customers match: %(customers)s. Type the number.") % {
        "customers": several}, code="several")  # fmt: skip
