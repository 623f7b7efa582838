from datetime import UTC, date, datetime

import factory

from managers.models import Absence, Assignment
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


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away for long, without cover."""

    class Meta:
        model = Absence

    manager = factory.SubFactory(UserFactory, manager=True)
    kind = Absence.Kind.LEAVE
    since = date(2026, 1, 1)
    until = date(2098, 1, 1)
    made_by = factory.SubFactory(UserFactory, head=True)
    made_at = datetime(2026, 1, 1, 1, tzinfo=UTC)
