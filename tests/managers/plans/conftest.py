from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from customers.models import Customer
from managers.models import CustomerPlan
from segmentation.models import Published
from tests.factories import CustomerPlanFactory, RunFactory

FACT = """INSERT INTO segmentation_facts (customer_id, slot, currency, balance, products_held)
VALUES (%s, 0, 'CNY', %s, %s)"""


@pytest.fixture
def company(own) -> Customer:
    """Of the manager's book."""
    Customer.objects.filter(pk=own.customer.pk).update(kind=Customer.Kind.COMPANY)
    own.customer.refresh_from_db()
    return own.customer


@pytest.fixture
def plan(company, manager) -> CustomerPlan:
    today = timezone.localdate()
    said = {"since": today - timedelta(200), "until": today + timedelta(500), "review_on": today + timedelta(100)}
    return CustomerPlanFactory(customer=company, made_by=manager, **said)


@pytest.fixture
def holds() -> Callable[..., None]:
    """`holds(customer, balance, products)` at the data date."""

    def say(customer: Any, balance: int, products: int = 2) -> None:
        Published.objects.get_or_create(
            pk=1, defaults={"business_date": date(2026, 3, 4), "slot": 0, "run": RunFactory()}
        )
        with connection.cursor() as cursor:
            cursor.execute(FACT, [customer.pk, balance, products])

    return say
