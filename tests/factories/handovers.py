from datetime import UTC, date, datetime

import factory

from managers.models import Handover, Leaving
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class HandoverFactory(factory.django.DjangoModelFactory):
    """Watched for a long time."""

    class Meta:
        model = Handover

    customer = factory.SubFactory(CustomerFactory)
    giver = factory.SubFactory(UserFactory, manager=True)
    receiver = factory.SubFactory(UserFactory, manager=True)
    handed_on = date(2026, 1, 1)
    watched_until = date(2098, 1, 1)
    made_at = datetime(2026, 1, 1, 1, tzinfo=UTC)


class LeavingFactory(factory.django.DjangoModelFactory):
    """Far ahead."""

    class Meta:
        model = Leaving

    manager = factory.SubFactory(UserFactory, manager=True)
    successor = factory.SubFactory(UserFactory, manager=True)
    last_day = date(2098, 1, 1)
    made_by = factory.SubFactory(UserFactory, head=True)
    made_at = datetime(2026, 1, 1, 1, tzinfo=UTC)
