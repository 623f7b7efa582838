"""Who pays the small-balance fee and who does not: worked by hand, one exemption after the other."""

from datetime import date
from decimal import Decimal

import pytest

from customers.models import Account, Customer, FeeCharge, Loan, StandingOrder
from segmentation.decisions.waivers import newest
from segmentation.free_accounts.services import name_account
from segmentation.ledger import first_wrong
from segmentation.models import FreeAccount, WaiverEntry, WaiverPolicy
from segmentation.services.by_hand import check_waiver
from segmentation.services.policies import apply_policy
from segmentation.services.simulations import simulate
from tests.factories import (
    AccountFactory,
    ExchangeRateFactory,
    FeeChargeFactory,
    FeeTypeFactory,
    TransactionFactory,
    UserFactory,
)
from tests.segmentation.night.bank import customer_with, deposit, nights, policy

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)
ALL = ["named_account", "new_account", "payroll", "loan_repayment", "card_autopay", "floor"]
PART = {"fee": "small", "floor": "300.00", "currency": "CNY", "new_months": 3, "tiers_from": "gold", "exempt": ALL}


def bank(part: dict | None = None, lines: list[dict] | None = None, balance: str = "299.99") -> FeeCharge:
    """3.00 charged on 1 April to a customer in whose account `balance` lay since the last of November."""
    policy(("mass", None, 0), ("gold", "200000", 3))
    content = {"ceiling": "0.50", "lines": lines or []} | ({"small_balance": part} if part else {})
    apply_policy(content={"effective_from": "2026-01-01", "waiver_policy": content}, by=UserFactory(admin=True))
    return charged(customer_with({date(2025, 11, 30): balance}))


def charged(payer: Customer, **fields) -> FeeCharge:
    fee = FeeTypeFactory(code="small")
    account = payer.holdings.get().account
    return FeeChargeFactory(**{"account": account, "fee": fee, "charged_on": APRIL, "amount": Decimal("3.00")} | fields)


def reason(fee: FeeCharge) -> str:
    """Of the night of 1 April: the exemption, "" where the fee is to be paid."""
    nights(APRIL, APRIL)
    assert first_wrong() == ""
    entry = WaiverEntry.objects.filter(charge=fee).first()
    fee.refresh_from_db()
    assert fee.assessed_on == APRIL and fee.waived == (3 if entry else 0)
    if entry:
        assert (entry.percent, entry.waived, entry.line_id) == (1, 3, None)
    return entry.exemption if entry else ""


def test_who_is_under_the_floor_and_no_exception_pays():
    assert reason(bank(PART)) == ""


@pytest.mark.parametrize(("balances", "found"), [
    # Q1 of 2026 has 90 days: 45 days of 600.00 and 45 of 0.00 are 300.00 on average
    ({date(2026, 1, 1): "600", date(2026, 2, 15): "0"}, "floor"),
    ({date(2026, 1, 1): "600", date(2026, 2, 14): "0"}, ""),
    # 26,999.55 / 90 = 299.995, which is 300.00 to the cent
    ({date(2025, 11, 30): "0", date(2026, 3, 31): "26999.55"}, "floor"),
    ({date(2025, 11, 30): "0", date(2026, 3, 31): "26999.54"}, ""),
    # what lies there on the day of the charge itself is of the next quarter
    ({date(2025, 11, 30): "0", APRIL: "1000000"}, ""),
    # days before the first report count 0: 60 days of 450.00 are 300.00
    ({date(2026, 1, 31): "450"}, "floor"),
])  # fmt: skip
def test_the_average_is_that_of_the_three_months_before_the_charge(balances, found):
    fee = bank(PART)
    account = AccountFactory(holder=fee.account.holders.get().customer, opened_on=date(2025, 1, 1))
    deposit(account, balances)
    FeeCharge.objects.filter(pk=fee.pk).update(account=account)
    assert reason(FeeCharge.objects.get(pk=fee.pk)) == found


