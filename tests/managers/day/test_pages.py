"""The day page: what stands on it, what one does with a row, that what is laid aside comes back, and its price."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Interaction
from managers.day.reading import day_of, row_of
from managers.day.services import dismiss, snooze
from managers.models import LaidAside, Task
from tests.factories import ContactPlanFactory, DueContactFactory, TaskFactory, TierPeriodFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
API = "/api/v1/day/"
CONTACT = {
    "channel": "phone",
    "direction": "out",
    "purpose": "care",
    "outcome": "reached",
    "note": "Spoke",
    "at": "2026-03-30T10:00",
}


@pytest.fixture
def today():
    return timezone.localdate()


def test_the_page_has_each_row_with_its_acts_at_one_price(own, other, overdue, key, manager, signed_in, queries):
    TaskFactory(customer=own.customer)
    DueContactFactory(customer=other.customer)
    client = signed_in(manager)
    with queries("day"):
        page = client.get("/day/").content.decode()
    assert "Contact overdue for 9 days" in page and f"/customers/{own.customer.pk}/brief/" in page
    assert f"/day/log/?row={key}" in page and "2 things to do" in page and other.customer.name not in page


def test_after_signing_in_a_manager_comes_to_the_day_and_others_home(client, manager, head):
    for user, to in ((manager, "/day/"), (head, "/")):
        user.set_password("correct horse")
        user.save()
        answer = client.post("/login/", {"username": user.username, "password": "correct horse"})
        assert answer.headers["Location"] == to
        client.logout()


def test_a_contact_from_the_day_makes_the_row_go_and_leads_back(own, manager, signed_in, key):
    ContactPlanFactory()
    TierPeriodFactory(customer=own.customer, gold=True)
    client = signed_in(manager)
    page = client.get(f"/day/log/?row={key}", headers={"HX-Request": "true"})
    assert 'name="note"' in page.content.decode()
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    done = client.post(f"/day/log/?row={key}", CONTACT | {"at": now})
    assert done.headers["Location"] == "/day/"
    assert Interaction.objects.filter(customer=own.customer, note="Spoke").exists()
    assert day_of(manager, on=timezone.localdate()).rows == []
    assert client.get(f"/day/log/?row={key}").status_code == 404


@pytest.mark.parametrize(("outcome", "state"), [("reached", "done"), ("not_reached", "open")])
def test_a_contact_about_a_task_closes_it_where_both_spoke(own, manager, signed_in, outcome, state):
    task = TaskFactory(customer=own.customer)
    signed_in(manager).post(f"/day/log/?row=task:{task.pk}", CONTACT | {"outcome": outcome})
    task.refresh_from_db()
    assert task.state == state


def test_a_contact_about_a_review_does_not_close_its_task_for_it_is_done_in_the_plan(own, manager, signed_in):
    said = {"since": "2026-01-01", "due_on": "2026-07-01"}
    task = TaskFactory(customer=own.customer, kind=Task.Kind.PLAN_REVIEW, about="1:2026-07-01", figures=said)
    assert signed_in(manager).post(f"/day/log/?row=task:{task.pk}", CONTACT).status_code == 302
    task.refresh_from_db()
    assert task.state == Task.State.OPEN


def test_what_is_put_off_comes_back_on_its_day(own, manager, signed_in, key, today):
    client = signed_in(manager)
    wrong = client.post(f"/day/snooze/?row={key}", {"until": today.isoformat()})
    assert wrong.status_code == 422 and "A day from tomorrow on" in wrong.content.decode()
    assert client.post(f"/day/snooze/?row={key}", {"until": (today + 3 * DAY).isoformat()}).status_code == 302
    assert "Nothing waits for you" in client.get("/day/").content.decode()
    assert day_of(manager, on=today + 2 * DAY).rows == []
    assert [row.key for row in day_of(manager, on=today + 3 * DAY).rows] == [key]
    assert Event.objects.get(action="day.laid_aside").customer_id == own.customer.pk


def test_what_is_dismissed_for_a_reason_stays_away_until_there_is_another_occasion(own, manager, overdue, key, today):
    with pytest.raises(RuleBroken):
        dismiss(row=row_of(manager, key, on=today), reason=" ", by=manager, at=timezone.now())
    dismiss(row=row_of(manager, key, on=today), reason="Called last week", by=manager, at=timezone.now())
    assert day_of(manager, on=today + 300 * DAY).rows == [] and row_of(manager, key, on=today) is None
    overdue.due_on += 5 * DAY
    overdue.save()
    assert len(day_of(manager, on=today).rows) == 1


def test_to_dismiss_a_task_closes_it_for_everybody(own, manager, today):
    task = TaskFactory(customer=own.customer)
    dismiss(row=row_of(manager, f"task:{task.pk}", on=today), reason="Settled", by=manager, at=timezone.now())
    task.refresh_from_db()
    assert (task.state, task.remark, LaidAside.objects.count()) == (Task.State.DISMISSED, "Settled", 0)


def test_what_one_manager_lays_aside_stays_on_the_day_of_another(own, manager, manager2, key, today):
    snooze(row=row_of(manager, key, on=today), until=today + DAY, by=manager, at=timezone.now())
    type(own.customer).objects.filter(pk=own.customer.pk).update(manager=manager2)
    assert len(day_of(manager2, on=today).rows) == 1


def test_what_was_laid_aside_never_changes(manager, key, today):
    kept = snooze(row=row_of(manager, key, on=today), until=today + DAY, by=manager, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        LaidAside.objects.filter(pk=kept.pk).update(until=today + 9 * DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        LaidAside.objects.create(manager=manager, key="x", at=timezone.now())


def test_a_task_is_done_from_the_day(own, manager, signed_in):
    task = TaskFactory(customer=own.customer)
    done = signed_in(manager).post(f"/day/tasks/{task.pk}/close/", {"state": "done"})
    task.refresh_from_db()
    assert (done.headers["Location"], task.state) == ("/day/", "done")


@pytest.mark.parametrize(
    "asked", ["most=9999999999999999999", "most=x", "most=-1", "kind=%27", "kind=none", "kind=%00"]
)
def test_odd_addresses_harm_nothing(manager, overdue, signed_in, asked):
    client = signed_in(manager)
    assert client.get(f"/day/?{asked}").status_code == 200
    assert client.get(f"/day/log/?row={asked.rpartition('=')[2]}").status_code == 404


def test_rest_tells_the_day_and_lays_aside(own, manager, api, key, today):
    rows = api(manager).get(API).json()
    assert rows["total"] == 1 and rows["results"][0]["key"] == key and rows["results"][0]["customer"] == "1001"
    assert rows["results"][0]["reason"] == "Contact overdue for 9 days"
    snoozed = f"{API}snooze/"
    assert api(manager).post(snoozed, {"key": key, "until": str(today)}, format="json").status_code == 409
    assert api(manager).post(snoozed, {"key": "task:1", "until": str(today + DAY)}, format="json").status_code == 400
    assert api(manager).post(f"{API}dismiss/", {"key": key}, format="json").status_code == 400
    assert api(manager).post(snoozed, {"key": key, "until": str(today + DAY)}, format="json").status_code == 204
    assert api(manager).get(API).json() == {"total": 0, "results": []}
