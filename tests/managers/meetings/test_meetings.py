"""A manager meets a customer: never two at once, cancelled for a reason, on the day and in the calendar without a name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Customer
from managers.day.calendar import drawn, times_of
from managers.day.reading import day_of
from managers.meetings.services import arrange_meeting, cancel_meeting
from managers.models import Meeting
from tests.at_once import at_once
from tests.factories import CustomerFactory, HandoverFactory, InteractionFactory, MeetingFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
API = "/api/v1/meetings/"


def arranged(own, by, **said) -> Meeting:
    given = {"starts_at": NOW + DAY, "minutes": 60, "channel": "visit", "subject": " Yearly  review ", "at": NOW}
    return arrange_meeting(customer=own.customer, by=by, **given | said)


def test_it_stands_in_the_managers_calendar(own, manager):
    made = arranged(own, manager)
    assert (made.manager, made.ends_at, made.subject) == (manager, NOW + DAY + HOUR, "Yearly review")
    assert Event.objects.get(action="meeting.arranged").customer_id == own.customer.pk


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_at": NOW}, "starts_at"),
        ({"starts_at": NOW + 400 * DAY}, "starts_at"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"channel": "sms"}, "channel"),
    ],
)
def test_what_is_no_meeting_is_refused_beside_its_field(own, manager, said, field):
    with pytest.raises(RuleBroken) as refusal:
        arranged(own, manager, **said)
    assert refusal.value.field == field and not Meeting.objects.exists()


def test_nobody_meets_who_has_left(own, manager):
    Customer.objects.filter(pk=own.customer.pk).update(status="closed")
    with pytest.raises(RuleBroken, match="with this status"):
        arranged(own, manager)


def test_nobody_has_two_at_once_and_the_database_promises_it(own, manager, manager2):
    made = arranged(own, manager)
    with pytest.raises(RuleBroken, match="another meeting"):
        arranged(own, manager, starts_at=NOW + DAY + HOUR / 2)
    arranged(own, manager, starts_at=NOW + DAY + HOUR)  # right after it
    arranged(own, manager2)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(manager=manager, starts_at=made.starts_at)
    cancel_meeting(meeting=made, reason="Ill", by=manager, at=NOW)
    arranged(own, manager)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_arranged_at_once_one_stands(own, manager):
    customers = [own.customer, CustomerFactory(manager=manager)]
    acts = [
        lambda who=who: arrange_meeting(
            customer=who, starts_at=NOW + DAY, minutes=60, channel="visit", by=manager, at=NOW
        )
        for who in customers
    ]
    wrong = at_once(acts)
    assert len(wrong) == 1 and isinstance(wrong[0], RuleBroken) and Meeting.objects.count() == 1


def test_it_is_cancelled_once_before_its_end_for_a_reason(own, manager):
    made = arranged(own, manager)
    with pytest.raises(RuleBroken, match="Say why"):
        cancel_meeting(meeting=made, reason=" ", by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="is over"):
        cancel_meeting(meeting=made, reason="Ill", by=manager, at=NOW + 2 * DAY)
    with pytest.raises(RuleBroken, match="in the meantime"):
        cancel_meeting(meeting=made, reason="Ill", by=manager, at=NOW, version=9)
    cancel_meeting(meeting=made, reason="Ill", by=manager, at=NOW, version=1)
    with pytest.raises(RuleBroken, match="cancelled already"):
        cancel_meeting(meeting=made, reason="Ill", by=manager, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=made.pk).update(reason="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=made.pk).update(starts_at=NOW)


def test_it_stands_on_the_day_until_a_contact_is_logged(own, manager):
    today, now = timezone.localdate(), timezone.now()
    met = MeetingFactory(customer=own.customer, manager=manager, starts_at=now - DAY, subject="Funds")
    MeetingFactory(customer=own.customer, manager=manager, starts_at=now + 2 * DAY)
    MeetingFactory(customer=own.customer, starts_at=now)  # of somebody else
    (row,) = day_of(manager, on=today).rows
    assert row.reason.endswith("Nothing is logged yet: Funds") and row.about == str(met.pk)
    InteractionFactory(customer=own.customer, at=now)
    assert day_of(manager, on=today).rows == []


def test_it_goes_with_the_customer_to_who_takes_them_on(own, manager, manager2):
    now, today = timezone.now(), timezone.localdate()
    MeetingFactory(customer=own.customer, manager=manager, starts_at=now)
    HandoverFactory(customer=own.customer, giver=manager, receiver=manager2, handed_on=today)
    Customer.objects.filter(pk=own.customer.pk).update(manager=manager2)
    assert [len(times_of(each, now)) for each in (manager, manager2)] == [0, 1]
    assert [len(day_of(each, on=today).rows) for each in (manager, manager2)] == [0, 1]


def test_the_calendar_has_its_times_and_no_name(own, manager):
    MeetingFactory(customer=own.customer, manager=manager, subject="Funds")
    MeetingFactory(
        customer=own.customer,
        manager=manager,
        cancelled_at=timezone.now(),
        reason="Ill",
        starts_at=timezone.now() + DAY,
    )
    text = drawn(manager, timezone.now()).decode()
    assert text.count("BEGIN:VEVENT") == 1 and "Funds" not in text and own.customer.name not in text


def test_it_is_arranged_and_cancelled_on_pages_at_one_price(own, other, manager, signed_in, queries):
    MeetingFactory(customer=other.customer)
    client, url = signed_in(manager), f"/customers/{own.customer.pk}/meetings/new/"
    ahead = timezone.localtime() + DAY
    form = {"starts_at": ahead.strftime("%Y-%m-%dT%H:%M"), "minutes": "45", "channel": "phone", "subject": "Funds"}
    assert client.post(url, form | {"minutes": "0"}).status_code == 422
    assert client.post(url, form).status_code == 302
    with queries("meetings"):
        page = client.get("/meetings/?ahead=true").content.decode()
    made = Meeting.objects.get(customer=own.customer)
    assert f"/meetings/{made.pk}/cancel/" in page and other.customer.name not in page
    assert client.post(f"/meetings/{made.pk}/cancel/", {"version": "1", "reason": "Ill"}).status_code == 302
    assert "cancelled" in client.get("/meetings/").content.decode()


def test_rest_arranges_once_and_cancels(own, other, manager, api):
    body = {
        "customer": own.customer.number,
        "starts_at": (timezone.now() + DAY).isoformat(),
        "minutes": 30,
        "channel": "visit",
    }
    key = {"Idempotency-Key": "m-1"}
    first = api(manager).post(API, body, format="json", headers=key)
    assert (first.status_code, api(manager).post(API, body, format="json", headers=key).json()) == (201, first.json())
    assert api(manager).post(API, body, format="json").status_code == 409
    assert api(manager).post(API, body | {"customer": other.customer.number}, format="json").status_code == 400
    url = f"{API}{first.json()['id']}/cancel/"
    assert api(manager).post(url, {"version": 9, "reason": "Ill"}, format="json").status_code == 409
    assert api(manager).post(url, {"version": 1, "reason": "Ill"}, format="json").json()["reason"] == "Ill"
