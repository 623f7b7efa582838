"""Writing versions of product offers. A version never changes afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from customers.models import Product
from segmentation.models import ProductOffer, Tier
from segmentation.next_product.definition import Offer
from segmentation.rules.validation import refuse
from segmentation.segments.references import resolved
from segmentation.segments.versions import rules_on
from segmentation.services.publishing import Applied, Start, next_number, said_already


def publish_offers(offers: tuple[Offer, ...], contents: list[dict[str, Any]], start: Start) -> list[Applied]:
    check({f"product_offers[{place}]": each for place, each in enumerate(offers)}, start.day)
    return [_publish(each, content, start) for each, content in zip(offers, contents, strict=True)]


def check(offers: Mapping[str, Offer], day: date) -> None:
    """Products and tiers are known, and segments that a rule names are in use; `offers` by their paths. Raises RuleBroken."""
    tiers, products = (
        set(Tier.objects.values_list("code", flat=True)),
        set(Product.objects.values_list("code", flat=True)),
    )
    segments = rules_on(day)
    for path, offer in offers.items():
        if offer.product not in products:
            refuse(f"{path}.product", _("no product is called “%(code)s”.") % {"code": offer.product})
        for code in offer.tiers:
            if code not in tiers:
                refuse(f"{path}.tiers", _("no scheme has a tier “%(tier)s”.") % {"tier": code})
        resolved(offer.when, segments, path=f"{path}.when")


def _publish(offer: Offer, content: dict[str, Any], start: Start) -> Applied:
    kind, hashed = f"product_offer:{offer.product}", digest(content)
    versions = ProductOffer.objects.filter(product__code=offer.product)
    if same := said_already(versions, start, hashed):
        return Applied(kind, same.number, same.effective_from, is_new=False)
    version = ProductOffer.objects.create(
        product=Product.objects.get(code=offer.product),
        number=next_number(versions),
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    audit.record("product_offer.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(kind, version.number, start.day, is_new=True)
