"""Opening assets, net new money and return are the closing assets, to the cent, whatever the months were like."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.sql import scalar
from managers.advice.returns import Month, Stretch, stretched, stretches_of
from segmentation.models import FactsMonth, Published
from tests.factories import RunFactory

MONEY = st.none() | st.decimals(min_value=-(10**12), max_value=10**12, places=2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "currency": st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
            "balance": MONEY,
            "credits_month": MONEY,
            "debits_month": MONEY,
            "is_new": st.booleans(),
            "is_kept": st.sampled_from([True, True, True, False]),
        }
    ),
    max_size=14,
)


def ends(count: int) -> list[date]:
    """The last days of so many months."""
    firsts = [date(2025 + place // 12, place % 12 + 1, 1) for place in range(1, count + 1)]
    return [first - timedelta(days=1) for first in firsts]


@given(said=ROWS, is_whole=st.booleans())
def test_new_money_and_return_reconcile_to_the_change_in_assets(said, is_whole):
    rows = []
    for day, each in zip(ends(len(said)), said, strict=True):
        opened = day.replace(day=1) if each.pop("is_new") else date(2020, 1, 1)
        if each.pop("is_kept"):
            rows.append(FactsMonth(business_date=day, first_opened_on=opened, **each))
    before = rows.pop(0) if rows and not is_whole else None

    found = stretched(rows[::-1], before)

    balances = {row.business_date: row for row in ([before] if before else []) + rows}
    for stretch in found:
        assert stretch.opening + stretch.net_new_money + stretch.portfolio_return == stretch.closing
        for month, after in pairwise(stretch.months):
            assert (month.closing, month.currency) == (after.opening, after.currency)
            assert after.on.replace(day=1) - month.on == timedelta(days=1)
        for month in stretch.months:
            row = balances[month.on]
            assert month.opening + month.net_new_money + month.portfolio_return == month.closing == row.balance
            assert month.net_new_money == row.credits_month - row.debits_month
            eve = balances.get(month.on.replace(day=1) - timedelta(days=1))
            if eve and eve.currency == row.currency:
                assert month.opening == eve.balance
            else:
                assert month.opening == 0 and row.first_opened_on >= month.on.replace(day=1)
    told = [month.on for stretch in found for month in stretch.months]
    assert len(told) == len(set(told)) and [each.until for each in found] == sorted((each.until for each in found), reverse=True)  # fmt: skip


def month(opening: str, net: str, closing: str, on=date(2026, 3, 31)) -> Month:
    return Month(on, "CNY", Decimal(opening), Decimal(net), Decimal(closing))


def test_the_rate_of_a_month_has_the_new_money_in_its_middle_and_months_are_linked():
    grew, fell = month("100000", "20000", "121100"), month("121100", "-1100", "118794.50")
    assert (grew.portfolio_return, grew.rate) == (Decimal(1100), Decimal("0.01"))
    assert fell.rate == Decimal("-1205.50") / Decimal(120550) == Decimal("-0.01")
    assert Stretch([grew, fell]).rate == Decimal("-0.0001")
    emptied = month("0", "0", "5")
    assert emptied.rate is None and Stretch([grew, emptied]).rate is None


@pytest.mark.django_db
def test_only_months_that_were_published_count_and_the_one_before_opens_the_first(own, other):
    for day, balance, came in zip(ends(4), ("100", "150.50", "140", "999"), ("100", "40", "0", "1"), strict=True):
        scalar("SELECT segmentation_ensure_month(%(day)s)", day=day)
        told = {"currency": "CNY", "balance": balance, "credits_month": came, "debits_month": 0}
        FactsMonth.objects.create(business_date=day, customer=own.customer, first_opened_on=date(2025, 1, 9), **told)
    assert stretches_of(own.customer, 3) == []
    Published.objects.create(business_date=date(2025, 3, 31), slot=0, run=RunFactory())
    (stretch,) = stretches_of(own.customer, 12)
    figures = [(each.opening, each.net_new_money, each.portfolio_return, each.closing) for each in stretch.months]
    assert figures == [
        (Decimal(0), Decimal(100), Decimal(0), Decimal(100)),
        (Decimal(100), Decimal(40), Decimal("10.50"), Decimal("150.50")),
        (Decimal("150.50"), Decimal(0), Decimal("-10.50"), Decimal(140)),
    ]
    (short,) = stretches_of(own.customer, 2)
    assert (short.since, short.opening, short.closing) == (date(2025, 2, 1), Decimal(100), Decimal(140))
    assert stretches_of(other.customer, 12) == []
