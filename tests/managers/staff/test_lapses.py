"""A certificate that ends is a task of the manager and their head, 60 days before, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from crm.identity.models import User
from managers.models import Certificate, Task
from managers.todo.services import close_task, open_tasks
from tests.factories import CertificateFactory, TaskFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 1, tzinfo=UTC)
TODAY = date(2026, 4, 1)


def found() -> list[tuple[str, str]]:
    return list(Task.objects.order_by("pk").values_list("about", "state"))


def test_what_ends_within_sixty_days_is_one_task_that_manager_and_head_are_told_of(manager, manager2, head):
    soon = CertificateFactory(manager=manager, kind="fund", valid_until=TODAY + timedelta(60))
    CertificateFactory(manager=manager, kind="cfp", valid_until=TODAY + timedelta(61))
    CertificateFactory(manager=manager, kind="afp", valid_until=None)
    for _ in range(2):
        open_tasks(as_of=NOW)
    assert found() == [(str(soon.pk), "open")]
    task = Task.objects.get()
    assert (task.manager, task.customer, task.due_on) == (manager, None, soon.valid_until)
    for user in (manager, head):
        assert user.notifications.get().text == "1 certificate ends soon or has ended."
    assert [Task.objects.visible_to(user).count() for user in (manager, head, manager2)] == [1, 1, 0]


def test_it_settles_when_a_newer_one_is_recorded_or_it_is_withdrawn_or_the_manager_left(manager, manager2):
    renewed = CertificateFactory(manager=manager, kind="fund", valid_until=TODAY)
    withdrawn = CertificateFactory(manager=manager, kind="cfp", valid_until=TODAY)
    CertificateFactory(manager=manager2, kind="cfp", valid_until=TODAY)
    open_tasks(as_of=NOW)
    assert [state for _, state in found()] == ["open"] * 3
    CertificateFactory(manager=manager, kind="fund", valid_until=renewed.valid_until + timedelta(365))
    told = {"withdrawn_at": NOW, "withdrawn_by": manager, "withdrawn_because": "Error"}
    Certificate.objects.filter(pk=withdrawn.pk).update(**told)
    User.objects.filter(pk=manager2.pk).update(is_active=False)
    open_tasks(as_of=NOW)
    assert [state for _, state in found()] == ["done"] * 3


def test_it_stands_among_the_tasks_of_manager_and_head_and_can_be_closed(own, manager, head, auditor, signed_in, api):
    made = CertificateFactory(manager=manager, kind="fund", valid_until=timezone.localdate() + timedelta(9))
    TaskFactory(customer=own.customer)
    open_tasks(as_of=timezone.now())
    task = Task.objects.get(kind="certificate_lapse")
    for user in (manager, head):
        page = signed_in(user).get("/tasks/").text
        assert "Fund practitioner" in page and f"/managers/{manager.pk}/" in page
    assert "Fund practitioner" in signed_in(manager).get("/").text
    assert len(api(auditor).get("/api/v1/tasks/", {"manager": "manager"}).json()["results"]) == 2
    row = api(head).get(f"/api/v1/tasks/{task.pk}/").json()
    assert (row["customer"], row["manager"], row["about"]) == (None, "manager", str(made.pk))
    form = signed_in(head).get(f"/tasks/{task.pk}/close/").text
    assert f"/managers/{manager.pk}/qualifications/" in form
    answer = signed_in(head).post(f"/tasks/{task.pk}/close/", {"state": "dismissed", "remark": "Retires in May"})
    assert (answer.status_code, answer["Location"]) == (302, f"/managers/{manager.pk}/")
    assert "Fund practitioner" in signed_in(head).get("/tasks/closed/").text


def test_a_closed_one_is_never_opened_again(manager, head):
    CertificateFactory(manager=manager, valid_until=TODAY)
    open_tasks(as_of=NOW)
    close_task(task=Task.objects.get(), state="done", remark="", by=head, as_of=NOW)
    open_tasks(as_of=NOW)
    assert [state for _, state in found()] == ["done"]
