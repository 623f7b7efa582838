"""Which day, and which currency its holdings are shown in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.templatetags.frame import said_day
from customers.forms import CurrencyForm, DateInput
from customers.past.reading import EARLIEST


class DayForm(CurrencyForm):
    on = forms.DateField(
        label=_("As of"), validators=[EARLIEST], widget=DateInput(attrs={"class": "form-control w-auto"})
    )
    field_order = ("on", "currency")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs["max"] = str(today)

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(gettext("Nobody knows yet: %(day)s is to come.") % {
                "day": said_day(self.cleaned_data["on"])})  # fmt: skip
        return self.cleaned_data["on"]
