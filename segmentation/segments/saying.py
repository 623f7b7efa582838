"""A segment's rule in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.migration.figures import currencies as currencies_on
from segmentation.rules import sentence
from segmentation.segments.definition import Definition
from segmentation.services.policies import next_day


def currencies() -> dict[str, str]:
    """By kind of customer, in which currency the facts of the next night are."""
    return currencies_on(next_day())


def said_of(definition: Definition, known: Mapping[str, str]) -> str:
    """In the reader's language, beginning with a capital; `known` are the currencies."""
    if definition.is_retired or definition.when is None:
        return _("Retired: picks nobody")
    kind = definition.customer_kind
    words = sentence(definition.when, currency=known[kind or Customer.Kind.PERSON])
    if kind:
        words = _("%(kind)s: %(rule)s") % {"kind": Customer.Kind(kind).label, "rule": words}
    return words[:1].upper() + words[1:]
