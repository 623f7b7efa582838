from datetime import date
from decimal import Decimal

import pytest

from customers import portfolio
from customers.models import Account, BalanceMonth, Feed
from tests.factories import AccountFactory, AccountHolderFactory, CustomerFactory, ProductFactory

pytestmark = pytest.mark.django_db


def reported(account: Account, month: date, *, opening: str, closing: str, day_sum: str, last_on: date) -> None:
    amounts = {name: Decimal(value) for name, value in (("opening", opening), ("closing", closing))}
    BalanceMonth.objects.create(account=account, month=month, day_sum=Decimal(day_sum), last_on=last_on, **amounts)


@pytest.fixture
def account() -> Account:
    return AccountFactory(holder=CustomerFactory(number="1"))


def months(account: Account) -> dict[str, str]:
    (course,) = portfolio.courses(account.holders.get().customer)
    return {f"{one.month:%Y-%m}": str(one.average) for one in course.months}


def test_600_000_for_20_days_and_200_000_for_10_days_average_466_666_67(account: Account) -> None:
    """Reported on 1 and 21 April; the feed is closed through the 30th."""
    reported(account, date(2026, 4, 1), opening="0", closing="200000", day_sum="12200000", last_on=date(2026, 4, 21))
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": date(2026, 4, 30)})
    assert months(account) == {"2026-04": "466666.67"}


def test_a_balance_holds_through_months_without_a_report(account: Account) -> None:
    reported(account, date(2026, 1, 1), opening="0", closing="310", day_sum="310", last_on=date(2026, 1, 31))
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": date(2026, 3, 15)})
    assert months(account) == {"2026-01": "10.00", "2026-02": "310.00", "2026-03": "310.00"}


def test_the_customer_s_share_counts_and_each_currency_stands_alone(account: Account) -> None:
    customer = account.holders.get().customer
    joint = AccountFactory(currency="USD")
    AccountHolderFactory(account=joint, customer=customer, joint=True)
    for one in account, joint:
        reported(one, date(2026, 1, 1), opening="100", closing="100", day_sum="3100", last_on=date(2026, 1, 31))
    assert {course.currency: course.last.closing for course in portfolio.courses(customer)} == {
        "CNY": Decimal("100.00"),
        "USD": Decimal("50.00"),
    }


def test_loans_are_no_assets(account: Account) -> None:
    customer = account.holders.get().customer
    loan = AccountFactory(product=ProductFactory(loan=True), holder=customer)
    reported(loan, date(2026, 1, 1), opening="-5", closing="-5", day_sum="-155", last_on=date(2026, 1, 31))
    assert portfolio.courses(customer) == []
    (pile,) = portfolio.piles(customer)
    assert (pile.assets, pile.debts) == (Decimal(0), Decimal(-5))


def test_at_most_fifteen_months_are_shown(account: Account) -> None:
    reported(account, date(2020, 1, 1), opening="1", closing="1", day_sum="31", last_on=date(2020, 1, 31))
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": date(2026, 3, 31)})
    assert len(months(account)) == 15


def test_who_pays_is_the_owner_then_the_highest_share_then_the_lowest_number() -> None:
    account = AccountFactory()
    people = {number: CustomerFactory(number=number) for number in "CBA"}
    for number, share in (("C", "0.5"), ("B", "0.5"), ("A", "0.4")):
        AccountHolderFactory(account=account, customer=people[number], joint=True, share=share)
    assert portfolio.payer_of(account) == people["B"]
    account.holders.filter(customer=people["A"]).update(role="owner")
    assert portfolio.payer_of(account) == people["A"]
