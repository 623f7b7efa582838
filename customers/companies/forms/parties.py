"""Relations and guarantees: their other end is a customer in reach, or a party that is named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.companies.forms.noted import ENDS, NotedForm, PercentField
from customers.editing.forms import VersionForm
from customers.forms import customer_meant
from customers.models import CompanyRelation, Customer, Guarantee, OutsideParty


class PartyForm(NotedForm):
    """The other end: a customer by number or name among those in reach, or a party outside the bank by its name."""

    party = forms.CharField(
        label=_("Customer of the bank"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Number, name, pinyin or initials. Or else the name of a party outside the bank:"),
    )
    outside_name = forms.CharField(label=_("Name of a party outside the bank"), max_length=200, required=False)
    outside_kind = forms.ChoiceField(label=_("It is a"), choices=OutsideParty.Kind.choices, required=False)
    outside_country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters: DE, US, HK.")
    )
    outside_lei = forms.CharField(label=_("LEI"), max_length=20, required=False)
    outside_registration_number = forms.CharField(label=_("Registration number"), max_length=40, required=False)
    OUTSIDE = ("name", "kind", "country", "lei", "registration_number")
    # beside which input a refusal of the service stands
    places = {"name": "outside_name", "lei": "outside_lei", "country": "outside_country",
              "registration_number": "outside_registration_number"}  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_correction:
            for name in self.OUTSIDE:
                del self.fields[f"outside_{name}"]

    def clean_party(self) -> Customer | None:
        text = self.cleaned_data["party"].strip()
        return customer_meant(text, self.user) if text else None

    def said(self) -> dict[str, Any]:
        said = super().said()
        outside = {name: said.pop(f"outside_{name}", "") for name in self.OUTSIDE}
        return said | ({} if self.is_correction else {"outsider": outside if outside["name"] else None})


class CorrectPartyForm(VersionForm, forms.ModelForm):
    """Of a person outside the bank only the name and country are kept."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)
    field_order = [*OutsideParty.CORRECTABLE, "reason"]

    class Meta:
        model = OutsideParty
        fields = OutsideParty.CORRECTABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if self.instance.kind == OutsideParty.Kind.PERSON:
            del self.fields["lei"], self.fields["registration_number"]

    def _post_clean(self) -> None:
        """The service refuses what is wrong, beside its field; nothing is put into the instance here."""


class RelationForm(PartyForm):
    share = PercentField(label=_("Share in percent"), required=False)
    field_order = ["kind", "party", *(f"outside_{name}" for name in PartyForm.OUTSIDE), "share", "function"]
    hints = {
        "until": _("The first day on which it no longer holds. The same day as it begins: it never held."),
        "share": _("Of the capital; of buyers and suppliers, of what the company sells or buys."),
        "function": _("As the company calls it: chief financial officer."),
    }

    class Meta:
        model = CompanyRelation
        fields = ["kind", "share", "function", "since", "until", "remark"]


class GuaranteeForm(PartyForm):
    field_order = ["kind", "party", *(f"outside_{name}" for name in PartyForm.OUTSIDE), "amount"]
    hints = {"until": ENDS, "what": _("The plant at Lake road, 40,000 shares.")}

    class Meta:
        model = Guarantee
        fields = ["kind", "amount", "currency", "what", "since", "until", "reference"]
