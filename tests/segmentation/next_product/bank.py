"""A bank of similar customers, small enough to reckon by hand: who holds what, and the night that closes January."""

from collections.abc import Iterable
from datetime import date

from customers.models import Customer
from segmentation.models import Suggestion
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, CustomerFactory, ProductFactory, RiskAssessmentFactory
from tests.segmentation.night.bank import nights, policy

JANUARY, LAST, CLOSING = date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)


def product(code: str, risk: int = 1):
    return ProductFactory(code=code, risk=risk)


def holder(*codes: str, level: int | None = 5, assessed_on: date = JANUARY, **more) -> Customer:
    """Somebody who holds these products, with a risk level."""
    customer = CustomerFactory(**more)
    for code in codes:
        AccountFactory(holder=customer, product=product(code))
    if level:
        RiskAssessmentFactory(customer=customer, level=level, assessed_on=assessed_on)
    return customer


def holders(count: int, *codes: str, **more) -> list[Customer]:
    return [holder(*codes, **more) for _ in range(count)]


def offer(*offers: dict | str) -> None:
    """`offer("fund", {"product": "term", "tiers": ["gold"]})`"""
    content = [{"product": each} if isinstance(each, str) else each for each in offers]
    for each in content:
        product(each["product"])
    apply_policy(content={"effective_from": str(JANUARY), "product_offers": content}, by="setup")


def scheme() -> None:
    policy(("mass", None, 0))


def close_january(*, since: date = LAST) -> None:
    """The last night of January and the one that closes it."""
    nights(since, CLOSING)


def suggested(customer: Customer) -> list[str]:
    rows = Suggestion.objects.filter(customer=customer).order_by("-month", "rank")
    return list(rows.values_list("product__code", flat=True))


def everybody(customers: Iterable[Customer]) -> dict[str, list[str]]:
    return {customer.number: suggested(customer) for customer in customers}
