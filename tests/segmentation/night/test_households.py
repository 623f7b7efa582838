"""Household totals: who agreed to be pooled counts once, by share; everybody else stands alone."""

from datetime import date
from decimal import Decimal

import pytest

from customers.models import Customer
from segmentation.models import Facts
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    ExchangeRateFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
)
from tests.segmentation.night.bank import customer_with, deposit, nights, policy, tier_on
from tests.segmentation.night.test_languages import ENDS, MASS, all_replay, at_least, monthly, tier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scheme(db: None) -> None:
    any_of = {"any": [at_least("200000"), at_least("300000", "household_month_average")]}
    policy(tiers=[MASS, tier("gold", any_of)])


def totals(customer: Customer) -> tuple[Decimal, Decimal]:
    facts = Facts.objects.get(customer=customer)
    return facts.household_balance, facts.household_month_average


def test_a_household_reaches_together_what_nobody_reaches_alone() -> None:
    one, two, alone = (customer_with(monthly("160000")) for _ in range(3))
    home = HouseholdFactory()
    for member in (one, two):
        HouseholdMemberFactory(household=home, customer=member)

    nights(ENDS[0], ENDS[0])

    assert [totals(each) for each in (one, two, alone)] == [(320000, 320000)] * 2 + [(160000, 160000)]
    assert [tier_on(each, date(2026, 2, 1)) for each in (one, two, alone)] == ["gold", "gold", "mass"]
    assert all_replay()


def test_who_did_not_agree_neither_counts_nor_is_told() -> None:
    one, two, silent = (customer_with(monthly("100")) for _ in range(3))
    home = HouseholdFactory()
    HouseholdMemberFactory(household=home, customer=one)
    HouseholdMemberFactory(household=home, customer=two)
    HouseholdMemberFactory(household=home, customer=silent, pools=False)

    nights(ENDS[0], ENDS[0])

    assert [totals(each)[1] for each in (one, two, silent)] == [200, 200, 100]


def test_a_joint_account_counts_once_and_each_day_at_its_rate() -> None:
    one, two = customer_with(monthly("100")), customer_with(monthly("100"))
    home = HouseholdFactory()
    for member in (one, two):
        HouseholdMemberFactory(household=home, customer=member)
    for day in (1, 5, 9, 13, 17, 21, 25, 29):
        ExchangeRateFactory(on=date(2026, 1, day), rate="7")
    account = AccountFactory(currency="USD", opened_on=date(2026, 1, 1))
    AccountHolderFactory(account=account, customer=one, share=Decimal("0.75"))
    AccountHolderFactory(account=account, customer=two, joint=True, share=Decimal("0.25"))
    deposit(account, {date(2026, 1, 1): "1000"})

    nights(ENDS[0], ENDS[0])

    assert totals(one) == totals(two) == (7200, 7200)


def test_a_member_counts_from_the_first_day_to_the_last() -> None:
    one, two = customer_with(monthly("100")), customer_with(monthly("100"))
    home = HouseholdFactory()
    HouseholdMemberFactory(household=home, customer=one)
    HouseholdMemberFactory(household=home, customer=two, since=date(2026, 1, 6), until=date(2026, 1, 8))

    found = {}
    for day in (5, 6, 7, 8):
        nights(date(2026, 1, day), date(2026, 1, day))
        found[day] = totals(one)[1]

    assert found == {5: 100, 6: 200, 7: 200, 8: 100}
