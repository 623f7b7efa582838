from datetime import UTC, datetime

import factory
from django.utils import timezone

from customers.models import Call, Need
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class CallFactory(factory.django.DjangoModelFactory):
    """One that goes on; `ended` is one that is over."""

    class Meta:
        model = Call

    agent = factory.SubFactory(UserFactory, agent=True)
    begun_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda call: call.begun_at + Call.LASTS)

    class Params:
        ended = factory.Trait(
            begun_at=datetime(2026, 3, 30, 9, 0, tzinfo=UTC), ended_at=datetime(2026, 3, 30, 9, 4, 7, tzinfo=UTC)
        )
        verified = factory.Trait(
            state="verified",
            customer=factory.SubFactory(CustomerFactory),
            verified_at=factory.LazyAttribute(lambda call: call.begun_at),
        )


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    customer = factory.SubFactory(CustomerFactory)
    family = "deposit"
    wish = "price"
    is_met = False
    noted_at = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    by = factory.SubFactory(UserFactory)
