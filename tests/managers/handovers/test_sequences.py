"""Over any sequence of moves, absences and leavings a managed customer has one primary each day, and each task an owner."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.models import Customer
from customers.services import assign_manager
from managers.books.absences import end_absence, record_absence
from managers.books.keeping import follow_records
from managers.handovers.leaving import call_off_leaving, hand_over_leavers, record_leaving
from managers.models import Absence, Assignment, Leaving, Opportunity, Task
from managers.todo.openings import HANDED
from managers.todo.services import open_tasks
from tests.factories import CustomerFactory, OpportunityFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
ACTS = ("move", "away", "back", "leave", "stay")
STEPS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 3), st.integers(0, 1)),
    min_size=1,
    max_size=10,
)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def bank(east, head) -> dict[str, Any]:
    people = [UserFactory(manager=True, branch=east, username=f"m{number}") for number in range(4)]
    customers = [CustomerFactory(branch=east, manager=people[number]) for number in range(2)]
    for customer in customers:
        TaskFactory(customer=customer)
        OpportunityFactory(customer=customer)
    follow_records(customers=None, at=noon(TODAY))
    return {"people": people, "customers": customers, "head": head}


def perform(bank: dict[str, Any], day: date, act: str, who: int, other: int, which: int) -> None:
    people, said = bank["people"], {"by": bank["head"], "at": noon(day)}
    first, second = people[who], people[other]
    away = Absence.objects.filter(manager=first).order_by("pk").last()
    leaving = Leaving.objects.filter(manager=first).order_by("pk").last()
    if act == "move":
        assign_manager(customer=Customer.objects.get(pk=bank["customers"][which].pk), manager=first, **said)
    elif act == "away":
        until = day + timedelta(3 + other)
        record_absence(manager=first, kind="leave", since=day + timedelta(which), until=until, cover=second, **said)
    elif act == "back" and away:
        end_absence(absence=away, **said)
    elif act == "leave":
        record_leaving(manager=first, last_day=day + timedelta(which), successor=second, **said)
    elif act == "stay" and leaving:
        call_off_leaving(leaving=leaving, **said)


def night(day: date) -> None:
    hand_over_leavers(as_of=noon(day) - timedelta(hours=11))
    open_tasks(as_of=noon(day), openings=HANDED)


def check(bank: dict[str, Any], days: list[date]) -> None:
    primaries = list(Assignment.objects.filter(role="primary").values_list("customer", "since", "until"))
    for customer in bank["customers"]:
        own = [(since, until or date.max) for pk, since, until in primaries if pk == customer.pk]
        assert [sum(since <= day < until for since, until in own) for day in days] == [1] * len(days), customer
    owners = {task.customer.manager for task in Task.objects.filter(state="open").select_related("customer__manager")}
    owners |= {deal.owner for deal in Opportunity.objects.select_related("owner")}
    gone = {
        leaving.manager
        for leaving in Leaving.objects.standing().filter(done_at__isnull=False).select_related("manager")
    }
    assert None not in owners and not owners & gone
    today = days[-1]
    for absence in Absence.objects.select_related("cover", "manager"):
        holds = absence.since <= today < absence.until
        covered = absence.manager_id in scope_of(User.objects.get(pk=absence.cover_id), at=noon(today)).owners
        others = Absence.objects.filter(cover=absence.cover, manager=absence.manager).holding(today)
        assert covered == (holds or others.exists()), absence


@given(steps=STEPS)
def test_a_customer_has_one_primary_each_day_and_each_task_an_owner(bank: dict[str, Any], steps) -> None:
    with transaction.atomic():
        days = [TODAY]
        for ahead, act, who, other, which in steps:
            for _day in range(ahead):
                days.append(days[-1] + timedelta(1))
                night(days[-1])
            try:
                with transaction.atomic():
                    perform(bank, days[-1], act, who, other, which)
            except RuleBroken:
                continue
            finally:
                check(bank, days[-1:])
        check(bank, days)
        transaction.set_rollback(True)
