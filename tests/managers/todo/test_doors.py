"""Tasks on their pages, on the customer's, at home, over REST and on the admin site."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from managers.models import Task
from managers.todo.saying import SENTENCES
from managers.todo.services import close_task
from tests.factories import TaskFactory, WaiverEntryFactory

pytestmark = pytest.mark.django_db
SAID = "The core did not refund 3.00 CNY of “对账单费” of 4 Mar 2026 to account A1: 账户已销户"
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)


@pytest.fixture
def task(own) -> Task:
    return TaskFactory(customer=own.customer, about="7")


def test_the_list_shows_what_is_open_in_reach_the_first_due_first(task, other, own, signed_in, manager, queries):
    TaskFactory(customer=other.customer, figures=task.figures | {"reason": "Not theirs"})
    TaskFactory(customer=own.customer, due_on=date(2026, 4, 1), figures=task.figures | {"reason": "Earlier"})
    TaskFactory(customer=own.customer, state="done", closed_at=NOW, figures=task.figures | {"reason": "Gone"})
    client = signed_in(manager)

    with queries("tasks"):
        page = client.get("/tasks/").content.decode()

    assert page.index("Earlier") < page.index(SAID) and "overdue" in page
    assert "Not theirs" not in page and "Gone" not in page
    with queries("tasks:closed"):
        closed = client.get("/tasks/closed/").content.decode()
    assert "Gone" in closed and "by itself" in closed and SAID not in closed


def test_an_export_says_the_sentence(task, signed_in, manager):
    text = b"".join(signed_in(manager).get("/tasks/?export=csv")).decode("utf-8-sig")
    assert SAID in text


def test_an_empty_list_says_so(own, signed_in, manager):
    assert "Nothing to do" in signed_in(manager).get("/tasks/").content.decode()


def test_the_customers_page_and_the_home_page_tell_it(task, own, signed_in, manager, teller, auditor):
    here = f"/customers/{own.customer.pk}/"
    for url in (here, "/"):
        assert SAID in signed_in(manager).get(url).content.decode()
        assert SAID not in signed_in(teller).get(url).content.decode()
    close = f"/tasks/{task.pk}/close/"
    assert close in signed_in(manager).get(here).content.decode()
    assert close not in signed_in(auditor).get(here).content.decode()


def test_a_manager_closes_it_on_its_page(task, own, signed_in, manager):
    client = signed_in(manager)
    assert SAID in client.get(f"/tasks/{task.pk}/close/").content.decode()

    refused = client.post(f"/tasks/{task.pk}/close/", {"state": "dismissed", "remark": ""})
    assert refused.status_code == 422 and "Say why nothing is to be done." in refused.content.decode()
    done = client.post(f"/tasks/{task.pk}/close/", {"state": "dismissed", "remark": "Paid in cash"}, follow=True)

    assert "The task is closed." in done.content.decode() and SAID not in done.content.decode()
    task.refresh_from_db()
    assert (task.state, task.remark, task.closed_by) == ("dismissed", "Paid in cash", manager)


def test_its_closing_stands_in_the_timeline(task, own, signed_in, manager, teller):
    address = f"/customers/{own.customer.pk}/timeline/"
    assert SAID not in signed_in(manager).get(address).content.decode()
    close_task(task=task, state="dismissed", remark="Paid in cash", by=manager, as_of=NOW)

    page = signed_in(manager).get(address, {"kind": "task"}).content.decode()

    assert SAID in page and "Task: Dismissed" in page and "Paid in cash" in page and manager.name in page
    assert SAID not in signed_in(teller).get(address).content.decode()


def test_it_leads_to_its_entry_in_the_ledger(own, signed_in, manager):
    entry = WaiverEntryFactory(customer=own.customer, charge=own.charge)
    task = TaskFactory(customer=own.customer, about=str(entry.number))
    client = signed_in(manager)

    assert f"/waivers/?number={entry.number}" in client.get(f"/tasks/{task.pk}/close/").content.decode()
    assert own.customer.name in client.get("/waivers/", {"number": entry.number}).content.decode()
    assert own.customer.name not in client.get("/waivers/", {"number": entry.number + 1}).content.decode()


def test_rest_lists_filters_and_closes(task, own, api, manager):
    client = api(manager)
    TaskFactory(customer=own.customer, state="done", closed_at=NOW)

    found = client.get("/api/v1/tasks/", {"state": "open"}).json()["results"]
    read = client.get(f"/api/v1/tasks/{task.pk}/")

    assert [(row["about"], row["sentence"], row["customer"]) for row in found] == [("7", SAID, own.customer.number)]
    address, tag = f"/api/v1/tasks/{task.pk}/", read["ETag"]
    assert client.patch(address, {"state": "done"}, format="json").status_code == 428
    missing = client.patch(address, {"remark": "-"}, format="json", headers={"If-Match": tag})
    wrong = client.patch(address, {"state": "dismissed"}, format="json", headers={"If-Match": tag})
    assert (wrong.status_code, wrong.json()["errors"].keys()) == (409, {"remark"})
    assert client.get(address, headers={"Accept-Language": "zh-Hans"})["ETag"] == tag
    done = client.patch(address, {"state": "done"}, format="json", headers={"If-Match": tag})
    assert (done.status_code, done.json()["state"], done.json()["closed_by"]) == (200, "done", "manager")
    assert client.patch(address, {"state": "done"}, format="json", headers={"If-Match": tag}).status_code == 412
    again = client.patch(address, {"state": "done"}, format="json", headers={"If-Match": done["ETag"]})
    assert again.status_code == 409 and missing.status_code == 400


def test_of_more_tasks_than_the_page_shows_the_list_is_one_click_away(own, signed_in, manager):
    TaskFactory.create_batch(9, customer=own.customer)
    page = signed_in(manager).get(f"/customers/{own.customer.pk}/").content.decode()
    assert page.count('/close/" hx-get') == 8 and f"/tasks/?customer={own.customer.number}" in page


def test_what_is_closed_can_not_be_closed_again(own, signed_in, manager):
    task = TaskFactory(customer=own.customer, state="done", closed_at=NOW)
    assert signed_in(manager).get(f"/tasks/{task.pk}/close/").status_code == 404


def test_every_kind_has_a_sentence():
    assert set(SENTENCES) == set(Task.Kind.values)


def test_the_sentence_is_in_the_readers_language(task):
    with translation.override("zh-hans"):
        assert str(task) == "核心系统未向账户A1退还2026-03-04“对账单费”的3.00 CNY：账户已销户"


def test_the_admin_site_shows_it(task, own, signed_in, auditor):
    assert own.customer.name in signed_in(auditor).get("/admin/managers/task/").content.decode()
