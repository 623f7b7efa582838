"""The month average: each day's end-of-day balance, converted at that day's rate, over the days of the month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.base.money import rounded
from crm.jobs.models import RowError, Run
from segmentation.models import Facts, FactsMonth
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    ExchangeRateFactory,
    ProductFactory,
)
from tests.segmentation.night.bank import customer_with, deposit, nights, policy

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def scheme(db: None) -> None:
    policy(("mass", None, 0), ("gold", "200000", 3))


def average(customer) -> Decimal | None:
    return Facts.objects.get(customer=customer).aum_month_average


def night_of(day: date) -> Run:
    return nights(day, day)


def test_average_weighs_each_day_equally():
    """600,000 for 20 days and 200,000 for 10 days of a 30-day month."""
    customer = customer_with({APRIL: "600000", date(2026, 4, 21): "200000"})

    night_of(date(2026, 4, 30))

    assert average(customer) == Decimal("466666.67")


def test_days_before_opening_count_nothing():
    customer = customer_with({date(2026, 4, 16): "300000"})

    night_of(date(2026, 4, 30))

    assert average(customer) == Decimal("150000")


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_balance_reported_before_the_account_opened_counts_from_its_opening(currency):
    ExchangeRateFactory(on=APRIL, rate="1")
    ExchangeRateFactory(on=date(2026, 4, 5), rate="1")
    customer = CustomerFactory()
    account = AccountFactory(holder=customer, opened_on=date(2026, 4, 4), currency=currency)
    deposit(account, {APRIL: "900", date(2026, 4, 6): "300"})

    night_of(date(2026, 4, 6))

    assert average(customer) == Decimal("350")


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_closed_account_counts_until_it_closed(currency):
    ExchangeRateFactory(on=APRIL, rate="1")
    customer = CustomerFactory()
    account = AccountFactory(holder=customer, closed_on=date(2026, 4, 3), currency=currency)
    deposit(account, {date(2026, 1, 5): "900"})

    night_of(date(2026, 4, 4))

    facts = Facts.objects.get(customer=customer)
    assert (facts.aum_month_average, facts.balance, facts.accounts_held) == (450, 0, 0)


def test_open_month_is_averaged_over_the_days_so_far():
    customer = customer_with({date(2026, 4, 6): "1000"})

    night_of(date(2026, 4, 10))

    assert average(customer) == Decimal("500")


def test_balance_holds_through_months_without_a_report():
    customer = customer_with({date(2026, 1, 10): "700"})

    night_of(date(2026, 4, 10))

    assert average(customer) == Decimal("700")


def test_past_night_does_not_see_later_balances():
    customer = customer_with({APRIL: "100", date(2026, 4, 11): "90000", date(2026, 5, 5): "7"})

    night_of(date(2026, 4, 10))

    assert average(customer) == Decimal("100")


def test_past_night_sees_the_rows_of_its_month_so_far():
    """600 for five days and 100 for five, while the roll-up already knows the 20th."""
    customer = customer_with({APRIL: "600", date(2026, 4, 6): "100", date(2026, 4, 20): "5000"})

    night_of(date(2026, 4, 10))

    assert average(customer) == Decimal("350")


def test_negative_balances_count():
    customer = customer_with({APRIL: "-100", date(2026, 4, 6): "300"})

    night_of(date(2026, 4, 10))

    assert average(customer) == Decimal("100")


def test_average_is_rounded_half_up():
    customer = customer_with({APRIL: "0.01", date(2026, 4, 2): "0.00"})

    night_of(date(2026, 4, 2))

    assert average(customer) == Decimal("0.01")


def test_joint_account_counts_by_share():
    first, second, authorised = CustomerFactory(), CustomerFactory(), CustomerFactory()
    account = AccountFactory()
    AccountHolderFactory(account=account, customer=first, share=Decimal("0.75"))
    AccountHolderFactory(account=account, customer=second, joint=True, share=Decimal("0.25"))
    AccountHolderFactory(account=account, customer=authorised, authorised=True)
    deposit(account, {APRIL: "1000"})

    night_of(APRIL)

    assert [average(customer) for customer in (first, second, authorised)] == [750, 250, 0]


def test_loans_are_no_assets():
    customer = CustomerFactory()
    loan = AccountFactory(holder=customer, product=ProductFactory(loan=True))
    deposit(loan, {APRIL: "-80000"})

    night_of(APRIL)

    facts = Facts.objects.get(customer=customer)
    assert (facts.aum_month_average, facts.loan_balance) == (0, 80000)


def test_each_day_converts_at_its_own_rate():
    """100 USD for two days, at 7 and at 8."""
    ExchangeRateFactory(on=APRIL, rate="7")
    ExchangeRateFactory(on=date(2026, 4, 2), rate="8")
    customer = customer_with({APRIL: "100"}, currency="USD")

    night_of(date(2026, 4, 2))

    assert average(customer) == Decimal("750")


def test_weekend_carries_the_last_rate():
    ExchangeRateFactory(on=APRIL, rate="7")
    customer = customer_with({APRIL: "100"}, currency="USD")

    night_of(date(2026, 4, 5))

    assert average(customer) == Decimal("700")


def test_missing_rate_is_an_error_and_never_one():
    ExchangeRateFactory(on=APRIL, rate="7")
    stale = customer_with({APRIL: "100"}, currency="USD")
    fine = customer_with({APRIL: "100"})

    run = night_of(date(2026, 4, 6))

    assert (average(stale), average(fine)) == (None, 100)
    assert run.status == Run.Status.COMPLETED_WITH_ERRORS
    assert [(e.customer_id, e.code) for e in RowError.objects.filter(run=run)] == [(stale.pk, "rate_missing")]


def test_kind_without_a_scheme_needs_no_rate():
    customer_with({APRIL: "100"}, currency="USD", company=True)
    assert night_of(APRIL).status == Run.Status.COMPLETED


def test_nothing_lying_in_a_currency_needs_no_rate():
    customer = customer_with({APRIL: "0"}, currency="USD")

    run = night_of(APRIL)

    assert (average(customer), run.status) == (0, Run.Status.COMPLETED)


def test_same_figures_are_not_written_again():
    customer_with({APRIL: "100"})
    nights(date(2026, 4, 2), date(2026, 4, 4))

    run = night_of(date(2026, 4, 5))

    written = {step["step"]: step["rows"] for step in run.partitions.get().steps}
    assert written["facts"] == 0


def test_month_end_keeps_a_copy_of_all():
    customer = customer_with({date(2026, 1, 5): "100"})

    nights(date(2026, 1, 30), date(2026, 2, 1))

    copies = FactsMonth.objects.filter(customer=customer).values_list("business_date", "balance")
    assert list(copies) == [(date(2026, 1, 31), 100)]


def test_roll_up_and_day_by_day_agree():
    """Every night of two months equals the naive mean of the days so far."""
    reports = {date(2026, 2, day): f"{day * 97 % 41}.{day:02}" for day in (3, 4, 11, 28)} | {date(2026, 3, 2): "12.34"}
    customer = customer_with(reports)
    day = date(2026, 2, 1)
    while day <= date(2026, 3, 4):
        night_of(day)
        assert average(customer) == _naive(reports, day), day
        day += timedelta(days=1)


def _naive(reports: dict[date, str], through: date) -> Decimal:
    first = through.replace(day=1)
    total = Decimal(0)
    for number in range((through - first).days + 1):
        known = [on for on in reports if on <= first + timedelta(days=number)]
        total += Decimal(reports[max(known)]) if known else 0
    return rounded(total / through.day, "CNY")
