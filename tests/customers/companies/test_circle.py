"""Totals both ways: of those in reach alone, on any day, each person and each account once."""

from datetime import date
from decimal import Decimal

import pytest

from customers.companies.relations import around, companies_of
from customers.companies.tree import tree
from customers.models import GroupMember
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    CompanyRelationFactory,
    CustomerFactory,
    GroupMemberFactory,
    OutsidePartyFactory,
    ProductFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


def has(customer, amount, on=date(2026, 1, 1), **account):
    made = AccountFactory(holder=customer, opened_on=date(2025, 1, 1), **account)
    BalanceFactory(account=made, on=on, amount=Decimal(amount))
    return made


@pytest.fixture
def mine(manager):
    def make(**kwargs):
        return CustomerFactory(manager=manager, branch=manager.branch, **kwargs)

    return make


def test_the_deposits_and_loans_of_who_owns_runs_and_works_for_a_company_are_summed(mine, manager) -> None:
    firm, owner, clerk, buyer = mine(company=True), mine(), mine(), mine(company=True)
    CompanyRelationFactory(customer=firm, party=owner, owner=True)
    CompanyRelationFactory(customer=firm, party=owner, kind="director")
    CompanyRelationFactory(customer=firm, party=clerk, employee=True)
    CompanyRelationFactory(customer=firm, party=buyer, kind="buyer")
    has(owner, "100")
    has(owner, "-30", product=ProductFactory(loan=True))
    has(clerk, "7", currency="USD")
    has(buyer, "1000000")
    found = around(firm, manager, TODAY)
    assert (found.people, found.hidden) == (2, 0)
    assert (found.assets, found.debts) == ({"CNY": Decimal(100), "USD": Decimal(7)}, {"CNY": Decimal(30)})


def test_who_is_out_of_reach_is_counted_not_named_and_in_no_sum(mine, manager, auditor) -> None:
    firm, owner, hidden = mine(company=True), mine(), CustomerFactory(name="李娜")
    CompanyRelationFactory(customer=firm, party=owner, owner=True)
    for kind in ("executive", "director"):
        CompanyRelationFactory(customer=firm, party=hidden, kind=kind)
    has(owner, "100")
    has(hidden, "900")
    found = around(firm, manager, TODAY)
    assert (found.people, found.hidden, found.assets) == (1, 1, {"CNY": Decimal(100)})
    names = [(line.name, line.customer) for _, lines in found.kinds for line in lines]
    assert names.count(("", None)) == 2 and "李娜" not in str(names)
    assert around(firm, auditor, TODAY).assets == {"CNY": Decimal(1000)}


def test_the_companies_that_a_person_owns_or_runs_are_summed_and_the_employer_is_not(mine, manager) -> None:
    person, owned, employer, hidden = mine(), mine(company=True), mine(company=True), CustomerFactory(company=True)
    CompanyRelationFactory(customer=owned, party=person, owner=True)
    CompanyRelationFactory(customer=hidden, party=person, kind="director")
    CompanyRelationFactory(customer=employer, party=person, employee=True)
    for company, amount in ((owned, "50"), (employer, "70"), (hidden, "90")):
        has(company, amount)
    found = companies_of(person, manager, TODAY)
    assert (found.people, found.hidden, found.assets) == (1, 1, {"CNY": Decimal(50)})
    assert sum(len(lines) for _, lines in found.kinds) == 3


def test_a_past_day_is_asked_with_what_was_there_then(mine, manager) -> None:
    firm, before, after = mine(company=True), mine(), mine()
    CompanyRelationFactory(customer=firm, party=before, owner=True, until=date(2026, 2, 1))
    CompanyRelationFactory(customer=firm, party=after, owner=True, since=date(2026, 2, 1))
    account = has(before, "10")
    BalanceFactory(account=account, on=date(2026, 1, 20), amount=Decimal(15))
    has(after, "99")
    assert around(firm, manager, date(2026, 1, 19)).assets == {"CNY": Decimal(10)}
    assert around(firm, manager, date(2026, 1, 31)).assets == {"CNY": Decimal(15)}
    assert around(firm, manager, date(2026, 2, 1)).assets == {"CNY": Decimal(99)}
    assert around(firm, manager, date(2019, 1, 1)).kinds == []


def test_an_account_of_two_owners_counts_once_and_a_closed_one_not(mine, manager) -> None:
    firm, one, two = mine(company=True), mine(), mine()
    for owner in (one, two):
        CompanyRelationFactory(customer=firm, party=owner, kind="owner", share=Decimal("0.5"))
    joint = has(one, "100")
    joint.holders.update(share=Decimal("0.3"), role="joint")
    joint.holders.create(customer=two, share=Decimal("0.7"), role="joint")
    has(two, "5", closed_on=date(2026, 3, 1))
    assert around(firm, manager, TODAY).assets == {"CNY": Decimal(100)}


def drawn(members, user, on=TODAY):
    return [(step.depth, step.node.name, step.said) for step in tree(members, user, on)]


def test_a_group_is_drawn_from_its_parent_abroad_down(mine, manager) -> None:
    names = {name: mine(company=True, name=name) for name in ("Shanghai", "Suzhou", "Wuxi", "Alone")}
    group = GroupMemberFactory(customer=names["Shanghai"]).group
    for name in ("Suzhou", "Wuxi", "Alone"):
        GroupMemberFactory(group=group, customer=names[name])
    abroad = OutsidePartyFactory(name="Nordwind AG")
    CompanyRelationFactory(customer=names["Shanghai"], abroad=True, outsider=abroad)
    CompanyRelationFactory(customer=names["Shanghai"], kind="owner", party=None, outsider=abroad, share=Decimal("0.8"))
    CompanyRelationFactory(customer=names["Suzhou"], party=names["Shanghai"], owner=True)
    CompanyRelationFactory(customer=names["Wuxi"], party=names["Suzhou"], kind="owner", share=Decimal("0.5"))
    rows = list(GroupMember.objects.of(group.pk, manager))
    assert drawn(rows, manager) == [
        (0, "Nordwind AG", ""),
        (1, "Shanghai", "80 %"),
        (2, "Suzhou", "60 %"),
        (0, "Alone", ""),
        (0, "Wuxi", ""),  # half is not more than half
    ]


def test_a_parent_out_of_reach_is_drawn_without_its_name(mine, manager) -> None:
    firm = mine(company=True, name="Suzhou")
    CompanyRelationFactory(customer=firm, parent=True, party__name="Hidden")
    GroupMemberFactory(customer=firm)
    (member,) = GroupMember.objects.of(GroupMember.objects.get().group_id, manager)
    assert drawn([member], manager) == [(0, "", ""), (1, "Suzhou", "")]
