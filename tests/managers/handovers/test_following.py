"""A customer who gets another manager is handed over: with tasks, with open opportunities, watched for ninety days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from crm.identity.models import User
from customers.models import Customer
from customers.services import assign_manager
from managers.books.keeping import follow_records
from managers.handovers.following import follow_primaries
from managers.handovers.sections import handed_over
from managers.models import Handover, Task
from managers.todo.services import open_tasks
from segmentation.models import Published
from tests.factories import OpportunityFactory, ReachFactory, RunFactory, UserFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
TODAY = date(2026, 4, 1)
FACT = "INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (0, %s, 'CNY', %s)"


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.fixture
def held(own: Story, manager: User) -> Customer:
    """In the manager's book since the first of April."""
    Customer.objects.filter(pk=own.customer.pk).update(manager=manager)
    follow_records(customers=None, at=NOW)
    return own.customer


def say_balance(customer: Customer, amount: int) -> None:
    if not Published.objects.exists():
        Published.objects.create(business_date=TODAY, slot=0, run=RunFactory())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM segmentation_facts WHERE customer_id = %s", [customer.pk])
        cursor.execute(FACT, [customer.pk, amount])


def tasks(*kinds: str) -> list[tuple[str, date, str]]:
    found = Task.objects.filter(kind__in=[f"handover_{kind}" for kind in kinds]).order_by("due_on", "pk")
    return [(str(task), task.due_on, task.state) for task in found]


def test_who_is_assigned_to_another_manager_is_handed_over(held, manager, manager2, head) -> None:
    say_balance(held, 500_000)
    before = manager.notifications.count(), manager2.notifications.count()
    assign_manager(customer=held, manager=manager2, by=head, at=later(9), reason="Moved to the west")

    made = Handover.objects.get()
    assert (made.giver, made.receiver, made.made_by, made.reason) == (manager, manager2, head, "Moved to the west")
    assert (made.handed_on, made.watched_until) == (date(2026, 4, 10), date(2026, 7, 9))
    assert (made.balance, made.currency) == (Decimal(500_000), "CNY")
    said = f"Meet the customer together with {manager}, who handed them over to you."
    assert tasks("meeting") == [(said, date(2026, 4, 17), "open")]
    assert (manager.notifications.count() - before[0], manager2.notifications.count() - before[1]) == (1, 1)


def test_the_first_manager_of_a_customer_was_handed_nobody(held, other: Story, manager2, head) -> None:
    assign_manager(customer=other.customer, manager=manager2, by=head, at=later(1))
    assert not Handover.objects.exists() and not tasks("meeting")


@pytest.mark.parametrize(("gap", "handed"), [(29, True), (31, False)])
def test_who_had_nobody_for_a_month_has_nobody_to_be_introduced_by(held, manager2, head, gap, handed) -> None:
    assign_manager(customer=held, manager=None, by=head, at=later(5))
    assign_manager(customer=held, manager=manager2, by=head, at=later(5 + gap))
    assert Handover.objects.exists() == handed


def test_who_is_given_back_on_the_same_day_was_never_handed_over(held, manager, manager2, head) -> None:
    deal = OpportunityFactory(customer=held, owner=manager)
    for each in (manager2, manager):
        assign_manager(customer=held, manager=each, by=head, at=later(9))
    deal.refresh_from_db()
    assert not Handover.objects.exists() and deal.owner == manager
    assert [state for _said, _due, state in tasks("meeting")] == ["done"]


def test_open_opportunities_go_along_and_on_the_same_day_once_more(held, manager, manager2, head) -> None:
    third = UserFactory(manager=True)
    ReachFactory(user=third, customer_id=held.pk)
    deals = [OpportunityFactory(customer=held, owner=manager, **trait) for trait in ({}, {"won": True})]
    specialist = OpportunityFactory(customer=held, owner=third)
    for each in (manager2, third):
        assign_manager(customer=held, manager=each, by=head, at=later(9))
    owners = [type(deal).objects.get(pk=deal.pk).owner for deal in (*deals, specialist)]
    assert owners == [third, manager, third]
    made = Handover.objects.get()
    assert (made.giver, made.receiver, made.opportunities) == (manager, third, [deals[0].pk])


