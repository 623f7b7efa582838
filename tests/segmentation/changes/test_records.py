"""Maturities, moves of tier, another address or occupation; at whom a rule looks; and rules that are off or can't be read."""

from datetime import date

import pytest

from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Account, AddressChange, Loan, Term
from customers.services import change_contact, change_customer
from segmentation.changes.services import notice_day, notice_due
from segmentation.models import Change, ChangeDay, TierPeriod
from segmentation.services.policies import apply_policy
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    ProductFactory,
    TierPeriodFactory,
)
from tests.segmentation.changes.bank import BIRTHDAY, known, looked, morning, move, owner, published, rules
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
MATURITY = {"code": "ends", "name": "Maturity", "kind": "maturity", "days": 30}
TIER = {"code": "tier", "name": "Tier", "kind": "tier", "moves": ["up", "down", "watch"]}
ADDRESS = {"code": "home", "name": "Moved", "kind": "address"}
JOB = {"code": "job", "name": "New job", "kind": "job"}


def test_what_ends_within_the_days_is_told_to_each_owner_once() -> None:
    rules(MATURITY)
    wife, husband, clerk = CustomerFactory(), CustomerFactory(), CustomerFactory()
    term = AccountFactory(number="T1", opened_on=date(2025, 4, 1), closed_on=date(2026, 4, 1))
    for customer, role in ((wife, "joint"), (husband, "joint"), (clerk, "authorised")):
        AccountHolderFactory(account=term, customer=customer, role=role, share="0.5" if role == "joint" else "0")
    AccountFactory(holder=wife, opened_on=date(2025, 4, 1), closed_on=date(2026, 4, 10))
    loan = AccountFactory(holder=husband)
    Loan.objects.create(
        number="L1", account=loan, granted_on=date(2024, 3, 31), amount=9, payment=1, months=24, status="C"
    )

    found = looked(DAY)

    assert sorted((change.customer.pk, change.figures["what"], change.due_on) for change in found) == sorted([
        (wife.pk, "account", date(2026, 4, 1)),
        (husband.pk, "account", date(2026, 4, 1)),
        (husband.pk, "loan", date(2026, 3, 31)),
    ])  # fmt: skip
    assert looked(date(2026, 3, 11)) == [Change.objects.get(due_on=date(2026, 4, 10))]


def test_a_term_says_when_money_comes_free_and_each_new_one_is_told_again() -> None:
    rules(MATURITY)
    someone = CustomerFactory()
    deposit, closed = (AccountFactory(holder=someone, opened_on=date(2025, 4, 1)) for _ in range(2))
    lent = AccountFactory(holder=someone, product=ProductFactory(loan=True))
    Loan.objects.create(
        number="L1", account=lent, granted_on=date(2024, 3, 31), amount=9, payment=1, months=24, status="C"
    )
    Account.objects.filter(pk=closed.pk).update(closed_on=DAY)
    term = Term.objects.create(account=deposit, matures_on=date(2026, 4, 1))
    Term.objects.create(account=closed, matures_on=date(2026, 4, 1))
    Term.objects.create(account=lent, matures_on=date(2026, 4, 9))

    assert sorted((each.figures["what"], each.due_on) for each in looked(DAY)) == [
        ("account", date(2026, 4, 1)),
        ("loan", date(2026, 4, 9)),
    ]
    assert looked(date(2026, 3, 11)) == []
    Term.objects.filter(pk=term.pk).update(matures_on=date(2026, 4, 8))
    assert [each.due_on for each in looked(date(2026, 3, 12))] == [date(2026, 4, 8)]


def test_who_moves_to_another_tier_or_on_watch_is_told_with_the_night() -> None:
    policy(("mass", None, 0), ("gold", "1000", 3))
    apply_policy(content={"effective_from": "2026-01-01", "change_rules": [TIER]}, by="setup")
    up = customer_with({date(2026, 1, 1): "0", date(2026, 2, 1): "5000"})
    down = customer_with({date(2026, 1, 1): "5000", date(2026, 2, 1): "0"})
    nights(date(2026, 1, 31), date(2026, 3, 31))

    notice_due(at=morning(date(2026, 3, 31)))

    told = {(change.customer, change.figures["outcome"], change.day) for change in Change.objects.all()}
    assert (up, "up", date(2026, 2, 28)) in told
    assert [each for each in told if each[0] == down and each[1] == "watch"] == [(down, "watch", date(2026, 2, 28))]
    assert "Up from Mass to Gold from 1 Mar 2026 on" in {str(change) for change in Change.objects.filter(customer=up)}


