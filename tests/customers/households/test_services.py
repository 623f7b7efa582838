from datetime import date

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.households.services import (
    add_member,
    change_pooling,
    create_household,
    end_membership,
    found_household,
    make_head,
)
from customers.models import HouseholdMember
from tests.factories import CustomerFactory, HouseholdFactory, HouseholdMemberFactory

pytestmark = pytest.mark.django_db
MARCH, TODAY = date(2026, 3, 1), date(2026, 6, 1)


def test_a_household_is_made_with_its_members_and_audited() -> None:
    household = create_household(number="H7", name="Zhang", by="test")
    member = add_member(
        household=household, customer=CustomerFactory(), since=MARCH, pools=True, by="test", as_of=TODAY
    )

    end_membership(member=member, until=date(2026, 4, 1), by="test", as_of=TODAY)

    member.refresh_from_db()
    assert member.until == date(2026, 4, 1)
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"household.created", "household.member_added", "household.member_left"} <= actions


def test_a_customer_belongs_to_one_household_a_day() -> None:
    member = HouseholdMemberFactory(since=MARCH)

    with pytest.raises(RuleBroken, match="belongs to a household"):
        add_member(
            household=HouseholdFactory(), customer=member.customer, since=MARCH, pools=False, by="test", as_of=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=HouseholdFactory(), customer=member.customer, since=MARCH)


def test_who_left_may_join_another_one_the_same_day() -> None:
    member = HouseholdMemberFactory(since=date(2026, 1, 1), until=MARCH)

    add_member(household=HouseholdFactory(), customer=member.customer, since=MARCH, pools=False, by="test", as_of=TODAY)

    assert HouseholdMember.objects.filter(customer=member.customer).count() == 2


@pytest.mark.parametrize(
    ("number", "name", "field"), [("H" * 33, "Zhang", "number"), ("H1", " ", "name"), ("H9", "Li", "number")]
)
def test_a_wrong_household_is_refused_beside_its_field(number: str, name: str, field: str) -> None:
    HouseholdFactory(number="H9")

    with pytest.raises(RuleBroken) as caught:
        create_household(number=number, name=name, by="test")

    assert caught.value.field == field


def test_without_a_number_a_household_gets_one_of_ours() -> None:
    first, second = (create_household(name="Zhang", by="test").number for _ in range(2))
    assert first != second and first.startswith("H0") and len(first) == 9


def test_the_first_member_is_the_head_and_a_household_has_one() -> None:
    household = found_household(
        name="Zhang", customer=CustomerFactory(), since=MARCH, pools=True, by="test", as_of=TODAY
    )
    child = add_member(household=household, customer=CustomerFactory(), since=MARCH, pools=True, by="test", as_of=TODAY)
    make_head(member=child, by="test")
    assert [each.is_head for each in household.members.order_by("pk")] == [False, True]
    with pytest.raises(IntegrityError), transaction.atomic():
        household.members.update(is_head=True)


def test_who_has_left_is_no_head() -> None:
    with pytest.raises(RuleBroken):
        make_head(member=HouseholdMemberFactory(until=MARCH), by="test")


def test_a_company_belongs_to_no_household() -> None:
    with pytest.raises(RuleBroken) as refusal:
        add_member(
            household=HouseholdFactory(),
            customer=CustomerFactory(kind="company"),
            since=MARCH,
            pools=True,
            by="test",
            as_of=TODAY,
        )
    assert refusal.value.field == "customer"


def test_who_withdraws_is_counted_until_then_and_not_from_that_day_on() -> None:
    member = HouseholdMemberFactory(since=date(2026, 1, 1), is_head=True)
    change_pooling(member=member, pools=False, since=MARCH, by="test", as_of=TODAY)
    told = HouseholdMember.objects.order_by("since").values_list("since", "until", "pools", "is_head")
    assert list(told) == [(date(2026, 1, 1), MARCH, True, False), (MARCH, None, False, True)]


def test_the_same_answer_or_one_before_the_membership_is_refused() -> None:
    member = HouseholdMemberFactory(since=MARCH)
    for pools, since in ((True, MARCH), (False, date(2026, 2, 28))):
        with pytest.raises(RuleBroken):
            change_pooling(member=member, pools=pools, since=since, by="test", as_of=TODAY)
    assert HouseholdMember.objects.count() == 1


def test_nothing_is_told_before_its_day() -> None:
    """A typing mistake of a year would keep somebody counted who withdrew."""
    member, tomorrow = HouseholdMemberFactory(), date(2026, 6, 2)
    said = {"by": "test", "as_of": TODAY}
    for field, act in (
        ("since", lambda: change_pooling(member=member, pools=False, since=tomorrow, **said)),
        ("until", lambda: end_membership(member=member, until=tomorrow, **said)),
        (
            "since",
            lambda: add_member(
                household=member.household, customer=CustomerFactory(), since=tomorrow, pools=True, **said
            ),
        ),
    ):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert refusal.value.field == field
    assert HouseholdMember.objects.get() == member


def test_who_left_by_mistake_comes_back_on_the_same_day() -> None:
    member = HouseholdMemberFactory()
    end_membership(member=member, until=MARCH, by="test", as_of=TODAY)
    back = add_member(
        household=member.household, customer=member.customer, since=MARCH, pools=True, by="test", as_of=TODAY
    )
    assert back.until is None
