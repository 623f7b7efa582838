"""What people type about advice. Which of it holds, the services say."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.money import rounded
from customers.forms import DateInput
from customers.models import Interaction, Product
from customers.rates import known_currencies
from managers.advice.content import Content, Line
from managers.advice.refusing import MOST_LINES
from managers.models import AdviceAnswer

LINE = ("product", "amount", "percent", "reason")
REFUSED = re.compile(r"lines\[(\d+)\]\.(\w+)")


class DraftForm(forms.Form):
    """`version` is that of the advice which was read; a line of which nothing is typed is none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goals = forms.CharField(
        label=_("What the customer wants to reach"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    horizon_months = forms.IntegerField(label=_("Horizon in months"), min_value=1, max_value=600)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=20, decimal_places=4)
    currency = forms.ChoiceField(label=_("Currency"), initial=settings.CRM_BASE_CURRENCY)
    review_on = forms.DateField(label=_("Review on"), widget=DateInput(), help_text=_("Then it is a task."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in known_currencies()]  # type: ignore[attr-defined]
        self.products = {each.pk: each for each in Product.objects.order_by("family", "code")}
        products = [("", "–"), *((key, f"{each} (R{each.risk})") for key, each in self.products.items())]
        for place in range(MOST_LINES):
            self.fields |= {f"{name}_{place}": field for name, field in _line_fields(products).items()}

    def heads(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if not field.name.rpartition("_")[2].isdigit()]

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each line, and whether anything stands in it."""
        rows = [{name: self[f"{name}_{place}"] for name in LINE} for place in range(MOST_LINES)]
        used = [any(field.value() not in (None, "") for field in row.values()) for row in rows]
        last = max((place for place, is_used in enumerate(used) if is_used), default=-1)
        return [row | {"number": place + 1, "is_more": place > max(last, 1)} for place, row in enumerate(rows)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.places = [place for place in range(MOST_LINES) if any(said.get(f"{name}_{place}") for name in LINE)]
        for place in self.places:
            if not said.get(f"product_{place}") and f"product_{place}" not in self.errors:
                self.add_error(f"product_{place}", _("Say which product."))
        return said

    def content(self) -> Content:
        said = self.cleaned_data
        lines = tuple(
            Line(
                product=self.products[int(said[f"product_{place}"])], reason=said[f"reason_{place}"],
                amount=said[f"amount_{place}"], percent=said[f"percent_{place}"],
            )
            for place in self.places
        )  # fmt: skip
        heads = {name: said[name] for name in ("goals", "horizon_months", "amount", "currency", "review_on")}
        return Content(**heads, lines=lines)

    def field_of(self, refused: str | None) -> str | None:
        """The field beside which a refusal of the service stands."""
        if found := REFUSED.fullmatch(refused or ""):
            return f"{found[2]}_{self.places[int(found[1])]}"
        return "product_0" if refused == "lines" else refused


def typed(content: Content) -> dict[str, Any]:
    """What the form shows of it, money with the digits of its currency."""
    heads = vars(content) | {"amount": rounded(content.amount, content.currency)}
    del heads["lines"]
    for place, line in enumerate(content.lines):
        amount = None if line.amount is None else rounded(line.amount, content.currency)
        said = vars(line) | {"product": line.product.pk, "amount": amount}
        heads |= {f"{name}_{place}": value for name, value in said.items()}
    return heads


def _line_fields(products: list[tuple[Any, str]]) -> dict[str, forms.Field]:
    return {
        "product": forms.ChoiceField(label=_("Product"), choices=products, required=False),
        "amount": forms.DecimalField(label=_("Amount"), max_digits=20, decimal_places=4, required=False),
        "percent": forms.DecimalField(label=_("or percent"), max_digits=5, decimal_places=2, required=False),
        "reason": forms.CharField(label=_("Reason"), max_length=300, required=False),
    }


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class HandOverForm(VersionForm):
    handed_on = forms.DateField(label=_("Handed over on"), widget=DateInput(), initial=timezone.localdate)


class AnswerForm(VersionForm):
    outcome = forms.ChoiceField(label=_("Answer"), choices=AdviceAnswer.Outcome.choices)
    channel = forms.ChoiceField(label=_("Channel"), choices=Interaction.Channel.choices)
    answered_on = forms.DateField(label=_("Answered on"), widget=DateInput(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("In the customer's words"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class MonthsForm(forms.Form):
    """How many months the return is shown of."""

    months = forms.TypedChoiceField(label=_("Months"), coerce=int, widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: Any, choices: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [(months, months) for months in choices]  # type: ignore[attr-defined]
