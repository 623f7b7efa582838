"""Fifty editors on one customer: none overwrites what they have not read."""

import pytest

from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.services import change_customer
from tests.at_once import at_once
from tests.factories import CustomerFactory

EDITORS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_editors_lose_no_update(manager: User) -> None:
    """Each adds its sign to what it read, and reads again when it was overtaken."""
    customer = CustomerFactory(manager=manager, branch=manager.branch, occupation="")

    def add(sign: str) -> None:
        while True:
            read = Customer.objects.get(pk=customer.pk)
            try:
                change_customer(customer=read, by=manager, version=read.version, occupation=read.occupation + sign)
                return
            except RuleBroken as refusal:
                assert refusal.code == "stale"

    signs = [chr(0x4E00 + number) for number in range(EDITORS)]
    assert at_once([lambda sign=sign: add(sign) for sign in signs]) == []
    after = Customer.objects.get(pk=customer.pk)
    assert sorted(after.occupation) == signs
    assert after.version == 1 + EDITORS
