from datetime import UTC, datetime

import factory

from managers.models import Prospect
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class ProspectFactory(factory.django.DjangoModelFactory):
    """Came to the counter."""

    class Meta:
        model = Prospect

    customer = factory.SubFactory(CustomerFactory, prospect=True)
    source = "branch"
    noted_by = factory.SubFactory(UserFactory, manager=True)
    noted_at = datetime(2026, 3, 4, 4, tzinfo=UTC)
