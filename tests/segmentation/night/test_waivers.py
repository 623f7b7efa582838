"""What is waived of a charge: the share of the tier on the day of the charge, within caps, rounded once, never more."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F, Sum

from crm.jobs.models import Run
from customers.models import Account, Customer, FeeCharge
from segmentation.models import WaiverEntry
from tests.factories import AccountFactory, AccountHolderFactory, CustomerFactory, FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
JANUARY_END, FEBRUARY_END = date(2026, 1, 31), date(2026, 2, 28)
HALF = {"tier": "gold", "fee": "statement", "percent": "0.50"}


def bank(*lines: dict) -> Account:
    """A customer who is gold from 1 February, and their account."""
    policy(("mass", None, 0), ("gold", "1000", 3), lines=list(lines) or [HALF])
    customer = customer_with({date(2026, 1, 1): "5000"})
    nights(JANUARY_END, JANUARY_END)
    return Account.objects.get(holders__customer=customer)


def charge(account: Account, day: int, amount: str, **fields) -> FeeCharge:
    return FeeChargeFactory(account=account, charged_on=date(2026, 2, day), amount=Decimal(amount), **fields)


def waived(*charges: FeeCharge) -> list[Decimal]:
    return [FeeCharge.objects.get(pk=one.pk).waived for one in charges]


def test_share_of_the_tier_is_waived():
    fee = charge(bank(), 10, "30.00")

    run = nights(date(2026, 2, 10), date(2026, 2, 10))

    assert waived(fee) == [15]
    assert run.result["waiver_entries"] == 1 and run.result["waived"] == {"CNY": "15.00"}


def test_rounding_is_half_up_once_per_entry():
    account = bank({"tier": "gold", "fee": "statement", "percent": "0.10"})
    fees = [charge(account, 3, amount) for amount in ("0.05", "0.04", "14.65")]
    nights(date(2026, 2, 3), date(2026, 2, 3))
    assert waived(*fees) == [Decimal("0.01"), 0, Decimal("1.47")]


def test_tier_on_the_day_of_the_fee_counts_and_not_that_of_the_run():
    """A January fee that comes in February is a fee of a mass customer."""
    account = bank()
    late = FeeChargeFactory(account=account, charged_on=date(2026, 1, 31), amount=30)

    nights(date(2026, 2, 3), date(2026, 2, 3))

    assert waived(late) == [0]


def test_late_charge_is_taken_by_the_next_night_under_its_own_tier():
    account = bank()
    nights(date(2026, 2, 5), date(2026, 2, 5))
    late = charge(account, 2, "10")
    nights(date(2026, 2, 6), date(2026, 2, 6))
    assert waived(late) == [5]


def test_future_charge_is_left_for_its_night():
    fee = charge(bank(), 20, "10")
    nights(date(2026, 2, 10), date(2026, 2, 10))
    fee.refresh_from_db()
    assert (fee.waived, fee.assessed_on) == (0, None)


def test_cap_per_fee():
    fee = charge(bank(HALF | {"cap_per_fee": "4.00", "currency": "CNY"}), 3, "30")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    assert waived(fee) == [4]


def test_cap_per_month_is_used_up_in_order_of_date_and_number():
    account = bank(HALF | {"cap_per_month": "12.00", "currency": "CNY"})
    second = charge(account, 3, "10", number="F10")
    first = charge(account, 3, "10", number="F9")
    third = charge(account, 4, "10", number="F1")
    fourth = charge(account, 9, "10", number="F2")

    nights(date(2026, 2, 4), date(2026, 2, 4))
    nights(date(2026, 2, 9), date(2026, 2, 9))

    assert waived(first, second, third, fourth) == [5, 5, 2, 0]


def test_cap_per_month_starts_anew_in_the_next_month():
    account = bank(HALF | {"cap_per_month": "5.00", "currency": "CNY"})
    february = charge(account, 28, "10")
    march = FeeChargeFactory(account=account, charged_on=date(2026, 3, 1), amount=10)
    nights(FEBRUARY_END, date(2026, 3, 1))
    assert waived(february, march) == [5, 5]


def test_other_fees_and_other_tiers_are_charged_in_full():
    account = bank()
    transfer = charge(account, 3, "10", fee__code="transfer")
    poor = customer_with({date(2026, 1, 1): "5"})
    mass = charge(Account.objects.get(holders__customer=poor), 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    assert waived(transfer, mass) == [0, 0]


def test_joint_account_is_the_highest_share_then_the_lowest_number():
    account = bank()
    gold = account.holders.get().customer
    account.holders.update(share=Decimal("0.3"), role="joint")
    AccountHolderFactory(account=account, customer=CustomerFactory(number="A"), joint=True, share=Decimal("0.7"))
    fee = charge(account, 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    assert waived(fee) == [0]

    equal = AccountFactory()
    for holder, number in ((gold, "1"), (CustomerFactory(), "2")):
        type(holder).objects.filter(pk=holder.pk).update(number=number)
        AccountHolderFactory(account=equal, customer=holder, joint=True, share=Decimal("0.5"))
    fee = charge(equal, 4, "10")
    nights(date(2026, 2, 4), date(2026, 2, 4))
    assert waived(fee) == [5]


def test_owner_comes_before_joint_holders_whatever_their_shares():
    account = bank()
    account.holders.update(share=Decimal("0.3"))
    AccountHolderFactory(account=account, customer=CustomerFactory(number="A"), joint=True, share=Decimal("0.7"))
    fee = charge(account, 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    assert waived(fee) == [5]


def test_condition_of_a_line_narrows_it():
    when = {"field": "accounts_held", "op": ">=", "value": 2}
    account = bank(HALF | {"when": when})
    one = charge(account, 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    AccountFactory(holder=account.holders.get().customer)
    two = charge(account, 4, "10")
    nights(date(2026, 2, 4), date(2026, 2, 4))
    assert waived(one, two) == [0, 5]


def test_cap_in_another_currency_is_reported_and_not_guessed():
    account = bank(HALF | {"cap_per_fee": "4.00", "currency": "USD"})
    fee = charge(account, 3, "10")
    run = nights(date(2026, 2, 3), date(2026, 2, 3))
    fee.refresh_from_db()
    assert (fee.waived, fee.assessed_on) == (0, None)
    assert run.status == Run.Status.COMPLETED_WITH_ERRORS
    assert run.row_errors.get().code == "cap_currency"


def test_figure_that_a_line_must_know_is_waited_for():
    """Unknown today, the charge is taken once the figure is there."""
    when = {"field": "annual_income", "op": ">", "value": "1000.00", "unknown": "error"}
    account = bank(HALF | {"when": when})
    fee = charge(account, 3, "10")

    run = nights(date(2026, 2, 3), date(2026, 2, 3))

    fee.refresh_from_db()
    assert (fee.waived, fee.assessed_on) == (0, None)
    assert run.status == Run.Status.COMPLETED_WITH_ERRORS
    assert run.row_errors.get().code == "figure_unknown"

    Customer.objects.update(annual_income=2000)
    nights(date(2026, 2, 4), date(2026, 2, 4))
    assert waived(fee) == [5]


def test_same_charge_is_taken_once():
    fee = charge(bank(), 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 6))
    assert waived(fee) == [5] and WaiverEntry.objects.count() == 1


def test_net_plus_waived_is_gross_and_numbers_have_no_gap():
    account = bank()
    for day in range(1, 11):
        charge(account, day, f"{day}.{day:02}")
    nights(date(2026, 2, 1), date(2026, 2, 10))

    sums = FeeCharge.objects.aggregate(gross=Sum("amount"), spared=Sum("waived"), net=Sum(F("amount") - F("waived")))
    assert sums["net"] + sums["spared"] == sums["gross"]
    assert WaiverEntry.objects.aggregate(total=Sum("waived"))["total"] == sums["spared"]
    assert sorted(WaiverEntry.objects.values_list("number", flat=True)) == list(range(1, 11))


def test_database_itself_refuses_to_waive_more_than_the_amount():
    fee = charge(bank(), 3, "10")
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeCharge.objects.filter(pk=fee.pk).update(waived=Decimal("10.01"))


@pytest.mark.parametrize("statement", ["UPDATE {} SET waived = 0", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_serving_role_can_only_append_to_the_ledger(statement, request):
    charge(bank(), 3, "10")
    nights(date(2026, 2, 3), date(2026, 2, 3))
    request.getfixturevalue("as_app_role")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(WaiverEntry._meta.db_table))
