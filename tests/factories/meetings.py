from datetime import timedelta

import factory
from django.utils import timezone

from managers.models import Meeting
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class MeetingFactory(factory.django.DjangoModelFactory):
    """In a week, for an hour."""

    class Meta:
        model = Meeting

    customer = factory.SubFactory(CustomerFactory)
    manager = factory.SubFactory(UserFactory, manager=True)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=1))
    channel = "visit"
    made_at = factory.LazyFunction(timezone.now)
