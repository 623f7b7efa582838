from datetime import UTC, datetime

import factory

from customers.models import Duplicate, Merge
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class DuplicateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Duplicate

    first = factory.SubFactory(CustomerFactory)
    second = factory.SubFactory(CustomerFactory)
    score = 60
    signs = ["phone", "name"]
    found_at = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


class MergeFactory(factory.django.DjangoModelFactory):
    """A merge by which nothing moved; the absorbed record is closed."""

    class Meta:
        model = Merge

    survivor = factory.SubFactory(CustomerFactory)
    absorbed = factory.SubFactory(CustomerFactory, status="closed", merged_into=factory.SelfAttribute("..survivor"))
    reason = "The same passport"
    kept = {
        "moved": {},
        "was": {"status": "active", "since": None},
        "earlier": [],
        "taken": {"fields": {}, "contact": {}},
    }
    at = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    by = factory.SubFactory(UserFactory)
