"""The figures of one period, all on one form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from customers.companies.figures import NOT_BEGUN
from customers.companies.forms.noted import PercentField
from customers.companies.sheets import plain
from customers.models import CompanyFigure, FigureKind
from customers.periods import Period, period_of


class PeriodForm(forms.Form):
    period = forms.CharField(
        label=_("Period"),
        max_length=10,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        help_text=_("2025, 2025-H1, 2025-Q3 or 2025-09; a business year that begins in April: 2025-04/12."),
    )

    def clean_period(self) -> Period:
        try:
            period = period_of(self.cleaned_data["period"])
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if period.since > timezone.localdate():
            raise forms.ValidationError(NOT_BEGUN)
        return period


class FiguresForm(forms.Form):
    """An input for each kind, with what is known; an empty one takes the figure back. Beside each stand, hidden, the version
    and the amount that were read: what differs from them was touched, whatever others have told since."""

    currency = forms.CharField(label=_("Currency"), max_length=3)

    def __init__(self, *args: Any, known: list[CompanyFigure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_kind = {row.kind_id: row for row in known}
        money = [row.currency for row in known if row.currency]
        self.fields["currency"].initial = money[0] if money else settings.CRM_BASE_CURRENCY
        self.kinds = list(FigureKind.objects.all())
        for kind in self.kinds:
            row = by_kind.get(kind.pk)
            label = str(kind) if kind.is_money else f"{kind} ({kind.get_unit_display()})"
            self.fields[kind.code] = forms.DecimalField(
                label=label, max_digits=20, decimal_places=4, required=False, initial=row and plain(row)
            )
            self.fields[f"seen_{kind.code}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.version if row else 0
            )
            self.fields[f"read_{kind.code}"] = forms.DecimalField(
                widget=forms.HiddenInput, required=False, initial=row and plain(row)
            )
        self.fields["read_currency"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.fields["currency"].initial
        )
        self.others = {kind.code: by_kind[kind.pk].currency for kind in self.kinds if kind.pk in by_kind}

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        """A figure that is known in another currency than the form's would be told in a currency that nobody chose."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._recoined:
            for code, value in self.values().items():
                if value is not None and self.others.get(code, "") not in ("", cleaned["currency"]):
                    text = _("This figure is in %(currency)s: choose that currency, and correct it alone.")
                    self.add_error(code, text % {"currency": self.others[code]})
        return cleaned

    @property
    def _recoined(self) -> bool:
        return bool(self.cleaned_data["currency"] != self.cleaned_data["read_currency"])

    def values(self) -> dict[str, Decimal | None]:
        """What differs from what was read: what nobody touched is not told anew. Another currency is another amount."""
        said, told = self.cleaned_data, self.kinds
        if not self._recoined:
            told = [kind for kind in told if said[kind.code] != said[f"read_{kind.code}"]]
        return {
            kind.code: said[kind.code] for kind in told if kind.is_money or said[kind.code] != said[f"read_{kind.code}"]
        }

    def catch_up(self, known: list[CompanyFigure]) -> None:
        """What others have told since stands in fields that nobody touched, and beside those that somebody did."""
        data, touched = self.data.copy(), self.values()
        for row in known:
            code, now = row.kind.code, plain(row)
            if code not in touched:
                data[code] = now
            elif row.version != self.cleaned_data[f"seen_{code}"]:
                self[code].help_text = _("Now: %(value)s") % {"value": "–" if now is None else now}
            data[f"seen_{code}"], data[f"read_{code}"] = row.version, now
        self.data = data

    def seen(self) -> dict[str, int]:
        return {kind.code: self.cleaned_data[f"seen_{kind.code}"] or 0 for kind in self.kinds}


class ThresholdForm(forms.ModelForm):
    falls_by = PercentField(label=_("Alert when it falls by (percent)"), required=False, min_value=0)
    rises_by = PercentField(label=_("Alert when it rises by (percent)"), required=False, min_value=0)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    class Meta:
        model = FigureKind
        fields = ["falls_by", "rises_by"]

    def validate_constraints(self) -> None:
        """The service says what the database refuses."""