@pytest.mark.parametrize(("kind", "amount", "day", "found"), [
    ("payroll", "8000", date(2026, 1, 1), "payroll"),
    ("payroll", "8000", date(2025, 12, 31), ""),
    ("payroll", "8000", APRIL, ""),
    ("payroll", "-8000", date(2026, 2, 1), ""),
    ("repayment", "-2500", date(2026, 3, 20), "loan_repayment"),
    ("loan_payment", "-2500", date(2026, 3, 20), "loan_repayment"),
    ("repayment", "2500", date(2026, 3, 20), ""),
    ("card_repayment", "-900", date(2026, 3, 31), "card_autopay"),
    ("card", "-900", date(2026, 3, 31), ""),
])  # fmt: skip
def test_what_moved_in_the_quarter_tells_salary_loan_and_card(kind, amount, day, found):
    fee = bank(PART)
    TransactionFactory(account=fee.account, booked_on=day, kind=kind, amount=Decimal(amount))
    assert reason(fee) == found


@pytest.mark.parametrize(("purpose", "found"), [
    ("repayment", "loan_repayment"), ("loan_payment", "loan_repayment"), ("card_repayment", "card_autopay"), ("rent", ""),
])  # fmt: skip
def test_a_standing_order_tells_what_the_account_is_for(purpose, found):
    fee = bank(PART)
    StandingOrder.objects.create(number="S1", account=fee.account, amount=100, purpose=purpose)
    assert reason(fee) == found


@pytest.mark.parametrize(("granted", "months", "found"), [
    (date(2025, 1, 1), 12, ""), (date(2025, 1, 2), 12, "loan_repayment"), (date(2026, 3, 31), 12, "loan_repayment"),
    (APRIL, 12, ""),
])  # fmt: skip
def test_a_loan_on_the_account_counts_while_it_runs(granted, months, found):
    fee = bank(PART)
    Loan.objects.create(
        number="L1", account=fee.account, granted_on=granted, amount=1200, payment=100, months=months, status="running"
    )
    assert reason(fee) == found


@pytest.mark.parametrize(("opened_on", "found"), [(date(2026, 1, 1), ""), (date(2026, 1, 2), "new_account")])
def test_a_newly_opened_account_is_less_than_three_months_old(opened_on, found):
    fee = bank(PART)
    Account.objects.update(opened_on=opened_on)
    assert reason(fee) == found


def test_gold_and_above_do_not_pay_whatever_the_account():
    fee = bank(PART)
    payer = fee.account.holders.get().customer
    rich = AccountFactory(holder=payer)
    deposit(rich, {date(2026, 3, 1): "200000"})
    nights(date(2026, 3, 31), date(2026, 3, 31))
    assert reason(fee) == "tier"


def test_the_one_account_that_the_customer_named_is_free_and_the_other_pays():
    fee = bank(PART)
    payer = fee.account.holders.get().customer
    other = AccountFactory(holder=payer, opened_on=date(2025, 1, 1))
    second = FeeChargeFactory(account=other, fee=fee.fee, charged_on=APRIL, amount=Decimal("3.00"))
    name_account(customer=payer, account=other, since=date(2026, 3, 1), by="test")

    assert reason(fee) == ""
    assert WaiverEntry.objects.get().charge == second and WaiverEntry.objects.get().exemption == "named_account"


@pytest.mark.parametrize(("since", "until", "found"), [
    (APRIL, None, "named_account"), (date(2026, 4, 2), None, ""), (date(2026, 1, 1), APRIL, ""),
    (date(2026, 1, 1), date(2026, 4, 2), "named_account"),
])  # fmt: skip
def test_what_is_named_on_the_day_of_the_charge_counts(since, until, found):
    fee = bank(PART)
    FreeAccount.objects.create(
        customer=fee.account.holders.get().customer, account=fee.account, since=since, until=until
    )
    assert reason(fee) == found


