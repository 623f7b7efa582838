import pytest

from customers.models import Account, Customer
from tests.factories import TierDecisionFactory, TierPeriodFactory, WaiverEntryFactory


@pytest.mark.parametrize("person", ["manager", "teller", "head"])
def test_people_of_a_branch_reach_its_customer_and_no_other(person, own, other, request):
    user = request.getfixturevalue(person)
    assert list(Customer.objects.visible_to(user)) == [own.customer]
    assert list(Account.objects.visible_to(user)) == [own.account]


@pytest.mark.parametrize("person", ["admin", "approver", "agency", "stranger"])
def test_people_without_a_book_reach_nobody(person, own, other, request):
    user = request.getfixturevalue(person)
    assert not Customer.objects.visible_to(user).exists()
    assert not Account.objects.visible_to(user).exists()


@pytest.mark.parametrize("person", ["agent", "auditor"])
def test_agent_and_auditor_reach_everybody(person, own, other, request):
    user = request.getfixturevalue(person)
    assert Customer.objects.visible_to(user).count() == 2


def test_factories_make_a_tier_a_decision_and_a_waiver(own):
    assert TierPeriodFactory(customer=own.customer, gold=True).tier.code == "gold"
    assert TierDecisionFactory(customer=own.customer).outcome == "placed"
    assert WaiverEntryFactory(customer=own.customer, charge=own.charge).account == own.account
    assert WaiverEntryFactory().account.holders.count() == 1
