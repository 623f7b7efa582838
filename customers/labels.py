"""What a field of a customer is called: of a company or an institution, its number and its trade."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.contacts import LABELS
from customers.models import Customer

OF_BUSINESS = {"national_id": _("Unified social credit code"), "occupation": _("Line of business")}
OF_KIND: Mapping[str, Mapping[str, str | Promise]] = {
    Customer.Kind.COMPANY: OF_BUSINESS,
    Customer.Kind.INSTITUTION: OF_BUSINESS,
}


def label_of(name: str, kind: str) -> str:
    """Of a field of the record or a kind of contact data, for a customer of the kind."""
    said = OF_KIND.get(kind, {}).get(name) or LABELS.get(name)
    return str(said or Customer._meta.get_field(name).verbose_name)


def heading_of(name: str, kind: str) -> str:
    """The same, beginning with a capital."""
    return capfirst(label_of(name, kind))


def name_fields(fields: Mapping[str, forms.Field], kind: str) -> None:
    """A form about a customer of the kind calls its fields so."""
    for name in OF_KIND.get(kind, {}).keys() & fields.keys():
        fields[name].label = label_of(name, kind)
