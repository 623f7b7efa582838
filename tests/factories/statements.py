from datetime import UTC, date, datetime

import factory

from customers.models import StatementPrint
from tests.factories.customers import AccountFactory, CustomerFactory
from tests.factories.identity import UserFactory


class StatementPrintFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StatementPrint

    customer = factory.SubFactory(CustomerFactory)
    account = factory.SubFactory(AccountFactory)
    since, until = date(2026, 1, 1), date(2026, 1, 31)
    language = "en"
    copy = 0
    lines = 0
    opening = closing = 0
    digest = "0" * 64
    printed_at = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
    by = factory.SubFactory(UserFactory)
