from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.html import strip_tags

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory

DAY = date(2026, 3, 31)
BEFORE, AFTER = datetime(2026, 3, 20, 9, tzinfo=UTC), datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.fixture
def desk(manager: User, signed_in: Callable[..., Client]) -> Client:
    """The browser of the manager."""
    return signed_in(manager)


@pytest.fixture
def firm(manager) -> Customer:
    return known(CustomerFactory(number="F1", name="Lotus Textiles", company=True, manager=manager, branch=manager.branch))  # fmt: skip


def known(customer: Customer) -> Customer:
    """Since long before the day."""
    Customer.objects.filter(pk=customer.pk).update(created_at=datetime(2025, 1, 1, tzinfo=UTC))
    return customer


@pytest.fixture
def told(signed_in):
    """The text of the page for a user."""

    def page(user, customer: Customer, on: date = DAY) -> str:
        answer = signed_in(user).get(f"/customers/{customer.pk}/as-of/?on={on}")
        assert answer.status_code == 200
        return " ".join(strip_tags(answer.content.decode()).split())

    return page
