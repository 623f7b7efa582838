"""The calendar holds times and nothing else, under an address that is shown once and can be made anew."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.utils import timezone

from managers.day.calendar import renew_feed
from managers.models import CalendarFeed
from tests.factories import EventFactory, InvitationFactory

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def event(own, manager2):
    """To which a customer of the manager comes."""
    found = EventFactory(
        host=manager2, name="Wine tasting", place="Hotel Astoria", starts_at=SOON, ends_at=SOON + timedelta(hours=2)
    )
    InvitationFactory(event=found, customer=own.customer, accepted=True)
    return found


def feed(client, secret: str):
    return client.get(f"/calendar/{secret}.ics")


def test_it_holds_times_and_no_names(own, manager, event, client):
    EventFactory(starts_at=SOON, ends_at=SOON + timedelta(hours=1))  # of somebody else
    EventFactory(host=manager, starts_at=SOON, ends_at=SOON + timedelta(hours=1), state="cancelled", reason="Rain")
    answer = feed(client, renew_feed(user=manager, at=timezone.now()))
    sheet = icalendar.Calendar.from_ical(answer.content)
    (found,) = sheet.walk("VEVENT")
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (
        SOON.astimezone(UTC),
        (SOON + timedelta(hours=2)).astimezone(UTC),
    )
    text = answer.content.decode()
    assert not any(
        word in text for word in (own.customer.name, own.customer.number, "Wine", "Astoria", manager.username)
    )
    assert (answer.headers["Content-Type"], "no-store" in answer.headers["Cache-Control"]) == (
        "text/calendar; charset=utf-8",
        True,
    )


def test_a_new_address_ends_the_old_one(manager, client):
    old = renew_feed(user=manager, at=timezone.now())
    new = renew_feed(user=manager, at=timezone.now())
    assert [feed(client, secret).status_code for secret in (old, new, "x")] == [404, 200, 404]
    assert new not in CalendarFeed.objects.get().secret_hash


def test_who_has_left_or_has_another_role_has_no_calendar(manager, client):
    secret = renew_feed(user=manager, at=datetime(2026, 1, 1, tzinfo=UTC))
    manager.role = "teller"
    manager.save()
    assert feed(client, secret).status_code == 404
    manager.role, manager.is_active = "manager", False
    manager.save()
    assert feed(client, secret).status_code == 404


def test_the_address_is_shown_once_and_ended_on_the_page(manager, signed_in, client):
    browser = signed_in(manager)
    assert "There is no address yet" in browser.get("/calendar/").content.decode()
    page = browser.post("/calendar/").content.decode()
    url = page.split('value="http://testserver')[1].split('"')[0]
    assert client.get(url).status_code == 200 and url not in browser.get("/calendar/").content.decode()
    browser.post("/calendar/", {"end": "1"})
    assert client.get(url).status_code == 404
