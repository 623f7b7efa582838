"""A statement leads from what lay there before to what lay there after, movement by movement."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Account
from customers.statements.content import Line, Statement, statement_of
from tests.factories import AccountFactory, BalanceFactory, TransactionFactory

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def account(db: None) -> Account:
    """100 lay there at the end of February; in March 50 came and 20 went."""
    account = AccountFactory(opened_on=date(2026, 1, 1))
    for on, amount in ((date(2026, 2, 10), 70), (date(2026, 2, 28), 100), (date(2026, 3, 20), 130)):
        BalanceFactory(account=account, on=on, amount=amount)
    for number, on, amount in (("T3", date(2026, 3, 20), -20), ("T1", MARCH, 30), ("T2", MARCH, 20), ("T0", date(2026, 2, 28), 30), ("T4", APRIL, 5)):  # fmt: skip
        TransactionFactory(account=account, number=number, booked_on=on, amount=amount)
    TransactionFactory(number="other", booked_on=MARCH, amount=999)
    return account


def test_both_days_are_included_and_each_line_has_what_lay_there_after_it(account: Account) -> None:
    found = statement_of(account, since=MARCH, until=date(2026, 3, 31))
    assert (found.opening, found.closing, found.unexplained) == (100, 130, 0)
    assert [(line.on, line.amount, line.balance) for line in found.lines] == [
        (MARCH, 30, 130), (MARCH, 20, 150), (date(2026, 3, 20), -20, 130),
    ]  # fmt: skip
    assert (found.credits, found.debits) == (50, -20)


def test_before_the_first_report_nothing_lay_there(account: Account) -> None:
    assert statement_of(account, since=date(2026, 1, 1), until=date(2026, 1, 31)).opening == 0


def test_a_period_without_movements_says_what_lay_there(account: Account) -> None:
    found = statement_of(account, since=date(2026, 3, 21), until=date(2026, 3, 31))
    assert (found.lines, found.opening, found.closing) == ((), 130, 130)


def test_what_the_movements_do_not_explain_is_told(account: Account) -> None:
    BalanceFactory(account=account, on=date(2026, 3, 31), amount=Decimal("131.25"))
    assert statement_of(account, since=MARCH, until=date(2026, 3, 31)).unexplained == Decimal("1.25")


def test_the_digest_changes_with_anything_that_is_said(account: Account) -> None:
    march = {"since": MARCH, "until": date(2026, 3, 31)}
    first = statement_of(account, **march).digest()
    assert statement_of(account, **march).digest() == first
    TransactionFactory(account=account, number="late", booked_on=date(2026, 3, 5), amount=0)
    assert statement_of(account, **march).digest() != first


@given(
    opening=st.decimals("-1000", "1000", places=2),
    amounts=st.lists(st.decimals("-1000", "1000", places=2), max_size=30),
)
def test_opening_and_movements_are_the_closing_to_the_cent(opening: Decimal, amounts: list[Decimal]) -> None:
    balance, lines = opening, []
    for place, amount in enumerate(amounts):
        balance += amount
        lines.append(Line(MARCH + timedelta(days=place), "", "", "", amount, balance))
    said = Statement(Account(currency="CNY"), MARCH, APRIL, opening, tuple(lines), balance)
    assert said.opening + said.credits + said.debits == said.closing
    assert said.unexplained == 0
