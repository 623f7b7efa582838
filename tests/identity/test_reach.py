from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Reach, User
from crm.identity.scope import Scope, scope_of
from crm.identity.services import change_user, end_reach, grant_reach
from customers.models import Customer
from tests.factories import BranchFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
moments = st.integers(0, 20).map(lambda minutes: NOON + timedelta(minutes=minutes))


def test_a_look_up_opens_one_customer_and_leaves_a_trace(teller, other):
    grant_reach(
        user=teller,
        customer_id=other.customer.pk,
        cause="lookup",
        since=NOON,
        until=NOON + HOUR,
        by=teller,
        reason="id",
    )
    assert scope_of(teller, at=NOON).customers == {other.customer.pk}
    event = Event.objects.get(action="reach.granted")
    assert (event.actor_id, event.customer_id) == (teller.pk, other.customer.pk)
    assert event.data["reason"] == "id"


def test_reach_granted_in_a_request_holds_in_that_request(teller, other):
    assert not Customer.objects.visible_to(teller).exists()
    grant_reach(user=teller, customer_id=other.customer.pk, cause="lookup", until=None, by=teller)
    assert list(Customer.objects.visible_to(teller)) == [other.customer]


def test_cover_opens_the_book_of_the_absent_manager(manager, manager2, head, own, other):
    grant_reach(user=manager, owner=manager2, cause="cover", until=None, by=head)
    assert set(Customer.objects.visible_to(manager)) == {own.customer, other.customer}


def test_a_grant_of_a_branch_opens_its_customers(approver, west, own, other):
    grant_reach(user=approver, branch=west, cause="approval", until=None, by="proposal")
    assert list(Customer.objects.visible_to(approver)) == [other.customer]


@given(start=moments, length=st.integers(1, 20), at=moments)
def test_reach_holds_from_its_start_until_just_before_its_end(start, length, at):
    user = User.objects.filter(username="covering").first() or UserFactory(username="covering", teller=True)
    Reach.objects.filter(user=user).delete()
    until = start + timedelta(minutes=length)
    grant_reach(user=user, customer_id=7, cause="lookup", since=start, until=until, by="test")
    assert (scope_of(user, at=at).customers == {7}) == (start <= at < until)


def test_reach_ended_early_is_over_at_once(teller, other):
    reach = grant_reach(
        user=teller, customer_id=other.customer.pk, cause="call", since=NOON, until=NOON + HOUR, by=teller
    )
    end_reach(reach=reach, by=teller, at=NOON + timedelta(minutes=1))
    assert scope_of(teller, at=NOON + timedelta(seconds=59)).customers
    assert not scope_of(teller, at=NOON + timedelta(minutes=1)).customers


def test_reach_that_has_not_begun_goes_when_it_is_ended(teller):
    reach = grant_reach(user=teller, customer_id=7, cause="call", since=NOON, until=None, by=teller)
    end_reach(reach=reach, by=teller, at=NOON)
    assert not Reach.objects.exists()


def test_ending_twice_changes_nothing(teller):
    reach = grant_reach(user=teller, customer_id=7, cause="call", since=NOON, until=None, by=teller)
    end_reach(reach=reach, by=teller, at=NOON + HOUR)
    end_reach(reach=reach, by=teller, at=NOON + 2 * HOUR)
    assert Reach.objects.get().ends_at == NOON + HOUR
    assert Event.objects.filter(action="reach.ended").count() == 1


@pytest.mark.parametrize("person", ["admin", "agency"])
def test_who_reaches_no_customer_is_granted_none(person, request):
    user = request.getfixturevalue(person)
    with pytest.raises(RuleBroken, match="reaches no customer"):
        grant_reach(user=user, customer_id=7, cause="grant", until=None, by="set-up")


@pytest.mark.parametrize("cause", ["grant", "cover", "approval"])
def test_nobody_widens_their_own_reach(cause, manager):
    with pytest.raises(RuleBroken, match="their own reach"):
        grant_reach(user=manager, customer_id=7, cause=cause, until=None, by=manager)


def test_reach_names_exactly_one_thing(teller, manager, east):
    for things in ({}, {"customer_id": 7, "owner": manager}, {"owner": manager, "branch": east}):
        with pytest.raises(RuleBroken, match="Name one"):
            grant_reach(user=teller, cause="lookup", until=None, by=teller, **things)


def test_reach_ends_after_it_starts(teller):
    with pytest.raises(RuleBroken, match="end after"):
        grant_reach(user=teller, customer_id=7, cause="lookup", since=NOON, until=NOON, by=teller)


def test_a_head_reaches_the_whole_tree_below_and_no_branch_beside(head, east, west):
    below = BranchFactory(code="EAST1", parent=east, sub_branch=True)
    deeper = BranchFactory(code="EAST11", parent=below, sub_branch=True)
    mine = {CustomerFactory(branch=branch) for branch in (east, below, deeper)}
    CustomerFactory(branch=west)
    assert set(Customer.objects.visible_to(head)) == mine


def test_a_teller_does_not_reach_the_branches_below(teller, east):
    CustomerFactory(branch=BranchFactory(code="EAST1", parent=east, sub_branch=True))
    assert not Customer.objects.visible_to(teller).exists()


@pytest.mark.parametrize("person", ["manager", "teller", "head", "agent", "auditor"])
def test_the_inactive_reach_nobody(person, own, other, request):
    user = request.getfixturevalue(person)
    user.is_active = False
    assert not Customer.objects.visible_to(user).exists()


def test_who_has_no_role_reaches_nobody(own, other, east):
    assert not Customer.objects.visible_to(UserFactory(branch=east)).exists()


def test_who_gets_another_role_loses_what_was_granted(teller, other):
    grant_reach(user=teller, customer_id=other.customer.pk, cause="lookup", until=None, by=teller)
    changed = change_user(user=teller, role=User.Role.ADMIN, by="set-up")
    assert not Customer.objects.visible_to(changed).exists()


few = st.frozensets(st.integers(1, 3), max_size=2)


@given(everything=st.booleans(), owners=few, branches=few, singles=few)
def test_a_customer_who_was_read_is_in_reach_when_the_condition_finds_them(everything, owners, branches, singles):
    """The page asks the object, the list asks the database: one rule."""
    people = [User.objects.filter(username=f"m{n}").first() or UserFactory(username=f"m{n}") for n in range(3)]
    places = [Branch.objects.filter(code=f"B{n}").first() or BranchFactory(code=f"B{n}") for n in range(3)]
    if not Customer.objects.filter(number="R00").exists():
        for m, b in product(range(3), range(3)):
            CustomerFactory(number=f"R{m}{b}", manager=people[m] if m else None, branch=places[b] if b else None)
    customers = list(Customer.objects.order_by("number"))
    scope = Scope(
        everything=everything,
        owners=frozenset(people[n - 1].pk for n in owners),
        branches=frozenset(places[n - 1].pk for n in branches),
        customers=frozenset(customers[n].pk for n in singles),
    )
    found = set(Customer.objects.filter(scope.customers_q()))
    assert {customer for customer in customers if scope.holds(customer)} == found
