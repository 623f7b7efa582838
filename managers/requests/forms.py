from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.forms.inputs import DateInput, TypedCustomer
from customers.models import FeeType, Product
from managers.approved_pages import ProposedForm
from managers.models import Condition, ResourceRequest
from managers.requests.services import Kept

HUNDRED = Decimal(100)


def _amount(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=20, decimal_places=4, **kwargs)


class RequestForm(TypedCustomer):
    kind = forms.ChoiceField(label=_("What"), choices=ResourceRequest.Kind)
    product = forms.ModelChoiceField(Product.objects.order_by("code"), label=_("Product"), required=False)
    fee = forms.ModelChoiceField(
        FeeType.objects.order_by("code"), label=_("Fee"), required=False, help_text=_("Where a fee is asked for.")
    )
    amount = _amount(_("Amount"), help_text=_("The money that it is about; of a fee what is paid in a year."))
    price = forms.DecimalField(
        label=_("Price in percent"), min_value=0, max_value=100, max_digits=7, decimal_places=4, required=False,
        help_text=_("The yearly rate, or the share of the fee that is paid. Empty for a limit or a quota."),
    )  # fmt: skip
    is_new = forms.BooleanField(label=_("New money"), required=False, help_text=_("The bank does not have it yet."))
    valid_until = forms.DateField(label=_("Valid until"), widget=DateInput())
    keep = _amount(_("Month average of at least"), required=False, help_text=_("Looked at after each month."))
    inflow = _amount(_("New money of at least"), required=False)
    inflow_by = forms.DateField(label=_("New money by"), required=False, widget=DateInput())
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))
    replaces = forms.ModelChoiceField(
        ResourceRequest.objects.none(), label=_("Grant that it replaces"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["replaces"]
        field.queryset = ResourceRequest.objects.visible_to(user).granted()

    def clean_price(self) -> Decimal | None:
        """As a fraction."""
        percent = self.cleaned_data["price"]
        return None if percent is None else percent / HUNDRED

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        keep, inflow, by = (given.pop(name) for name in ("keep", "inflow", "inflow_by"))
        kept = [Kept(Condition.Kind.BALANCE, keep)] if keep is not None else []
        kept += [Kept(Condition.Kind.INFLOW, inflow, by)] if inflow is not None else []
        return given | {"conditions": kept}


def said_before(grant: ResourceRequest) -> dict[str, Any]:
    """What a renewal starts from."""
    keep = grant.conditions.filter(kind=Condition.Kind.BALANCE).first()
    return {
        "customer": grant.customer.number,
        "kind": grant.kind,
        "product": grant.product_id,
        "fee": grant.fee_id,
        "amount": _plain(grant.amount),
        "price": None if grant.price is None else _plain(grant.price * HUNDRED),
        "keep": keep and _plain(keep.amount),
        "replaces": grant.pk,
    }


def _plain(figure: Decimal) -> str:
    """As one types it: without zeros behind the point, and no exponent."""
    return f"{figure.normalize():f}"


class ReadForm(forms.Form):
    """The version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(ReadForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))


class TermsForm(ProposedForm):
    """A line each, with blanks between its words."""

    field_order = ("floors", "limits")

    floors = forms.CharField(
        label=_("Floors"), required=False, widget=forms.Textarea({"rows": 6, "class": "font-monospace", "spellcheck": "false", "lang": "en"}),
        help_text=_("<code>deposit_rate</code>, <code>loan_rate</code> or <code>fee</code>; the code of the product or fee; the price as a fraction."),
    )  # fmt: skip
    limits = forms.CharField(
        label=_("Limits"), required=False, widget=forms.Textarea({"rows": 6, "class": "font-monospace", "spellcheck": "false", "lang": "en"}),
        help_text=_("manager or head; the level of the branch, * for any; the kind; up to how much."),
    )  # fmt: skip

    def clean_floors(self) -> list[dict[str, str]]:
        return _lines(self.cleaned_data["floors"], ("kind", "of", "price"))

    def clean_limits(self) -> list[dict[str, str]]:
        found = _lines(self.cleaned_data["limits"], ("role", "level", "kind", "up_to"))
        return [line | {"level": "" if line["level"] == "*" else line["level"]} for line in found]


def _lines(text: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        words = line.split()
        if len(words) != len(names):
            said = {"number": number, "count": len(names)}
            raise forms.ValidationError(_("Line %(number)s has not %(count)s words."), params=said)
        found.append(dict(zip(names, words, strict=True)))
    return found
