"""An offer in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.models import Tier
from segmentation.next_product.definition import Offer, readable
from segmentation.rules import EVERYBODY, sentence
from segmentation.saying import currency_of

Parts = dict[Any, tuple[str, str]]


def said_of(offer: Offer) -> str:
    """To whom it may be suggested, beginning with a capital."""
    if offer.is_retired:
        return _("No longer offered")
    parts = [words for key, (_heading, words) in _parts(offer).items() if key != "state" and words]
    said = "; ".join(parts) or _("every customer whom it suits")
    return said[:1].upper() + said[1:]


def said_parts(content: Mapping[str, Any]) -> Parts:
    """(heading, words) by key, for a comparison of two versions."""
    offer = readable(content)
    return _parts(offer) if offer else {}


def _parts(offer: Offer) -> Parts:
    names = dict(Tier.objects.filter(code__in=offer.tiers).values_list("code", "name")) if offer.tiers else {}
    kind = offer.customer_kind
    rule = "" if offer.when == EVERYBODY else sentence(offer.when, currency=currency_of(kind or Customer.Kind.PERSON))
    return {
        "state": (_("State"), _("No longer offered") if offer.is_retired else _("Offered")),
        "kind": (_("Customer kind"), str(Customer.Kind(kind).label) if kind else ""),
        "tiers": (_("Tiers"), ", ".join(str(names.get(code, code)) for code in offer.tiers)),
        "rule": (_("Rule"), rule),
    }
