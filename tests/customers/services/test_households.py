from datetime import date

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import HouseholdMember
from customers.services import add_member, create_household, end_membership
from tests.factories import CustomerFactory, HouseholdFactory, HouseholdMemberFactory

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def test_a_household_is_made_with_its_members_and_audited() -> None:
    household = create_household(number="H7", name="Zhang", by="test")
    member = add_member(household=household, customer=CustomerFactory(), since=MARCH, pools=True, by="test")

    end_membership(member=member, until=date(2026, 4, 1), by="test")

    member.refresh_from_db()
    assert member.until == date(2026, 4, 1)
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"household.created", "household.member_added", "household.member_left"} <= actions


def test_a_customer_belongs_to_one_household_a_day() -> None:
    member = HouseholdMemberFactory(since=MARCH)

    with pytest.raises(RuleBroken, match="belongs to a household"):
        add_member(household=HouseholdFactory(), customer=member.customer, since=MARCH, pools=False, by="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=HouseholdFactory(), customer=member.customer, since=MARCH)


def test_who_left_may_join_another_one_the_same_day() -> None:
    member = HouseholdMemberFactory(since=date(2026, 1, 1), until=MARCH)

    add_member(household=HouseholdFactory(), customer=member.customer, since=MARCH, pools=False, by="test")

    assert HouseholdMember.objects.filter(customer=member.customer).count() == 2


@pytest.mark.parametrize(
    ("number", "name", "field"), [("", "Zhang", "number"), ("H1", " ", "name"), ("H9", "Li", "number")]
)
def test_a_wrong_household_is_refused_beside_its_field(number: str, name: str, field: str) -> None:
    HouseholdFactory(number="H9")

    with pytest.raises(RuleBroken) as caught:
        create_household(number=number, name=name, by="test")

    assert caught.value.field == field
