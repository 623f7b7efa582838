from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput

MEASURES = {
    "customers": _("Customers"),
    "opening_balance": _("Balance at the opening"),
    "closing_balance": _("Balance at the closing"),
    "revenue": _("Fees net of waivers"),
}


class DatesForm(forms.Form):
    """`last` is the last day whose tiers are decided."""

    opening = forms.DateField(label=_("Opening"), widget=DateInput(attrs={"class": "form-control"}))
    closing = forms.DateField(label=_("Closing"), widget=DateInput(attrs={"class": "form-control"}))

    def __init__(self, *args: Any, last: date, **kwargs: Any) -> None:
        self.last = last
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opening, closing = found.get("opening"), found.get("closing")
        if closing and closing > self.last:
            self.add_error("closing", _("Tiers are decided through %(day)s.") % {"day": self.last})
        if opening and closing and opening >= closing:
            self.add_error("opening", _("The opening lies before the closing."))
        return found


def usual_dates(published: date) -> dict[str, date]:
    """From the end of the month before to the published date: both have facts."""
    return {"opening": published.replace(day=1) - timedelta(days=1), "closing": published}
