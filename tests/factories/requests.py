from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from managers.models import Condition, ResourceRequest
from tests.factories.customers import CustomerFactory, ProductFactory
from tests.factories.identity import UserFactory


class ResourceRequestFactory(factory.django.DjangoModelFactory):
    """A million at 1.85 %, waiting for a head."""

    class Meta:
        model = ResourceRequest

    class Params:
        granted = factory.Trait(
            state="granted", decided_by=factory.SubFactory(UserFactory, head=True), baseline=Decimal(0),
            decided_at=datetime(2026, 3, 5, 4, tzinfo=UTC),
        )  # fmt: skip

    customer = factory.SubFactory(CustomerFactory)
    kind = ResourceRequest.Kind.DEPOSIT_RATE
    product = factory.SubFactory(ProductFactory)
    amount = Decimal("1000000.00")
    currency = "CNY"
    price = Decimal("0.0185")
    usual = Decimal("0.0155")
    is_new = False
    why = "Another bank offers 1.9 %"
    valid_until = date(2098, 1, 1)
    cost = Decimal("3000.00")
    asked_by = factory.SubFactory(UserFactory, manager=True)
    asked_at = datetime(2026, 3, 4, 4, tzinfo=UTC)
    state = ResourceRequest.State.WAITING


class ConditionFactory(factory.django.DjangoModelFactory):
    """A month average of half a million."""

    class Meta:
        model = Condition

    request = factory.SubFactory(ResourceRequestFactory, granted=True)
    kind = Condition.Kind.BALANCE
    amount = Decimal("500000.00")
