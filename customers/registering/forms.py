"""The form for a new customer: a person, a company or an institution, in the order in which one asks."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.forms import ContactFields, FieldsForm, branches_of, customer_meant
from customers.labels import name_fields
from customers.models import Customer, Household, Interaction, Origin
from customers.registering.papers import PaperFields

Sections = tuple[tuple[str | Promise, tuple[str, ...]], ...]
REACH = (_("How to reach them"), ("phone", "is_phone_shared", "email", "address", "preferred_channel", "language"))
AGREEMENT = (_("What they agreed to"), ("consents", "wording"))
VALIDITY = ("issuer", "valid_until", "is_endless", "front", "back")
REPRESENTED = (_("Legal representative"), ("representative", "representative_type", "representative_number"))
PERSON: Sections = (
    (_("Who it is"), ("name", "sex", "birth_date")),
    (_("Identity document"), ("document_type", "national_id", *VALIDITY)),
    (REACH[0], (*REACH[1], "preferred_time")),
    (_("Life and work"), ("region", "occupation", "education", "annual_income")),
    (_("With the bank"), ("branch", "how", "referred_by", "household")),
    AGREEMENT,
)
COMPANY: Sections = (
    (_("Who it is"), ("name", "occupation", "region")),
    (_("Licence"), ("national_id", *VALIDITY)),
    REPRESENTED,
    REACH,
    (_("With the bank"), ("branch", "how", "referred_by")),
    AGREEMENT,
)
INSTITUTION: Sections = (
    (_("Who it is"), ("name", "region")),
    (_("Licence"), ("national_id", *VALIDITY, "financial_licence")),
    REPRESENTED,
    REACH,
    (_("With the bank"), ("branch", "how", "referred_by")),
    AGREEMENT,
)
SECTIONS: dict[str, Sections] = {
    Customer.Kind.PERSON: PERSON,
    Customer.Kind.COMPANY: COMPANY,
    Customer.Kind.INSTITUTION: INSTITUTION,
}
HIDDEN = ("kind", "draft", "key")


class RegisterForm(PaperFields, ContactFields, FieldsForm):
    """`kind` decides which fields there are; `draft` is the one that this form goes on with, `key` registers it once."""

    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    is_phone_shared = forms.BooleanField(label=_("Another customer has the same phone number"), required=False)
    how = forms.ChoiceField(label=_("Came by"), required=False, choices=[("", "---------"), *Origin.How.choices])
    referred_by = forms.CharField(
        label=_("Brought by"), required=False, max_length=80, help_text=_("The customer's number, name or pinyin.")
    )
    household = forms.CharField(
        label=_("Household"), required=False, max_length=32, help_text=_("The number of one that is there already.")
    )
    consents = forms.MultipleChoiceField(
        label=_("Marketing by"),
        required=False,
        choices=Interaction.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    wording = forms.CharField(
        label=_("Wording"),
        required=False,
        max_length=32,
        help_text=_("The version of the text that the customer agreed to."),
    )

    class Meta(FieldsForm.Meta):
        fields = [*FieldsForm.Meta.fields, "branch"]
        widgets: Any = FieldsForm.Meta.widgets | {"kind": forms.HiddenInput}

    def __init__(self, *args: Any, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        asked = [*HIDDEN, *(name for _, names in SECTIONS[kind] for name in names)]
        for name in set(self.fields) - set(asked):
            del self.fields[name]
        self.order_fields(asked)
        name_fields(self.fields, kind)
        if kind == Customer.Kind.PERSON:
            self.fields["national_id"].label = gettext("Number")
        for name in ("name", "branch"):
            self.fields[name].required = True
        self.fields["branch"].queryset = branches_of(user)
        self.fields["name"].widget.attrs["autofocus"] = True

    def sections(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        for title, names in SECTIONS[self.kind]:
            yield title, [self[name] for name in names]

    def clean_referred_by(self) -> Customer | None:
        text = self.cleaned_data["referred_by"].strip()
        return customer_meant(text, self.user) if text else None

    def clean_household(self) -> Household | None:
        number = self.cleaned_data["household"].strip()
        found = Household.objects.visible_to(self.user).filter(number=number).first()
        if number and found is None:
            raise forms.ValidationError(gettext("No household in your reach has this number."))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.check_validity()
        if said.get("consents") and not said.get("wording"):
            self.add_error("wording", gettext("Say which text the customer agreed to."))
        if said.get("referred_by") and said.get("how") != Origin.How.REFERRAL:
            self.add_error("how", gettext("Whom a customer brought came by a customer."))
        return said
