from datetime import UTC, date, datetime

import factory

from managers.models import Assignment
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class AssignmentFactory(factory.django.DjangoModelFactory):
    """A backup since the beginning of the year."""

    class Meta:
        model = Assignment

    customer = factory.SubFactory(CustomerFactory)
    manager = factory.SubFactory(UserFactory, manager=True)
    role = Assignment.Role.BACKUP
    since = date(2026, 1, 1)
    made_at = datetime(2026, 1, 1, 1, tzinfo=UTC)
