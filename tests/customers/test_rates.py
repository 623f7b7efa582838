"""A total in one currency is exact at the rates of the day, or is said not to be had."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from crm.base.money import rounded
from customers.models import ExchangeRate, Feed
from customers.portfolio import Pile
from customers.rates import known_currencies, rates_to, total_of, valued_on
from tests.factories import ExchangeRateFactory

DAY = date(2026, 3, 31)
CENTS = st.decimals(min_value="-100000000", max_value="100000000", places=4, allow_nan=False)
RATES = st.decimals(min_value="0.0001", max_value="1000", places=6, allow_nan=False)


def pile(currency: str, assets: str, debts: str = "0") -> Pile:
    return Pile(currency, [], Decimal(assets), Decimal(debts))


@pytest.mark.django_db
def test_a_total_crosses_through_the_base_currency_and_is_rounded_once():
    """100 USD at 7.1 and 10 EUR at 7.8 are 788 CNY, and 788 / 7.8 = 101.03 EUR."""
    ExchangeRateFactory(currency="USD", rate=Decimal("7.1"), on=DAY)
    ExchangeRateFactory(currency="EUR", rate=Decimal("7.8"), on=DAY)
    piles = [pile("USD", "100", "-7.1"), pile("EUR", "10")]

    assert total_of(piles, "CNY", DAY).assets == Decimal("788.00")
    in_euros = total_of(piles, "EUR", DAY)
    assert (in_euros.assets, in_euros.debts) == (Decimal("101.03"), Decimal("-6.46"))
    assert [(rate.currency, rate.said, rate.on) for rate in in_euros.rates] == [("USD", "0.910256", DAY)]


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "has_rate"), [(0, True), (4, True), (5, False), (-1, False)])
def test_a_rate_is_carried_for_four_days_and_then_missing(age, has_rate):
    ExchangeRateFactory(currency="USD", on=DAY - timedelta(days=age))
    total = total_of([pile("USD", "100"), pile("CNY", "1")], "CNY", DAY)
    assert (total.assets is not None, total.missing) == (has_rate, [] if has_rate else ["USD"])
    if has_rate:
        assert total.rates[0].on == DAY - timedelta(days=age)


@pytest.mark.django_db
def test_without_a_rate_of_the_wanted_currency_nothing_is_guessed():
    ExchangeRateFactory(currency="USD", on=DAY)
    assert total_of([pile("USD", "1"), pile("CNY", "1")], "JPY", DAY).missing == ["JPY"]
    ExchangeRateFactory(currency="JPY", on=DAY)
    assert total_of([pile("EUR", "1"), pile("CNY", "1")], "JPY", DAY).missing == ["EUR"]


@pytest.mark.django_db
def test_the_same_currency_needs_no_rate_and_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert total_of([pile("CZK", "12.345")], "CZK", DAY).assets == Decimal("12.35")


@pytest.mark.django_db
def test_the_newest_rate_before_the_day_counts():
    for on, rate in (
        (DAY - timedelta(days=3), "7.0"),
        (DAY - timedelta(days=1), "7.2"),
        (DAY + timedelta(days=1), "9"),
    ):
        ExchangeRateFactory(currency="USD", on=on, rate=Decimal(rate))
    assert rates_to("CNY", ["USD"], DAY)["USD"].rate == Decimal("7.2")


@pytest.mark.django_db
def test_the_last_balances_are_shown_at_the_rates_of_the_day_their_feed_is_closed_through():
    assert valued_on() > DAY
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": DAY})
    assert valued_on() == DAY


@pytest.mark.django_db
def test_the_bank_s_own_currency_can_be_chosen_first():
    ExchangeRateFactory(currency="AUD", on=DAY)
    ExchangeRateFactory(currency="USD", on=DAY)
    assert known_currencies() == ["CNY", "AUD", "USD"]


class Totals(TestCase):
    @given(st.lists(st.tuples(CENTS, RATES), min_size=1, max_size=6))
    def test_a_total_is_the_rounded_sum_of_exact_products(self, held: list[tuple[Decimal, Decimal]]) -> None:
        ExchangeRate.objects.bulk_create(
            ExchangeRate(currency=f"X{n:02}", rate=rate, on=DAY) for n, (_, rate) in enumerate(held)
        )
        piles = [pile(f"X{n:02}", str(amount)) for n, (amount, _) in enumerate(held)]
        exact = sum((amount * rate for amount, rate in held), Decimal(0))
        assert total_of(piles, "CNY", DAY).assets == rounded(exact, "CNY")
