from datetime import date

import pytest

from customers.models import Account
from tests.customers.views.conftest import desk
from tests.factories import AccountFactory, BalanceFactory, TransactionFactory
from tests.people import Story

__all__ = ["desk"]


@pytest.fixture
def account(own: Story) -> Account:
    """Of the own customer: 100 before March, in which 50 came and 20 went."""
    account = AccountFactory(number="6200-01", holder=own.customer, opened_on=date(2026, 1, 10))
    BalanceFactory(account=account, on=date(2026, 2, 28), amount=100)
    BalanceFactory(account=account, on=date(2026, 3, 20), amount=130)
    TransactionFactory(account=account, number="T1", booked_on=date(2026, 3, 1), amount=50, counterparty="王芳")
    TransactionFactory(account=account, number="T2", booked_on=date(2026, 3, 20), amount=-20, description="Rent")
    return account