def test_of_a_customer_of_a_day_the_opportunities_go_along_too(own: Story, manager2, head) -> None:
    follow_records(customers=None, at=NOW)
    deal = OpportunityFactory(customer=own.customer)
    assign_manager(customer=own.customer, manager=manager2, by=head, at=NOW)
    deal.refresh_from_db()
    assert deal.owner == manager2 and not Handover.objects.exists()


def test_a_file_that_names_other_managers_hands_over_and_again_nothing(held, manager, manager2) -> None:
    Customer.objects.filter(pk=held.pk).update(manager=manager2)
    for _again in range(2):
        follow_records(customers=None, at=later(3))
        follow_primaries(customers=None, at=later(3))
    made = Handover.objects.get()
    assert (made.giver, made.receiver, made.made_by) == (manager, manager2, None)
    assert len(tasks("meeting")) == 1


def test_checks_are_due_after_thirty_sixty_and_ninety_days(held, manager2, head) -> None:
    assign_manager(customer=held, manager=manager2, by=head, at=NOW + timedelta(days=1))
    for days in range(0, 95, 3):
        open_tasks(as_of=later(1 + days))
    due = [due - date(2026, 4, 2) for _said, due, _state in tasks("check")]
    assert due == [timedelta(days) for days in (30, 60, 90)]


def test_who_goes_on_to_somebody_else_leaves_no_tasks_of_the_one_before(held, manager, manager2, head) -> None:
    assign_manager(customer=held, manager=manager2, by=head, at=later(1))
    assign_manager(customer=held, manager=manager, by=head, at=later(8))
    assert sorted(state for _said, _due, state in tasks("meeting")) == ["done", "open"]


def test_a_balance_that_fell_by_a_fifth_is_a_task_until_it_is_made_up_for(held, manager2, head) -> None:
    say_balance(held, 1_000)
    assign_manager(customer=held, manager=manager2, by=head, at=later(1))
    states = []
    for amount in (801, 800, 801):
        say_balance(held, amount)
        open_tasks(as_of=later(9))
        states.append([state for _said, _due, state in tasks("loss")])
    assert states == [[], ["open"], ["done"]]


def test_ninety_days_later_nobody_watches(held, manager2, head) -> None:
    say_balance(held, 1_000)
    assign_manager(customer=held, manager=manager2, by=head, at=later(1))
    say_balance(held, 1)
    open_tasks(as_of=later(91))
    assert tasks("loss") == []
    assert [Handover.objects.watched(TODAY + timedelta(days)).count() for days in (0, 1, 90, 91)] == [0, 1, 1, 0]


def test_the_pack_says_where_the_customer_comes_from_while_they_are_watched(held, manager, manager2, head) -> None:
    say_balance(held, 1_000)
    deal = OpportunityFactory(customer=held, owner=manager)
    assign_manager(customer=held, manager=manager2, by=head, at=later(1), reason="Moved to the west")
    say_balance(held, 750)
    held.refresh_from_db()
    pack = handed_over(held, manager2, later(2))
    assert pack is not None
    assert pack.lines == (
        f"From {manager} to {manager2} on 2 Apr 2026",
        "Moved to the west",
        "Balance at the handover 1,000.00 CNY, since then -25.0 %",
        f"Went along: {deal.product}",
    )
    assert handed_over(held, manager2, later(91)) is None


def test_what_is_won_meanwhile_counts_for_both(held, manager, manager2, head) -> None:
    third = UserFactory(manager=True)
    assign_manager(customer=held, manager=manager2, by=head, at=later(1))
    day = TODAY + timedelta(30)
    assert [Handover.objects.crediting(day, each).count() for each in (manager, manager2, third)] == [1, 1, 0]
