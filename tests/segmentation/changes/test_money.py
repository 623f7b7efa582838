"""Money that comes and goes: net of moves between own accounts, by share, in the rule's currency, and once in the quiet days."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.changes.services import notice_day
from segmentation.models import Change, ChangeDay
from tests.factories import AccountFactory, AccountHolderFactory, BalanceFactory, ExchangeRateFactory
from tests.segmentation.changes.bank import FIRST, IN, LEFT, OUT, looked, morning, move, owner, published, rules

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)


def test_what_goes_out_within_the_days_is_noticed_with_its_figures() -> None:
    rules(OUT)
    customer = owner("4000")
    move(customer.account, "-600", days_before(6))
    move(customer.account, "-500", DAY)
    move(customer.account, "-900", days_before(7))

    (change,) = looked(DAY)

    assert (change.customer, change.about, change.due_on) == (customer, "2026-03-10", date(2026, 3, 14))
    assert change.figures == {"amount": "1100.00", "currency": "CNY", "days": 7, "before": "4000.00"}
    assert "1,100.00 CNY went out within 7 days" in str(change)


def test_money_that_moves_between_own_accounts_is_no_flow() -> None:
    rules(OUT, IN)
    customer = owner()
    fund = AccountFactory(holder=customer)
    move(customer.account, "-5000", days_before(1))
    move(fund, "5000", DAY)
    assert looked(DAY) == []


def test_each_holder_of_a_joint_account_is_told_by_their_share() -> None:
    rules(IN)
    rich, poor = owner(), owner()
    joint = AccountFactory()
    AccountHolderFactory(account=joint, customer=rich, share="0.75")
    AccountHolderFactory(account=joint, customer=poor, role="joint", share="0.25")
    move(joint, "2000", DAY)
    assert [(change.customer, change.figures["amount"]) for change in looked(DAY)] == [(rich, "1500.00")]


def test_one_payment_is_told_once_where_no_quiet_days_are_said() -> None:
    rules(IN)
    customer = owner()
    move(customer.account, "2000", FIRST)
    assert sum(len(looked(FIRST + timedelta(days=day))) for day in range(10)) == 1


@pytest.mark.parametrize(("before", "is_told"), [("5000", True), ("5001", False), ("-100", True)])
def test_a_share_is_of_what_lay_there_before_the_days(before, is_told) -> None:
    rules(OUT | {"share": "0.20"})
    customer = owner(before, on=days_before(7))
    BalanceFactory(account=customer.account, on=days_before(3), amount="99999")
    move(customer.account, "-1000", DAY)
    assert bool(looked(DAY)) is is_told


def test_another_currency_counts_at_the_rate_of_the_day_on_which_it_moved() -> None:
    rules(OUT)
    customer = owner(currency="USD")
    ExchangeRateFactory(currency="USD", on=days_before(5), rate="7")
    ExchangeRateFactory(currency="USD", on=DAY, rate="9")
    move(customer.account, "-100", days_before(3))
    move(customer.account, "-100", DAY)
    (change,) = looked(DAY)
    assert change.figures["amount"] == "1600.00"


def test_without_a_rate_nothing_is_said_and_that_is_counted() -> None:
    rules(OUT)
    unknown, known = owner(currency="USD"), owner()
    for customer in (unknown, known):
        move(customer.account, "-99999", DAY)
    assert [change.customer for change in looked(DAY)] == [known]
    assert ChangeDay.objects.get(business_date=DAY).unknown == 1


def test_in_the_quiet_days_nothing_more_is_said_and_then_again() -> None:
    rules(OUT | {"quiet_days": 5, "days": 1})
    customer = owner()
    for day in range(10):
        move(customer.account, "-2000", FIRST + timedelta(days=day))
    for day in range(10):
        looked(FIRST + timedelta(days=day))
    assert sorted(Change.objects.values_list("day", flat=True)) == [FIRST, FIRST + timedelta(days=5)]


def test_money_left_by_what_lay_there_thirty_days_before() -> None:
    rules(LEFT)
    half, less, small = owner("3000"), owner("3000"), owner("900")
    BalanceFactory(account=half.account, on=DAY, amount="1500")
    BalanceFactory(account=less.account, on=DAY, amount="1500.01")
    BalanceFactory(account=small.account, on=DAY, amount="0")
    (change,) = looked(DAY)
    assert change.customer == half
    assert change.figures == {"before": "3000.00", "now": "1500.00", "amount": "1500.00", "currency": "CNY", "days": 30}


def test_an_account_that_closed_holds_nothing_and_a_transfer_is_no_loss() -> None:
    rules(LEFT)
    gone, moved = owner("3000"), owner("3000")
    for customer in (gone, moved):
        type(customer.account).objects.filter(pk=customer.account.pk).update(closed_on=DAY)
    BalanceFactory(account=AccountFactory(holder=moved), on=DAY, amount="3000")
    assert [change.customer for change in looked(DAY)] == [gone]


def test_what_an_account_held_when_it_closed_long_ago_did_not_leave_now() -> None:
    rules(LEFT)
    customer = owner("3000")
    closed = type(customer.account).objects.filter(pk=customer.account.pk)
    closed.update(closed_on=days_before(30))
    BalanceFactory(account=AccountFactory(holder=customer), on=days_before(31), amount="3000")
    assert looked(DAY) == []
    ChangeDay.objects.all().delete()
    closed.update(closed_on=days_before(29))
    (change,) = looked(DAY)
    assert (change.figures["before"], change.figures["now"]) == ("6000.00", "3000.00")


def test_a_falling_rate_is_no_money_that_left() -> None:
    rules(LEFT)
    customer = owner("1000", currency="USD")
    ExchangeRateFactory(currency="USD", on=days_before(30), rate="9")
    ExchangeRateFactory(currency="USD", on=DAY, rate="2")
    assert looked(DAY) == []
    BalanceFactory(account=customer.account, on=DAY, amount="400")
    ChangeDay.objects.all().delete()
    (change,) = looked(DAY)
    assert (change.figures["before"], change.figures["now"]) == ("2000.00", "800.00")


AMOUNTS = st.sampled_from(["-700", "-1500", "900", "1600"])
MOVED = st.lists(st.tuples(st.integers(0, 13), AMOUNTS), min_size=1, max_size=12)
ORDER = st.permutations(range(14))


@settings(max_examples=25)
@given(moved=MOVED, order=ORDER, quiet=st.sampled_from([0, 1, 4, 20]), again=st.integers(0, 13))
def test_whatever_order_nights_are_run_in_and_again_nothing_is_said_twice(moved, order, quiet, again) -> None:
    """The days of a fortnight in any order, one of them looked at again as if nobody had."""
    ruled = OUT | {"quiet_days": quiet, "days": 2, "code": f"out{quiet}"}
    with transaction.atomic():
        rules(ruled, ruled | {"code": "in", "kind": "inflow"})
        customer = owner()
        for place, (day, amount) in enumerate(moved):
            move(customer.account, amount, FIRST + timedelta(days=day), number=f"P{place}")
        published(FIRST + timedelta(days=13))
        for day in (*order, again):
            ChangeDay.objects.filter(business_date=FIRST + timedelta(days=day)).delete()
            notice_day(day=FIRST + timedelta(days=day), at=morning(FIRST + timedelta(days=14)))
        for code in (ruled["code"], "in"):
            days = sorted(Change.objects.filter(code=code).values_list("day", flat=True))
            assert len(days) == len(set(days))
            assert all((later - earlier).days >= quiet for earlier, later in pairwise(days))
            assert all(_is_true(day, moved, code) for day in days)
        if quiet == 0:
            assert set(Change.objects.filter(code=ruled["code"]).values_list("day", flat=True)) == {
                FIRST + timedelta(days=day) for day in range(14) if _is_true(FIRST + timedelta(days=day), moved, "out")
            }
        transaction.set_rollback(True)


def _is_true(day: date, moved: list[tuple[int, str]], code: str) -> bool:
    """Reckoned by hand: the net of two days."""
    place = (day - FIRST).days
    net = sum(Decimal(amount) for when, amount in moved if place - 1 <= when <= place)
    return net >= 1000 if code == "in" else net <= -1000
