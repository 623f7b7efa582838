"""Two records of one person, and the act that makes them one."""

from datetime import UTC, datetime

import pytest

from customers.duplicates.services import merge_customers
from customers.models import Customer, Merge
from tests.factories import ContactFactory, CustomerFactory

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
WHY = "The same passport"


@pytest.fixture
def two(manager) -> tuple[Customer, Customer]:
    """Two records of one person in the manager's book, both as they are known."""
    same = {"manager": manager, "branch": manager.branch}
    stays = CustomerFactory(name="张伟", occupation="Engineer", **same)
    goes = CustomerFactory(name="張偉", occupation="", region="Beijing", **same)
    ContactFactory(customer=stays, phone="+8613812345678", email="")
    ContactFactory(customer=goes, phone="+8613900000000", email="zw@example.com", national_id="")
    return stays, goes


@pytest.fixture
def merged(two, manager):
    def act(**kwargs) -> Merge:
        stays, goes = two
        return merge_customers(survivor=stays, absorbed=goes, reason=WHY, by=manager, at=NOW, **kwargs)

    return act


def now(*customers: Customer) -> list[Customer]:
    """As the database has them."""
    return [Customer.objects.get(pk=customer.pk) for customer in customers]
