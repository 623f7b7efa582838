"""A head's yes to many moves at once: all or none, each taker told once, and no statement more for one move more."""

import pytest
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from crm.identity.scope import scope_of
from customers.models import Customer
from managers.assigning.moves import approve_moves
from managers.models import Assignment, Handover, MoveSuggestion
from tests.factories import MoveSuggestionFactory, OpportunityFactory, UserFactory
from tests.managers.assigning.bank import customers, managers

pytestmark = pytest.mark.django_db
State = MoveSuggestion.State


@pytest.fixture
def people(east) -> list:
    """Two who give and two who take."""
    return managers(east, 4)


def moves(east, people, count: int) -> dict[int, int]:
    """From each giver to each taker, for both reasons; each customer has an assignment, and every third an opportunity."""
    givers, takers = people[:2], people[2:]
    for place, customer in enumerate(customers(east, count)):
        giver, taker, why = givers[place % 2], takers[place // 2 % 2], list(MoveSuggestion.Why)[place % 3 // 2]
        Customer.objects.filter(pk=customer.pk).update(manager=giver)
        Assignment.objects.create(
            customer=customer, manager=giver, role="primary", since="2026-01-05", made_at=timezone.now()
        )
        if place % 3 == 0:
            OpportunityFactory(customer=customer, owner=giver)
        MoveSuggestionFactory(customer=customer, giver=giver, taker=taker, why=why)
    return dict(MoveSuggestion.objects.open().values_list("pk", "version"))


def test_many_cost_as_many_statements_as_few(east, people, head, queries) -> None:
    assert scope_of(head)  # read once, and remembered
    for count in (12, 60):
        asked = moves(east, people, count)
        with queries("approve_moves"):
            assert approve_moves(suggestions=asked, by=head, at=timezone.now()) == count


def test_each_customer_goes_where_it_was_suggested_for_the_reason_that_was_given(east, people, head) -> None:
    asked = moves(east, people, 12)
    approve_moves(suggestions=asked, by=head, at=timezone.now())
    for move in MoveSuggestion.objects.select_related("customer", "decided_by"):
        now = Assignment.objects.get(customer=move.customer, role="primary", until=None)
        handed = Handover.objects.get(customer=move.customer)
        assert move.customer.manager_id == now.manager_id == handed.receiver_id == move.taker_id
        assert (handed.giver_id, now.reason, now.made_by) == (move.giver_id, str(move.get_why_display()), head)
        assert (move.state, move.version, move.decided_by) == (State.APPROVED, 2, head)
    told = Notification.objects.filter(user__in=people[2:], text__startswith="6 customers came").values_list("user")
    assert {user for (user,) in told} == {each.pk for each in people[2:]} and len(told) == 2
    kept = Event.objects.filter(action="move.approved", actor_id=head.pk)
    assert kept.count() == 12 and kept.exclude(customer_id=None).count() == 12


def test_one_that_was_overtaken_or_changed_keeps_all_where_they_are(east, people, head) -> None:
    asked = moves(east, people, 5)
    last = MoveSuggestion.objects.order_by("pk").last()
    Customer.objects.filter(pk=last.customer_id).update(manager=people[0] if last.giver != people[0] else people[1])
    for wrong in (asked, asked | {last.pk: 9}):
        with pytest.raises(RuleBroken, match=r"nothing to move|in the meantime"):
            approve_moves(suggestions=wrong, by=head, at=timezone.now())
    assert MoveSuggestion.objects.open().count() == 5
    assert not Handover.objects.exists() and not Event.objects.filter(action="customer.manager_assigned").exists()


def test_one_taker_who_may_not_is_enough(east, people, head) -> None:
    asked = moves(east, people, 5)
    people[3].is_active = False
    people[3].save()
    with pytest.raises(RuleBroken, match="no relationship manager"):
        approve_moves(suggestions=asked, by=head, at=timezone.now())
    assert MoveSuggestion.objects.open().count() == 5 and not Handover.objects.exists()


def test_what_is_out_of_reach_is_not_moved(east, people, head) -> None:
    far = MoveSuggestionFactory(taker=UserFactory(manager=True))
    assert approve_moves(suggestions={far.pk: 1}, by=head, at=timezone.now()) == 0
