"""Free accounts that come as a file: the rules of the counter, said beside row and column."""

from datetime import date, timedelta

import pytest

from customers.imports.messages import message_of
from customers.models import AccountHolder
from segmentation.free_accounts.services import name_account
from segmentation.models import FreeAccount
from tests.factories import AccountFactory, CustomerFactory
from tests.segmentation.night.bank import JANUARY, customer_with, nights, policy

pytestmark = pytest.mark.django_db
HEADER = "customer,account,since,until"
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def payer(db):
    """P has A1 and A2, and A3 that is closed in April; Q has B1."""
    someone = CustomerFactory(number="P")
    for number, closed_on in (("A1", None), ("A2", None), ("A3", date(2026, 4, 1))):
        AccountFactory(holder=someone, number=number, closed_on=closed_on)
    AccountFactory(holder=CustomerFactory(number="Q"), number="B1")
    return someone


def named() -> list[tuple]:
    rows = FreeAccount.objects.order_by("customer__number", "since")
    return list(rows.values_list("customer__number", "account__number", "since", "until"))


def codes(result) -> list[tuple[int, str, str]]:
    return [(error.row, error.column, error.code) for error in result.errors]


def test_one_after_the_other_comes_in_and_the_same_again_changes_nothing(bring):
    lines = [HEADER, "P,A1,2026-05-01,2026-06-01", "P,A2,20260601,", "Q,B1,2026-05-01,"]
    assert codes(bring("free_accounts", *lines)) == []
    expected = [("P", "A1", MAY, JUNE), ("P", "A2", JUNE, None), ("Q", "B1", MAY, None)]
    assert named() == expected

    again = bring("free_accounts", *lines)

    assert (again.accepted, again.unchanged, named()) == (3, 3, expected)


@pytest.mark.parametrize(("row", "column", "code", "said"), [
    ("P,B1,2026-05-01,", "account", "not_own", "not the customer's own"),
    ("P,A3,2026-05-01,", "account", "closed_account", "is closed"),
    ("P,A2,2026-05-01,2026-05-01", "until", "ends_before_start", "ends after it starts"),
    ("P,A2,2026-04-01,2026-05-02", "account", "second_free", "a second one is not free"),
    ("P,A2,2026-06-01,", "account", "second_free", "a second one is not free"),
    ("P,A9,2026-06-01,", "account", "unknown_account", "No account"),
])  # fmt: skip
def test_what_the_counter_would_refuse_is_refused_beside_its_column(bring, payer, row, column, code, said):
    """P has named A1 from May on: it stays as it is."""
    name_account(customer=payer, account=payer.holdings.get(account__number="A1").account, since=MAY, by="setup")

    result = bring("free_accounts", HEADER, "Q,B1,2026-05-01,", row)

    assert codes(result) == [(3, column, code)] and said in message_of(code)
    assert named() == [("P", "A1", MAY, None), ("Q", "B1", MAY, None)]


def test_the_second_of_two_in_one_file_is_refused_and_a_wrong_first_one_stands_in_nobodys_way(bring):
    twice = bring("free_accounts", HEADER, "P,A1,2026-05-01,", "P,A2,2026-06-01,")
    assert codes(twice) == [(3, "account", "second_free")]
    FreeAccount.objects.filter(pk=FreeAccount.objects.get().pk).update(until=JUNE)

    wrong_first = bring("free_accounts", HEADER, "P,A3,2026-06-01,", "P,A2,2026-06-01,")

    assert codes(wrong_first) == [(2, "account", "closed_account")]
    assert named() == [("P", "A1", MAY, JUNE), ("P", "A2", JUNE, None)]


def test_what_ended_stays_ended_and_what_is_open_may_end(bring):
    bring("free_accounts", HEADER, "P,A1,2026-05-01,", "Q,B1,2026-05-01,2026-06-01")
    ended = bring("free_accounts", HEADER, "P,A1,2026-05-01,2026-07-01", "Q,B1,2026-05-01,")
    assert codes(ended) == [(3, "until", "ended")]
    assert named() == [("P", "A1", MAY, JULY), ("Q", "B1", MAY, JUNE)]


def test_a_naming_may_end_though_the_account_is_another_customers_by_then(bring):
    bring("free_accounts", HEADER, "P,A1,2026-05-01,")
    AccountHolder.objects.filter(account__number="A1").update(customer=CustomerFactory(number="R"))

    result = bring("free_accounts", HEADER, "P,A1,2026-05-01,2026-06-01")

    assert codes(result) == [] and named() == [("P", "A1", MAY, JUNE)]


def test_a_night_that_ran_is_not_told_anew(bring):
    policy(("mass", None, 0))
    customer_with({JANUARY: "1"})
    nights(MAY, MAY)

    result = bring("free_accounts", HEADER, "P,A1,2026-05-01,", f"Q,B1,{MAY + timedelta(days=1)},")

    assert codes(result) == [(2, "since", "night_ran")]
    assert named() == [("Q", "B1", date(2026, 5, 2), None)]
