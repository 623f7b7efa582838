"""Which products the standards open to a customer, and at which rate of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from customers.models import Customer, Product
from segmentation.models import SegmentMembership, TierPeriod
from segmentation.standards.definition import Standard
from segmentation.standards.versions import standard_on

OWED = (Product.Family.LOAN, Product.Family.MORTGAGE, Product.Family.CARD)


@dataclass(frozen=True)
class Opened:
    """`rate` is the best of those that the customer's tier and segments give, None the product's own."""

    product: Product
    rate: Decimal | None


def offers_of(customer: Customer, on: date) -> list[Opened]:
    """The products that stand in the standards and are open to the customer on a day, in the order of their codes."""
    standard = standard_on(on)
    if not standard.offers:
        return []
    tier = TierPeriod.objects.filter(customer=customer).holding(on).values_list("tier__code", flat=True).first()
    members = SegmentMembership.objects.filter(customer=customer).holding(on)
    rates = rates_for(standard, tier or "", set(members.values_list("segment__code", flat=True)))
    products = Product.objects.filter(code__in=rates).order_by("code")
    return [Opened(product, best_of(product, rates[product.code])) for product in products]


def rates_for(standard: Standard, tier: str, segments: Collection[str]) -> dict[str, list[Decimal]]:
    """By product that is open to the tier or to one of the segments: the special rates that they give."""
    found: dict[str, list[Decimal]] = {}
    for offer in standard.offers:
        if offer.tier == tier if offer.tier else offer.segment in segments:
            found.setdefault(offer.product, []).extend([] if offer.rate is None else [offer.rate])
    return found


def best_of(product: Product, rates: list[Decimal]) -> Decimal | None:
    """The lowest of what is owed, the highest of what is earned."""
    if not rates:
        return None
    return min(rates) if product.family in OWED else max(rates)


def closed_to(standard: Standard, tier: str, segments: Collection[str]) -> set[str]:
    """Codes of products that the standards keep for others; what they don't speak of is open to everybody."""
    return {offer.product for offer in standard.offers} - set(rates_for(standard, tier, segments))
