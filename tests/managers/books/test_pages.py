"""Who looks after a customer, on the page, in the forms of a head, and over REST."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from customers.models import Customer
from managers.books.keeping import follow_records
from managers.models import Assignment
from tests.factories import AssignmentFactory, UserFactory
from tests.people import Story

pytestmark = pytest.mark.django_db


def test_the_customers_page_says_since_when_and_who_stands_beside(own: Story, manager, signed_in, queries) -> None:
    follow_records(customers=None, at=timezone.now())
    AssignmentFactory(customer=own.customer, manager=UserFactory(name="秦琼", manager=True))
    browser = signed_in(manager)
    with queries("customer_assignments"):
        listed = browser.get(f"/customers/{own.customer.pk}/assignments/").text
    page = browser.get(f"/customers/{own.customer.pk}/").text
    assert "秦琼" in page and f"/customers/{own.customer.pk}/assignments/" in page
    assert "秦琼" in listed and "Primary" in listed and "Backup" in listed


def test_a_head_names_a_backup_and_ends_it(own: Story, east, head, manager, signed_in) -> None:
    second = UserFactory(username="second", manager=True, branch=east)
    browser, today = signed_in(head), timezone.localdate()
    address = f"/customers/{own.customer.pk}/assignments/backup/"
    refused = browser.post(address, {"manager": manager.pk, "since": today})
    assert refused.status_code == 422 and "is the primary manager" in refused.text
    assert browser.post(address, {"manager": second.pk, "since": today}).status_code == 302
    made = Assignment.objects.get(role="backup")
    assert second.reaches.get().customer_id == own.customer.pk
    assert second.notifications.count() == 1
    assert browser.post(f"/assignments/{made.pk}/end/", {"reason": "Back at work"}).status_code == 302
    assert not Assignment.objects.filter(role="backup").exists()
    assert not second.reaches.filter(ends_at=None).exists()


def test_who_is_of_another_branch_can_not_be_named(own: Story, head, manager2, signed_in, api) -> None:
    said = {"manager": manager2.pk, "since": timezone.localdate()}
    answer = signed_in(head).post(f"/customers/{own.customer.pk}/assignments/backup/", said)
    assert answer.status_code == 422 and not Assignment.objects.exists()
    over_rest = {"customer": own.customer.number, "manager": "manager2", "role": "backup", "since": "2099-01-01"}
    assert api(head).post("/api/v1/assignments/", over_rest).status_code == 400


def test_over_rest_two_primaries_and_an_end_before_the_beginning_are_refused_with_a_sentence(
    own: Story, east, head, api
) -> None:
    UserFactory(username="second", manager=True, branch=east)
    given = {"customer": own.customer.number, "manager": "second", "role": "backup", "since": "2099-01-01"}
    client = api(head)
    assert client.post("/api/v1/assignments/", given).status_code == 201
    twice = client.post("/api/v1/assignments/", given | {"since": "2099-03-01"})
    assert twice.status_code == 409 and "End that first" in str(twice.data)
    wrong = client.post("/api/v1/assignments/", given | {"role": "sponsor", "until": "2098-01-01"})
    assert wrong.status_code == 409
    primary = client.post("/api/v1/assignments/", given | {"role": "primary", "since": str(timezone.localdate())})
    assert primary.status_code == 201
    assert Customer.objects.get(pk=own.customer.pk).manager.username == "second"


def test_what_holds_on_a_day_is_found_over_rest(own: Story, auditor, api) -> None:
    ended = AssignmentFactory(customer=own.customer, since=date(2026, 1, 1), until=date(2026, 2, 1))
    for day, count in ((date(2026, 1, 31), 1), (date(2026, 2, 1), 0), (ended.since - timedelta(1), 0)):
        assert len(api(auditor).get("/api/v1/assignments/", {"on": day}).data["results"]) == count
