"""Why a fee was waived, or was not: on charges of which each met something else."""

from datetime import date
from decimal import Decimal

import pytest

from crm.approvals.services import approve, propose
from crm.identity.models import User
from customers.models import Account, Customer
from segmentation.decisions.slot import Decision, named, page_of
from tests.factories import AccountFactory, CustomerFactory, FeeChargeFactory, FeeTypeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("gold", "200000", 3))
LINES = [
    {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_fee": "20.00", "cap_per_month": "25.00",
     "currency": "CNY"},
    {"tier": "gold", "fee": "transfer", "percent": "0.10",
     "when": {"field": "accounts_held", "op": ">=", "value": 9}},
]  # fmt: skip
DAY = date(2026, 2, 9)


@pytest.fixture
def gold(manager: User) -> Customer:
    """Gold from February, its night being that of 10 February."""
    policy(*BANK, lines=LINES)
    customer = customer_with({date(2026, 1, 1): "250000"}, number="7", manager=manager, branch=manager.branch)
    nights(date(2026, 1, 1), date(2026, 1, 1))
    nights(date(2026, 1, 31), date(2026, 1, 31))
    return customer


def charge(customer: Customer, number: str, amount: str, *, fee: str = "statement", on: date = DAY) -> None:
    account = Account.objects.get(holders__customer=customer)
    FeeChargeFactory(
        account=account, number=number, fee=FeeTypeFactory(code=fee), charged_on=on, amount=Decimal(amount)
    )


def told(customer: Customer, user: User) -> dict[str, Decision]:
    found, _more = page_of(customer, user, kind="waiver")
    return {decision.key: decision for decision in found}


def test_each_charge_says_what_was_waived_by_which_line_within_which_cap(gold: Customer, manager: User) -> None:
    charge(gold, "F1", "30.00")
    charge(gold, "F2", "60.00")
    charge(gold, "F3", "12.00")
    nights(date(2026, 2, 10), date(2026, 2, 10))

    found = told(gold, manager)

    assert [decision.details["outcome"] for decision in found.values()] == ["not_waived", "waived", "waived"]
    whole, cut, none = found["F1"], found["F2"], found["F3"]
    assert whole.sentence == "Statement of 30.00 CNY on 9 February 2026: 15.00 CNY waived."
    assert whole.version == "Version 1 of the waiver policy"
    assert {figure.name: figure.value for figure in cut.figures} == {
        "amount": "60.00", "share": "30.00", "cap_per_fee": "20.00", "cap_per_month": "25.00", "waived": "10.00",
        "net": "50.00",
    }  # fmt: skip
    assert [each.met for each in whole.conditions] == [True, True, True, True]
    assert [each.met for each in cut.conditions] == [True, True, False, False]
    assert cut.changes == ("The cap begins anew on 1 March.",)
    assert none.reason == "The cap of the month was used up."
    assert none.details["not_waived_because"] == "cap"


@pytest.mark.parametrize(
    ("fee", "on", "why", "met"),
    [
        ("statement", date(2025, 12, 31), "no_tier", [False]),
        ("statement", date(2026, 1, 15), "no_line", [True, False]),
        ("card", DAY, "no_line", [True, False]),
        ("transfer", DAY, "condition", [True, True, False]),
    ],
)
def test_a_charge_that_was_not_waived_says_why(
    gold: Customer, manager: User, fee: str, on: date, why: str, met: list[bool]
) -> None:
    charge(gold, "F1", "30.00", fee=fee, on=on)
    nights(date(2026, 2, 10), date(2026, 2, 10))

    (decision,) = told(gold, manager).values()

    assert decision.details["not_waived_because"] == why and decision.reason
    assert [each.met for each in decision.conditions] == met
    assert decision.label == "Not waived"


def test_the_next_tier_that_is_spared_the_fee_is_named(gold: Customer, manager: User) -> None:
    charge(gold, "F1", "30.00", on=date(2026, 1, 15))
    nights(date(2026, 2, 10), date(2026, 2, 10))

    (decision,) = told(gold, manager).values()

    assert decision.changes == ("From the tier Gold on, 50 % of this fee is waived.",)


def test_a_reversal_is_a_decision_of_its_own(gold: Customer, manager: User, approver: User) -> None:
    charge(gold, "F1", "30.00")
    nights(date(2026, 2, 10), date(2026, 2, 11))
    content = {"customer": gold.number, "entry": 1}
    asked = propose(kind="waiver_reversal", content=content, title="-", reason="Wrong account", by=manager)
    approve(proposal=asked, content_hash=asked.content_hash, by=approver)

    reversed_, waived = told(gold, manager).values()

    assert reversed_.sentence == "Statement on 9 February 2026: 15.00 CNY taken back, the reversal of entry 1."
    assert reversed_.reason == "Wrong account"
    assert waived.details["outcome"] == "waived"
    assert named(gold, manager, "waiver:entry-2") == reversed_


def test_a_fee_of_a_joint_account_is_its_owners_decision_alone(gold: Customer, manager: User) -> None:
    second = CustomerFactory(number="8", manager=manager, branch=manager.branch)
    AccountFactory(holder=second)
    Account.objects.get(holders__customer=gold).holders.create(customer=second, role="joint", share="0.4")
    charge(gold, "F1", "30.00")
    nights(date(2026, 2, 10), date(2026, 2, 10))

    assert list(told(gold, manager)) == ["F1"]
    assert told(second, manager) == {}


def test_who_may_not_read_waivers_is_told_of_none(gold: Customer, admin: User, manager: User) -> None:
    charge(gold, "F1", "30.00")
    nights(date(2026, 2, 10), date(2026, 2, 10))

    assert told(gold, admin) == {}
    assert named(gold, admin, "waiver:F1") is None
    assert named(gold, manager, "waiver:F1")
    assert named(gold, manager, "waiver:entry-x") is None
