from datetime import UTC, date, datetime

import factory

from managers.models import Task
from tests.factories.customers import CustomerFactory


class TaskFactory(factory.django.DjangoModelFactory):
    """The core refused to give 3.00 back."""

    class Meta:
        model = Task

    customer = factory.SubFactory(CustomerFactory)
    kind = Task.Kind.REFUSED_POSTING
    about = factory.Sequence(lambda number: str(1000 + number))
    due_on = date(2026, 4, 5)
    opened_at = datetime(2026, 4, 2, 1, tzinfo=UTC)
    figures = {
        "amount": "3.00", "currency": "CNY", "fee": "对账单费", "charged_on": "2026-03-04",
        "account": "A1", "reason": "账户已销户",
    }  # fmt: skip
