from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from managers.models import Target
from tests.factories.identity import UserFactory


class TargetFactory(factory.django.DjangoModelFactory):
    """Ten sales of a manager in a long period."""

    class Meta:
        model = Target

    manager = factory.SubFactory(UserFactory, manager=True)
    kind = Target.Kind.WON_COUNT
    since = date(2026, 1, 1)
    until = date(2099, 1, 1)
    amount = Decimal(10)
    set_by = factory.SubFactory(UserFactory, head=True)
    set_at = datetime(2026, 1, 1, 1, tzinfo=UTC)
