"""Writing versions of the service standards. A version never changes afterwards."""

from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from customers.models import Product
from segmentation.models import Benefit, Segment, ServiceStandard, Tier
from segmentation.rules.validation import refuse
from segmentation.services.publishing import Applied, Start, next_number, said_already
from segmentation.standards.definition import PATH, Standard

WORDS = ("name", "description", "channel")


def check_known(standard: Standard) -> None:
    """Tiers, products and segments that the standards speak of are there. Raises RuleBroken with the path."""
    tiers = set(Tier.objects.values_list("code", flat=True))
    segments = set(Segment.objects.in_use().values_list("code", flat=True))
    products = set(Product.objects.values_list("code", flat=True))
    for place, right in enumerate(standard.rights):
        _tier(right.tier, tiers, f"{PATH}.lines[{place}].tier")
    for place, offer in enumerate(standard.offers):
        path = f"{PATH}.products[{place}]"
        if offer.product not in products:
            refuse(f"{path}.product", _("no product has the code “%(code)s”.") % {"code": offer.product})
        if offer.tier:
            _tier(offer.tier, tiers, f"{path}.tier")
        elif offer.segment not in segments:
            refuse(f"{path}.segment", _("no segment in use is called “%(code)s”.") % {"code": offer.segment})


def _tier(code: str, known: set[str], path: str) -> None:
    if code not in known:
        refuse(path, _("no scheme has a tier “%(tier)s”.") % {"tier": code})


def publish_standards(standard: Standard, content: dict[str, Any], start: Start) -> Applied:
    check_known(standard)
    hashed = digest(content)
    if same := said_already(ServiceStandard.objects, start, hashed):
        return Applied(PATH, same.number, same.effective_from, is_new=False)
    version = ServiceStandard.objects.create(
        number=next_number(ServiceStandard.objects), content=content, content_hash=hashed, **start.columns
    )
    Benefit.objects.bulk_create(
        [
            Benefit(code=each.code, name=each.name, description=each.description, channel=each.channel)
            for each in standard.benefits
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=list(WORDS),
    )
    audit.record("service_standard.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(PATH, version.number, start.day, is_new=True)
