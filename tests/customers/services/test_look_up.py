from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification, Reach, User
from crm.identity.scope import scope_of
from customers.services import look_up
from tests.factories import ContactFactory, CustomerFactory
from tests.people import Story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["2002", "13812345678", "110101199003078515"])
def test_an_exact_look_up_opens_a_customer_for_half_an_hour(other: Story, teller: User, text: str) -> None:
    now = timezone.now()
    assert look_up(text=text, by=teller, at=now) == [other.customer]
    reach = Reach.objects.get(user=teller)
    assert (reach.customer_id, reach.cause) == (other.customer.pk, Reach.Cause.LOOKUP)
    assert other.customer.pk in scope_of(teller, at=now + timedelta(minutes=29)).customers
    assert other.customer.pk not in scope_of(teller, at=now + timedelta(minutes=30)).customers


def test_the_trail_says_who_was_found_and_never_what_was_typed(other: Story, teller: User) -> None:
    look_up(text="13812345678", by=teller, at=timezone.now())
    event = Event.objects.get(action="customer.looked_up")
    assert (event.customer_id, event.data) == (other.customer.pk, {"found": 1})
    assert not Event.objects.filter(data__icontains="1381234").exists()


@pytest.mark.parametrize("text", ["200", "1381234567", "李娜", ""])
def test_a_part_opens_nobody(other: Story, teller: User, text: str) -> None:
    assert look_up(text=text, by=teller, at=timezone.now()) == []
    assert not Reach.objects.exists()


def test_a_customer_in_reach_is_found_without_a_grant_and_without_counting(own: Story, teller: User) -> None:
    assert look_up(text="1001", by=teller, at=timezone.now()) == [own.customer]
    assert not Reach.objects.exists()
    assert not Event.objects.exists()


def test_look_ups_per_hour_are_limited_found_or_not_and_the_head_is_told(
    other: Story, teller: User, head: User, settings
) -> None:
    settings.CRM_LOOKUPS_PER_HOUR = 2
    now = timezone.now()
    look_up(text="2002", by=teller, at=now)
    look_up(text="nobody-9", by=teller, at=now)
    with pytest.raises(RuleBroken) as refused:
        look_up(text="nobody-8", by=teller, at=now + timedelta(minutes=59))
    assert refused.value.code == "too_many"
    assert Notification.objects.get().user == head
    assert look_up(text="nobody-8", by=teller, at=now + timedelta(minutes=61)) == []


def test_a_phone_that_many_share_opens_none_of_them(teller: User) -> None:
    for _ in range(6):
        ContactFactory(customer=CustomerFactory())
    assert look_up(text="13812345678", by=teller, at=timezone.now()) == []


@pytest.mark.parametrize("who", ["manager", "head", "agent", "auditor", "admin"])
def test_only_branch_staff_look_up(other: Story, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(RuleBroken):
        look_up(text="2002", by=request.getfixturevalue(who), at=timezone.now())
