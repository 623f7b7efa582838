from datetime import UTC, date, datetime, timedelta

import factory

from customers.models import Erasure, SubjectExport
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory
from tests.factories.jobs import RunFactory


class SubjectExportFactory(factory.django.DjangoModelFactory):
    """Ready since a moment, and kept for a day."""

    class Meta:
        model = SubjectExport

    customer = factory.SubFactory(CustomerFactory)
    run = factory.SubFactory(RunFactory, kind="disclosure", business_date=None, status="completed")
    reason = "Asked at the counter"
    language = "en"
    asked_at = factory.LazyFunction(lambda: datetime.now(UTC))
    asked_by = factory.SubFactory(UserFactory, head=True)
    ready_at = factory.SelfAttribute("asked_at")
    expires_at = factory.LazyAttribute(lambda export: export.asked_at + timedelta(days=1))
    content = '{"parts":[],"withheld":[],"language":"en","asked_at":"2026-03-01T00:00:00Z","bank":"B","number":"X","customer":"C"}'


class ErasureFactory(factory.django.DjangoModelFactory):
    """Recorded, and not decided."""

    class Meta:
        model = Erasure

    customer = factory.SubFactory(CustomerFactory)
    branch = factory.SelfAttribute("customer.branch")
    requester = "customer"
    received_on = date(2026, 3, 1)
    due_on = date(2026, 3, 31)
    reason = "Wants to be forgotten"
    asked_at = factory.LazyFunction(lambda: datetime.now(UTC))
    asked_by = factory.SubFactory(UserFactory, head=True)
