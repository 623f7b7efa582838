from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from crm.audit.models import Event
from crm.audit.seals import seal_events
from crm.audit.services import record
from crm.base.context_vars import request_id
from crm.base.signals import read
from customers.models import Customer

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def listed(browser, **query):
    """The ids of the events that the list shows, by the links of its rows."""
    page = browser.get(reverse("audit"), query)
    assert page.status_code == 200
    return [row.record.pk for row in page.context["table"].rows]


@pytest.fixture
def trail(own, other, manager, manager2, auditor, signed_in):
    """The auditor's browser; two looks, a change and an export."""
    browser = signed_in(auditor)
    read.send(Customer, user=manager, obj=own.customer, what="page")
    read.send(Customer, user=manager2, obj=other.customer, what="page")
    record("customer.changed", own.customer, by=manager, fields=["region"])
    record("customer.exported", "customers.customer", by=manager, kind=Event.Kind.EXPORT, rows=2)
    return browser


def ids(**conditions):
    return set(Event.objects.filter(**conditions).values_list("pk", flat=True))


def test_the_newest_stand_first(trail):
    shown = listed(trail)
    assert shown == sorted(shown, reverse=True) and len(shown) == Event.objects.count()


def test_the_trail_is_narrowed_by_who_what_customer_and_kind(trail, own, manager):
    assert set(listed(trail, who=str(manager))) == ids(actor_id=manager.pk)
    assert set(listed(trail, action="customer.changed")) == ids(action="customer.changed")
    assert set(listed(trail, customer=own.customer.number)) == ids(customer_id=own.customer.pk)
    assert set(listed(trail, kind="export")) == ids(kind="export")


def test_a_number_that_no_customer_has_finds_nothing(trail):
    assert listed(trail, customer="0") == []


def test_a_period_counts_whole_days_of_the_bank(trail, auditor):
    days = [datetime(2026, 3, 3, 23, 59, tzinfo=SHANGHAI), datetime(2026, 3, 4, 0, 1, tzinfo=SHANGHAI)]
    early, late = (
        Event.objects.create(at=at, kind="write", action="thing.done", actor_label="test", object_type="thing",
                             object_id="", object_label="", request_id="") for at in days
    )  # fmt: skip
    assert listed(trail, period_after="2026-03-04", period_before="2026-03-04") == [late.pk]
    assert listed(trail, period_after="2026-03-03", period_before="2026-03-03") == [early.pk]


def test_an_event_tells_its_details_its_seal_and_what_else_its_request_did(trail, auditor, own):
    token = request_id.set("request-9")
    event, sibling = (record("thing.done", own.customer, by=auditor, note=word) for word in ("first", "second"))
    request_id.reset(token)
    page = trail.get(reverse("audit_event", args=[event.pk]))
    assert "first" in page.text and "not sealed yet" in page.text
    assert list(page.context["siblings"]) == [sibling]
    seal_events(at=datetime(2026, 3, 5, tzinfo=SHANGHAI))
    assert "not sealed yet" not in trail.get(reverse("audit_event", args=[event.pk])).text


def test_the_customer_page_has_an_access_log_for_auditors_alone(trail, own, manager, signed_in):
    address = reverse("customer", args=[own.customer.pk])
    page = trail.get(address, {"tab": "access"})
    assert page.status_code == 200
    assert f"{reverse('audit')}?customer={own.customer.number}" in page.text
    assert "customer.changed" in page.text
    assert signed_in(manager).get(address, {"tab": "access"}).status_code == 404


def test_the_trail_can_be_taken_along_and_that_is_an_event_too(trail):
    file = trail.get(reverse("audit"), {"export": "csv", "kind": "export"})
    assert file.status_code == 200
    assert b"customer.exported" in b"".join(file.streaming_content) if file.streaming else file.content
    assert Event.objects.filter(action="event.exported").exists()
