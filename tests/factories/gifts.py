from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from managers.models import Gift
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class GiftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gift

    customer = factory.SubFactory(CustomerFactory)
    kind = Gift.Kind.GIFT
    what = "Tea"
    amount = Decimal("100.00")
    currency = "CNY"
    given_on = date(2026, 3, 4)
    recorded_at = datetime(2026, 3, 4, 4, tzinfo=UTC)
    by = factory.SubFactory(UserFactory, manager=True)