@pytest.mark.parametrize("word", ALL)
def test_only_what_the_policy_lists_is_exempt(word):
    """With everything true of an account, each exemption holds where it alone is listed, and none where it is not."""
    fee = bank({key: value for key, value in PART.items() if key != "tiers_from"} | {"exempt": [word]}, balance="900")
    everything(fee)
    assert reason(fee) == word


def test_without_a_list_of_its_own_the_fee_is_one_like_others():
    fee = bank(lines=[{"tier": "mass", "fee": "small", "percent": "0.50"}])
    everything(fee)
    nights(APRIL, APRIL)
    assert WaiverEntry.objects.get().waived == Decimal("1.50") and WaiverEntry.objects.get().exemption == ""


def test_who_is_not_exempt_may_still_have_a_line():
    fee = bank(PART, lines=[{"tier": "mass", "fee": "small", "percent": "0.50"}])
    nights(APRIL, APRIL)
    entry = WaiverEntry.objects.get()
    assert (entry.charge, entry.waived, entry.exemption) == (fee, Decimal("1.50"), "")


def test_a_charge_of_another_day_is_under_the_policy_of_its_own_date():
    fee = bank(PART)
    everything(fee)
    FeeCharge.objects.filter(pk=fee.pk).update(charged_on=date(2025, 12, 31))
    nights(APRIL, APRIL)
    fee.refresh_from_db()
    assert fee.waived == 0 and fee.assessed_on == APRIL


def test_an_account_in_another_currency_is_not_measured_against_the_floor():
    bank(PART)
    ExchangeRateFactory(currency="USD", on=APRIL, rate=7)
    fee = charged(customer_with({date(2025, 11, 30): "900"}, currency="USD"))
    assert reason(fee) == ""


def test_a_simulation_of_the_draft_finds_what_the_night_found():
    fee = bank(PART)
    TransactionFactory(account=fee.account, booked_on=date(2026, 2, 1), kind="payroll", amount=Decimal("8000"))
    assert reason(fee) == "payroll"

    content = WaiverPolicy.objects.get().content
    same = simulate(draft={"waiver_policy": content}, by="test").run.result
    less = simulate(draft={"waiver_policy": {"lines": []}}, by="test").run.result

    assert (same["waived_before"], same["waived_after"]) == ({"CNY": "3.00"}, {"CNY": "3.00"})
    assert less["waived_after"] == {"CNY": "0.00"}


def test_why_names_the_exemption_or_says_that_none_held(manager):
    fee = bank(PART)
    payer = fee.account.holders.get().customer
    young = AccountFactory(holder=payer, opened_on=date(2026, 3, 1))
    FeeChargeFactory(account=young, number="F2", fee=fee.fee, charged_on=APRIL, amount=Decimal("3.00"))
    nights(APRIL, APRIL)

    said = {each.key: each for each in newest(payer, manager, None, 10)}

    assert (said["F2"].label, said["F2"].reason) == ("Waived", "A newly opened account")
    assert said["F2"].details["exemption"] == "new_account"
    assert said[fee.number].reason == "None of the exemptions from the small-balance fee held."


def test_what_is_left_after_a_waiver_by_hand_is_spared():
    fee = bank(PART)
    everything(fee)
    nights(date(2026, 3, 31), date(2026, 3, 31))
    payer = fee.account.holders.get().customer
    assert check_waiver(charge=fee, customer=payer, amount=Decimal("1.00")).code == "mass"
    FeeCharge.objects.filter(pk=fee.pk).update(waived=Decimal("1.00"))
    nights(APRIL, APRIL)
    assert WaiverEntry.objects.get().waived == 2


def everything(fee: FeeCharge) -> None:
    """Each exemption but that of the tier is true of the account."""
    account = fee.account
    Account.objects.filter(pk=account.pk).update(opened_on=date(2026, 3, 1))
    for kind, amount in (("payroll", "1"), ("repayment", "-1"), ("card_repayment", "-1")):
        TransactionFactory(account=account, booked_on=date(2026, 2, 1), kind=kind, amount=Decimal(amount))
    FreeAccount.objects.create(customer=account.holders.get().customer, account=account, since=date(2026, 1, 1))
