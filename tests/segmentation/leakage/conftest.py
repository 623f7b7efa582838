from datetime import date

import pytest

from customers.models import Account
from tests.segmentation.leakage.bank import D1, HALF, TENTH, charge
from tests.segmentation.night.bank import customer_with, nights, policy


@pytest.fixture
def bank() -> tuple[Account, Account]:
    """The accounts of a gold customer and of a mass one; 30.00 are charged on each on the 10th, the nights ran."""
    policy(("mass", None, 0), ("gold", "1000", 3), lines=[HALF, TENTH])
    gold = customer_with({date(2026, 1, 1): "5000"}, number="G")
    mass = customer_with({date(2026, 1, 1): "5"}, number="M")
    nights(date(2026, 1, 31), date(2026, 1, 31))
    accounts = gold.holdings.get().account, mass.holdings.get().account
    for account in accounts:
        charge(account, D1, "30.00")
    nights(D1, D1)
    return accounts
