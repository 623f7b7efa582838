"""The book after another contact plan is reckoned share by share, apart from the request, and tells how far it is."""

from datetime import timedelta

import pytest
from django.db import DataError
from django.utils import timezone

from crm.jobs.models import Partition, RowError, Run
from customers.models import Customer
from managers.cadence import due, runs
from managers.cadence.publishing import publish_plan
from managers.models import DueContact
from tests.factories import CustomerFactory, TierFactory, TierPeriodFactory

pytestmark = pytest.mark.django_db
CONTENT = {"lines": [{"tier": "gold", "every": 90}]}


@pytest.fixture
def run(approver, monkeypatch) -> Run:
    """Five gold customers in shares of two; a plan that holds from today was published."""
    monkeypatch.setattr(runs, "BATCH", 2)
    for customer in CustomerFactory.create_batch(5):
        TierPeriodFactory(customer=customer, gold=True)
    publish_plan(content=CONTENT, by=approver, day=timezone.localdate())
    return runs.newest()


def test_publishing_opens_it_and_reads_no_book(run):
    assert (run.status, run.parameters, DueContact.objects.count()) == ("queued", {"plan": 1}, 0)
    assert not run.partitions.exists()


def test_shares_are_done_one_by_one_and_it_ends_once_and_tells_who_approved(run, approver):
    runs.prepare(run)
    runs.prepare(run)
    assert [high - low for low, high in run.partitions.values_list("low", "high")] == [2, 2, 1]
    for _ in range(2):
        runs.carry_on(run)
    run.refresh_from_db()
    assert (run.status, run.rows_done, run.rows_total, run.result) == ("completed", 5, 5, {"changed": 5})
    assert DueContact.objects.count() == 5 and runs.unfinished() == []
    assert approver.notifications.get().text == "By the contact plan 5 contacts are due on other days than before."


def test_a_share_that_is_spoiled_is_named_and_holds_up_no_other(run, monkeypatch):
    spoiled = Customer.objects.order_by("pk").values_list("pk", flat=True)[0]

    def keep(*, customers, **said):
        if spoiled in customers:
            raise DataError("numeric field overflow")
        return due.keep_due(customers=customers, **said)

    monkeypatch.setattr(runs, "keep_due", keep)
    runs.carry_on(run)
    run.refresh_from_db()
    assert (run.status, DueContact.objects.count()) == ("completed_with_errors", 4)
    assert RowError.objects.get(run=run).customer_id == spoiled
    assert Partition.objects.filter(run=run, status="split").count() == 1


def test_a_plan_to_come_is_reckoned_on_its_day(approver):
    TierFactory(gold=True)
    publish_plan(content=CONTENT, by=approver, day=timezone.localdate() + timedelta(days=1))
    assert runs.newest() is None


def test_pages_tell_how_far_it_is_and_what_became_of_it(run, admin, head, signed_in, queries):
    browser, fragment = signed_in(admin), {"HX-Request": "true"}
    runs.prepare(run)
    assert "0 of 5 customers" in browser.get("/contact-plan/").text
    address = f"/contact-plan/runs/{run.pk}/"
    part = browser.get(address, headers=fragment).text
    assert "<html" not in part and 'hx-trigger="load delay:1s"' in part
    assert "is being reckoned" in signed_in(head).get("/cadence/").text
    runs.carry_on(run)
    part = browser.get(address, headers=fragment).text
    assert "5 contacts are due on other days" in part and "hx-trigger" not in part
    with queries("contact_plan"):
        page = browser.get("/contact-plan/").text
    assert "5 contacts are due on other days" in page
    assert "is being reckoned" not in signed_in(head).get("/cadence/").text
