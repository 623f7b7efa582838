from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction

from customers.models import Product
from managers.models import Advice, AdviceLine, AdviceVersion
from tests.factories.customers import CustomerFactory, ProductFactory
from tests.factories.identity import UserFactory


class AdviceFactory(factory.django.DjangoModelFactory):
    """Half a million for the studies of a child in five years, all in one product; drafted, or `handed` over."""

    class Meta:
        model = Advice
        skip_postgeneration_save = True

    class Params:
        handed = False
        product = factory.SubFactory(ProductFactory)

    customer = factory.SubFactory(CustomerFactory)
    begun_by = factory.LazyAttribute(lambda row: row.customer.manager or UserFactory(manager=True))
    begun_at = datetime(2026, 3, 4, 4, tzinfo=UTC)
    draft = factory.LazyAttribute(lambda row: None if row.handed else drafted(row.product))

    @factory.post_generation
    def version_of(advice: Advice, create: bool, product: Product | None, **said: Any) -> None:
        """What a draft does not have."""
        if advice.draft is None:
            handed(advice, product or ProductFactory(), **said)


def drafted(product: Product) -> dict[str, Any]:
    line = {"product": product.code, "amount": None, "percent": "100", "reason": "Safe until then"}
    return {
        "goals": "Studies of the daughter", "horizon_months": 60, "amount": "500000", "currency": "CNY",
        "review_on": "2098-01-01", "lines": [line],
    }  # fmt: skip


@transaction.atomic
def handed(advice: Advice, product: Product, **said: Any) -> AdviceVersion:
    version = AdviceVersion.objects.create(**{
        "advice": advice, "number": 1, "goals": "Studies of the daughter", "horizon_months": 60, "amount": Decimal(500_000),
        "currency": "CNY", "level": 3, "assessed_on": date(2026, 1, 15), "line_count": 1, "review_on": date(2098, 1, 1),
        "handed_on": date(2026, 3, 5), "recorded_at": datetime(2026, 3, 5, 4, tzinfo=UTC), "by": advice.begun_by,
    } | said)  # fmt: skip
    AdviceLine.objects.create(
        of=version, place=0, product=product, percent=Decimal(100), reason="Safe until then", risk=product.risk
    )
    return version
