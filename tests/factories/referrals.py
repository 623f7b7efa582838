from datetime import UTC, datetime

import factory

from managers.models import Referral
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class ReferralFactory(factory.django.DjangoModelFactory):
    """For a fund, to be answered by the next day."""

    class Meta:
        model = Referral

    customer = factory.SubFactory(CustomerFactory)
    family = "fund"
    referred_by = factory.SubFactory(UserFactory, teller=True)
    referred_at = datetime(2026, 4, 2, 1, tzinfo=UTC)
    due_at = datetime(2026, 4, 3, 1, tzinfo=UTC)