def test_another_address_is_noticed_without_being_told(own, manager) -> None:
    rules(ADDRESS)
    looked(date(2026, 3, 9))
    for address in ("Shanghai, River road 1", "Shanghai, Lake road 5"):
        change_contact(customer=own.customer, by=manager, address=address)
    change_contact(customer=own.customer, by=manager, email="new@example.com")
    published(DAY)
    looked_at = AddressChange.objects.get().at
    notice_day(day=DAY, at=looked_at)
    (change,) = Change.objects.all()
    assert "Lake" not in f"{change.figures}{change}" and change.customer == own.customer


def test_the_first_address_and_one_that_is_sealed_anew_are_no_move(own, manager) -> None:
    change_contact(customer=own.customer, by=manager, address="")
    change_contact(customer=own.customer, by=manager, address="Shanghai, Lake road 5")
    own.customer.contact.refresh_from_db()
    own.customer.contact.save()
    assert not AddressChange.objects.exists()


def test_another_occupation_is_told_with_the_one_before_and_a_first_one_is_not(own, other, manager) -> None:
    rules(JOB)
    change_customer(customer=own.customer, by=manager, occupation="Teacher")
    change_customer(customer=own.customer, by=manager, region="East")
    change_customer(customer=own.customer, by=manager, occupation="Head of school")
    change_customer(customer=other.customer, by="bank", occupation="Nurse")
    at = own.customer.events.order_by("-pgh_id").first().pgh_created_at
    published(DAY)
    ChangeDay.objects.create(business_date=date(2026, 3, 9), looked_at=at, noticed=0, unknown=0)
    notice_day(day=DAY, at=at)
    (change,) = Change.objects.all()
    assert (change.customer, change.figures["before"], change.figures["after"]) == (
        own.customer,
        "Teacher",
        "Head of school",
    )


def test_a_rule_looks_at_its_tiers_its_kind_and_who_meets_its_condition() -> None:
    born = date(1980, 3, 11)
    rich, poor, mass, company = (CustomerFactory(birth_date=born) for _ in range(4))
    for customer, code, balance in ((rich, "gold", "9000"), (poor, "gold", "10"), (mass, "mass", "9000")):
        TierPeriodFactory(customer=customer, tier__code=code, since=date(2026, 1, 1))
        known(customer, balance)
    assert TierPeriod.objects.open().count() == 3 and company
    rules(
        BIRTHDAY | {"tiers": ["gold"], "when": {"field": "balance", "op": ">=", "value": "1000"}},
        BIRTHDAY | {"code": "firms", "customer_kind": "company"},
        BIRTHDAY | {"code": "off", "off": True},
    )
    assert [(change.code, change.customer) for change in looked(DAY)] == [("birthday", rich)]


def test_days_are_looked_at_in_order_once_and_not_before_the_first_rule() -> None:
    rules(BIRTHDAY, since=date(2026, 3, 8))
    for day in (7, 8, 9, 10):
        published(date(2026, 3, day))
    assert [each.business_date.day for each in notice_due(at=morning(DAY))] == [8, 9, 10]
    assert notice_due(at=morning(DAY)) == []
    assert notice_day(day=date(2026, 3, 11), at=morning(DAY)) is None


def test_two_records_that_become_one_keep_what_was_said_of_either_once(own, manager) -> None:
    rules(
        {
            "code": "out",
            "name": "Out",
            "kind": "outflow",
            "amount": "1000",
            "currency": "CNY",
            "days": 1,
            "quiet_days": 9,
        }
    )
    goes = owner(manager=manager, branch=manager.branch)
    move(own.account, "-5000", DAY)
    for day in (date(2026, 3, 1), date(2026, 3, 12)):
        move(goes.account, "-5000", day)
    for day in (date(2026, 3, 1), DAY, date(2026, 3, 12)):
        looked(day)
    merge = merge_customers(survivor=own.customer, absorbed=goes, reason="Same phone", by=manager, at=morning(DAY))
    assert sorted(own.customer.changes.values_list("day", flat=True)) == [date(2026, 3, 1), DAY]
    undo_merge(merge=merge, reason="A brother", by=manager, at=morning(DAY))
    assert goes.changes.count() == 2
