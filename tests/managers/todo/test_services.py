"""A refusal of the core becomes a task, once; a task is closed by who did it, or by itself when nothing is left to do."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.models import Task
from managers.todo.services import close_task, follow_postings
from segmentation.models import Posting, WaiverEntry
from segmentation.outbox.services import answer, send
from tests.factories import TaskFactory, UserFactory, WaiverEntryFactory
from tests.segmentation.outbox.test_services import entries

pytestmark = pytest.mark.django_db
DAY, NOW = date(2026, 4, 1), datetime(2026, 4, 2, 1, tzinfo=UTC)


@pytest.fixture
def three(own) -> list[WaiverEntry]:
    return entries(3, own.customer)


def refuse(*numbers: int, by, reason: str = "Account closed") -> None:
    answer(rows=[{"entry": number, "state": "refused", "reason": reason} for number in numbers], by=by)


def take_back(entry: WaiverEntry, number: int) -> None:
    WaiverEntryFactory(
        number=number, customer=entry.customer, charge=entry.charge, waived=-entry.waived, reverses=entry
    )


def test_each_refused_entry_becomes_one_task_that_says_what_happened(three, admin, own, manager):
    send(value_date=DAY, by=admin)
    posted = {"entry": 1, "state": "posted", "posted_on": "2026-04-02"}
    answer(rows=[posted], by=admin)
    assert not Task.objects.exists()

    refuse(2, 3, by=admin)
    refuse(2, 3, by=admin)

    assert list(Task.objects.order_by("pk").values_list("about", "customer", "state")) == [
        ("2", own.customer.pk, "open"),
        ("3", own.customer.pk, "open"),
    ]
    task = Task.objects.get(about="2")
    charge = three[1].charge
    day = f"{charge.charged_on.day} {charge.charged_on:%b %Y}"
    assert (
        str(task) == f"The core did not refund 3.00 CNY of “{charge.fee.name}” of {day} to account A1: Account closed"
    )
    alert = manager.notifications.get()
    assert (alert.text, alert.url) == ("The core refused 2 postings of waived fees.", "/tasks/")


def test_it_is_due_three_days_after_the_answer(three, admin):
    send(value_date=DAY, by=admin)
    refuse(1, by=admin)
    task = Task.objects.get()
    assert task.due_on == task.opened_at.astimezone().date() + timedelta(days=3)


@pytest.mark.parametrize("manager_left", [True, False])
def test_where_no_manager_is_at_work_the_head_of_the_branch_is_told(three, admin, own, manager, head, manager_left):
    if manager_left:
        User.objects.filter(pk=manager.pk).update(is_active=False)
    else:
        type(own.customer).objects.filter(pk=own.customer.pk).update(manager=None)
    User.objects.filter(pk=head.pk).update(branch=own.customer.branch)
    send(value_date=DAY, by=admin)
    refuse(1, by=admin)
    assert Task.objects.get().customer == own.customer and not manager.notifications.exists()
    assert head.notifications.get().text == "The core refused 1 posting of a waived fee."


def test_where_the_branch_has_no_head_the_one_above_is_told(three, admin, own, head_office, west):
    type(own.customer).objects.filter(pk=own.customer.pk).update(manager=None)
    above, aside = UserFactory(head=True, branch=head_office), UserFactory(head=True, branch=west)
    send(value_date=DAY, by=admin)
    refuse(1, by=admin)
    assert above.notifications.count() == 1 and not aside.notifications.exists()


def test_what_the_core_would_not_take_back_says_so(three, admin):
    send(value_date=DAY, by=admin)
    answer(rows=[{"entry": 1, "state": "posted", "posted_on": "2026-04-02"}], by=admin)
    take_back(three[0], 4)
    send(value_date=DAY, by=admin)
    refuse(4, by=admin, reason="No money")
    assert str(Task.objects.get()).startswith("The core did not take back 3.00 CNY of ")


def test_a_refused_refund_that_is_reversed_closes_its_task_by_itself(three, admin):
    send(value_date=DAY, by=admin)
    refuse(1, 2, by=admin)
    take_back(three[0], 4)

    send(value_date=DAY, by=admin)

    closed = Task.objects.get(about="1")
    assert (closed.state, closed.closed_by, closed.closed_at is not None) == ("done", None, True)
    assert Task.objects.get(about="2").state == "open"


def test_a_refusal_of_before_the_first_task_is_found_with_the_next_answer(three, admin):
    """As in a bank that took in answers before there were tasks."""
    send(value_date=DAY, by=admin)
    answered = {"state": "refused", "reason": "Account closed", "answered_at": NOW}
    Posting.objects.filter(pk=1).update(**answered)
    follow_postings(as_of=NOW)
    assert Task.objects.get().due_on == date(2026, 4, 5)


def test_a_refusal_that_was_settled_before_the_first_task_is_no_task(three, admin, manager):
    send(value_date=DAY, by=admin)
    Posting.objects.filter(pk=1).update(state="refused", reason="Account closed", answered_at=NOW)
    take_back(three[0], 4)
    send(value_date=DAY, by=admin)
    assert not Task.objects.exists() and not manager.notifications.exists()


def test_an_answer_whose_tasks_can_not_be_kept_is_not_kept_either(three, admin, monkeypatch):
    send(value_date=DAY, by=admin)
    monkeypatch.setattr("managers.todo.services.notify", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        refuse(1, by=admin)
    assert Posting.objects.get(pk=1).state == "open" and not Task.objects.exists()


def test_a_task_is_closed_once_by_somebody_and_the_trail_keeps_it(own, manager, head):
    task = TaskFactory(customer=own.customer)

    close_task(task=task, state="done", remark=" Paid out at the counter ", by=manager, as_of=NOW)

    task.refresh_from_db()
    assert (task.state, task.remark, task.closed_by, task.closed_at) == (
        "done",
        "Paid out at the counter",
        manager,
        NOW,
    )
    event = Event.objects.get(action="task.closed")
    assert (event.customer_id, event.actor_id) == (own.customer.pk, manager.pk)
    with pytest.raises(RuleBroken, match="closed already: Done"):
        close_task(task=task, state="dismissed", remark="Twice", by=head, as_of=NOW)


@pytest.mark.parametrize(("state", "remark", "field"), [("dismissed", "  ", "remark"), ("open", "", "state")])
def test_who_dismisses_says_why_and_nothing_else_is_an_end(own, manager, state, remark, field):
    task = TaskFactory(customer=own.customer)
    with pytest.raises(RuleBroken) as refused:
        close_task(task=task, state=state, remark=remark, by=manager, as_of=NOW)
    assert refused.value.field == field
    task.refresh_from_db()
    assert task.state == "open"


@pytest.mark.parametrize("change", [{"state": "open", "closed_at": None}, {"remark": "Other"}])
def test_the_database_keeps_what_is_closed(own, change):
    task = TaskFactory(customer=own.customer, state="done", closed_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**change)


@pytest.mark.parametrize("change", [{"figures": {}}, {"due_on": DAY}, {"state": "dismissed", "closed_at": NOW}])
def test_the_database_keeps_what_a_task_says(own, change):
    task = TaskFactory(customer=own.customer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        task.delete()


def test_amounts_are_exact(own):
    task = TaskFactory.build(figures=TaskFactory.figures | {"amount": str(Decimal("1234.5000"))})
    assert "1,234.50 CNY" in str(task)
