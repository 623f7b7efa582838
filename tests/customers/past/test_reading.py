"""A past day is told as it was then: the record before its later changes, the accounts that were open, their balances."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from customers.models import Customer
from customers.past.reading import Past
from tests.factories import AccountFactory, BalanceFactory, CustomerFactory, ProductFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def customer() -> Customer:
    """Known for a week."""
    found = CustomerFactory(region="North", occupation="Clerk")
    Customer.objects.filter(pk=found.pk).update(created_at=timezone.now() - timedelta(days=7))
    found.refresh_from_db()
    return found


def test_the_record_is_as_it_was_before_it_changed(customer):
    for region in ("South", "West"):
        Customer.objects.filter(pk=customer.pk).update(region=region)
    customer.refresh_from_db()
    assert dict(Past(customer, YESTERDAY).record)["Region"] == "North"
    assert dict(Past(customer, TODAY).record)["Region"] == "West"
    assert dict(Past(customer, YESTERDAY).record)["Occupation"] == "Clerk"


def test_before_the_record_there_was_none(customer):
    before = timezone.localdate(customer.created_at) - timedelta(days=1)
    past = Past(customer, before)
    assert past.row is None and past.record == []
    assert Past(customer, before + timedelta(days=1)).row == customer


def test_each_account_has_the_last_balance_reported_by_the_day(customer):
    account = AccountFactory(holder=customer, opened_on=date(2026, 1, 1))
    for day, amount in ((1, "10"), (10, "20"), (20, "30")):
        BalanceFactory(account=account, on=date(2026, 3, day), amount=Decimal(amount))

    def held(day: int) -> tuple[Decimal, date | None]:
        (pile,) = Past(customer, date(2026, 3, day)).piles
        return pile.assets, pile.holdings[0].balance_on

    assert held(9) == (10, date(2026, 3, 1))
    assert held(10) == (20, date(2026, 3, 10))
    assert held(31) == (30, date(2026, 3, 20))
    (unreported,) = Past(customer, date(2026, 2, 1)).piles
    assert (unreported.assets, unreported.holdings[0].balance) == (0, None)


@pytest.mark.parametrize(
    ("day", "is_there"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True), (date(2026, 2, 28), True), (date(2026, 3, 1), False)]
)  # fmt: skip
def test_an_account_is_there_from_the_day_it_opens_to_the_day_before_it_closes(customer, day, is_there):
    AccountFactory(holder=customer, opened_on=date(2026, 2, 1), closed_on=date(2026, 3, 1))
    assert bool(Past(customer, day).piles) == is_there


def test_debts_stand_beside_assets(customer):
    loan = AccountFactory(holder=customer, product=ProductFactory(loan=True), opened_on=date(2026, 1, 1))
    BalanceFactory(account=loan, on=date(2026, 3, 1), amount=Decimal("-500"))
    total = Past(customer, date(2026, 3, 31)).total("CNY")
    assert (total.assets, total.debts) == (Decimal("0.00"), Decimal("-500.00"))
