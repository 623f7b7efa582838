"""Primaries say, for every day, what the record of the customer said at the end of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.scope import scope_of
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Customer
from customers.services import assign_manager, register_customer
from managers.books.keeping import follow_records
from managers.books.services import appoint
from managers.models import Assignment
from tests.at_once import at_once
from tests.factories.customers import CustomerFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
TODAY = date(2026, 4, 1)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def primaries(customer: Customer) -> list[tuple]:
    rows = Assignment.objects.filter(customer=customer, role="primary").order_by("since")
    return [(row.manager.username, row.since, row.until) for row in rows]


def test_a_primary_begins_with_the_registration_and_goes_on_with_whom_the_head_names(
    own, manager, manager2, head
) -> None:
    new = register_customer(name="单雄信", by=manager, at=NOW, manager=manager)
    assign_manager(customer=new, manager=manager2, by=head, at=later(5), reason="Moved to the west")
    first, second = Assignment.objects.filter(customer=new).order_by("since")
    assert (first.manager, first.since, first.until, first.made_by) == (manager, TODAY, TODAY + timedelta(5), manager)
    assert (second.manager, second.until, second.reason, second.made_by) == (manager2, None, "Moved to the west", head)


def test_who_is_given_back_on_the_same_day_was_never_interrupted(own: Story, manager, manager2, head) -> None:
    follow_records(customers=None, at=NOW)
    for each in (manager2, manager):
        assign_manager(customer=own.customer, manager=each, by=head, at=later(9))
    assert primaries(own.customer) == [("manager", TODAY, None)]


def test_nobody_of_a_file_is_left_behind_and_nothing_is_written_twice(own: Story, other: Story, manager2) -> None:
    follow_records(customers=None, at=NOW)
    Customer.objects.filter(pk=own.customer.pk).update(manager=manager2)
    Customer.objects.filter(pk=other.customer.pk).update(manager=None)
    for _again in range(2):
        follow_records(customers=None, at=later(3))
    day = TODAY + timedelta(3)
    assert primaries(own.customer) == [("manager", TODAY, day), ("manager2", day, None)]
    assert [until for _name, _since, until in primaries(other.customer)] == [day]


STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), min_size=1, max_size=12)


@given(steps=STEPS)
def test_every_day_has_the_primary_that_the_record_named_at_its_end(own: Story, manager, manager2, head, steps) -> None:
    people, day, named = [None, manager, manager2], TODAY, {}
    with transaction.atomic():
        Customer.objects.filter(pk=own.customer.pk).update(manager=None)
        follow_records(customers=None, at=NOW)
        for days, who, is_file in steps:
            day += timedelta(days)
            at = NOW + (day - TODAY)
            if is_file:
                Customer.objects.filter(pk=own.customer.pk).update(manager=people[who])
                follow_records(customers=None, at=at)
            else:
                assign_manager(customer=own.customer, manager=people[who], by=head, at=at)
            named[day] = people[who]
        last = None
        for number in range((day - TODAY).days + 1):
            today = TODAY + timedelta(number)
            last = named.get(today, last)
            held = [a.manager for a in Assignment.objects.filter(customer=own.customer).holding(today)]
            assert held == ([last] if last else []), today
        transaction.set_rollback(True)


def test_a_backup_becomes_the_primary_and_stands_beside_nobody(own: Story, manager2, head) -> None:
    appoint(customer=own.customer, manager=manager2, role="backup", since=TODAY, by=head, at=NOW)
    assert scope_of(User.objects.get(pk=manager2.pk), at=later(1)).opens(Customer.objects.get(pk=own.customer.pk))
    assign_manager(customer=own.customer, manager=manager2, by=head, at=later(2))
    assert [a.until for a in Assignment.objects.filter(role="backup")] == [TODAY + timedelta(2)]
    assert Reach.objects.get(user=manager2).ends_at == later(2)


def test_the_books_of_a_merged_record_end_and_an_undoing_names_what_it_leaves(
    own: Story, manager, manager2, head
) -> None:
    double = CustomerFactory(branch=own.customer.branch, manager=manager)
    follow_records(customers=None, at=NOW)
    appoint(customer=double, manager=manager2, role="backup", since=TODAY, by=head, at=NOW)
    merge = merge_customers(survivor=own.customer, absorbed=double, reason="The same person", by=head, at=later(1))
    assert list(Assignment.objects.filter(customer=double).unended(TODAY + timedelta(1))) == []
    left = undo_merge(merge=merge, reason="Two persons after all", by=head, at=later(3))
    assert "Backups and sponsors" in left
    day = TODAY + timedelta(1)
    assert primaries(double) == [("manager", TODAY, day), ("manager", TODAY + timedelta(3), None)]


def test_a_head_who_is_the_sponsor_needs_no_reach_of_its_own(own: Story, head) -> None:
    appoint(customer=own.customer, manager=head, role="sponsor", since=TODAY, by=head, at=NOW)
    assert not head.reaches.exists()


def test_nobody_stands_beside_the_primary_twice(own: Story, manager2, head) -> None:
    given = {"customer": own.customer, "manager": manager2, "since": TODAY, "by": head, "at": NOW}
    appoint(role="backup", **given)
    with pytest.raises(RuleBroken) as refused:
        appoint(role="sponsor", **given)
    assert refused.value.field == "role"


def test_two_primaries_on_one_day_are_refused_by_the_database(own: Story, manager2) -> None:
    follow_records(customers=None, at=NOW)
    with pytest.raises(Exception, match="assignment_one_per_day"), transaction.atomic():
        Assignment.objects.create(
            customer=own.customer, manager=manager2, role="primary", since=TODAY, until=later(1).date(), made_at=NOW
        )


def test_an_unfit_backup_is_refused_beside_the_field(own: Story, manager, manager2, teller, head) -> None:
    given = {"customer": own.customer, "role": "backup", "since": TODAY, "by": head, "at": NOW}
    wrong = {
        "manager": [{"manager": teller}, {"manager": manager}],
        "since": [
            {"manager": manager2, "since": date(2026, 3, 31)},
            {"manager": manager2, "role": "primary", "since": TODAY + timedelta(1)},
        ],
        "until": [{"manager": manager2, "until": TODAY}],
    }
    for field, cases in wrong.items():
        for case in cases:
            with pytest.raises(RuleBroken) as refused:
                appoint(**given | case)
            assert refused.value.field == field
    appoint(**given, manager=manager2)
    with pytest.raises(RuleBroken) as refused:
        appoint(**given | {"since": TODAY + timedelta(30)}, manager=manager2)
    assert refused.value.field == "role"


@pytest.mark.django_db(transaction=True)
def test_a_file_waits_for_nobody_who_is_assigning_and_leaves_their_customer_to_them(
    east, head, manager, manager2
) -> None:
    held, free = (CustomerFactory(branch=east, manager=manager) for _ in range(2))

    def follow() -> None:
        follow_records(customers=None, at=NOW)

    with transaction.atomic():
        assign_manager(customer=held, manager=manager2, by=head, at=NOW)
        assert at_once([follow]) == []
        assert primaries(free) == [("manager", TODAY, None)]
    assert primaries(held) == [("manager2", TODAY, None)]
