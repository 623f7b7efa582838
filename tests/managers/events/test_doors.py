"""Events and guests on their pages, on the customer's, over REST and on the admin site."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from customers.duplicates.services import merge_customers, undo_merge
from managers.events.answering import answer_invitation
from managers.events.subjects import TAKEN
from managers.models import Event, Invitation
from tests.factories import (
    ConsentFactory,
    CustomerFactory,
    EventFactory,
    InvitationFactory,
    SegmentMembershipFactory,
    TierFactory,
)

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 4, 12))


@pytest.fixture
def dinner(east, head) -> Event:
    return EventFactory(name="Spring dinner", branch=east, host=head, places=1)


@pytest.fixture
def guest(dinner, own, manager) -> Invitation:
    return InvitationFactory(event=dinner, customer=own.customer, invited_by=manager)


@pytest.fixture
def by_day(monkeypatch):
    """Phones ring at any hour of the test."""
    monkeypatch.setattr("customers.contacting.contactable.is_quiet", lambda at: False)


def accept(guest: Invitation, by) -> Invitation:
    return answer_invitation(invitation=guest, state="accepted", by=by, at=NOON)


def test_the_list_filters_and_counts(dinner, east, signed_in, manager, queries):
    EventFactory(name="Old show", branch=east, kind="show", state="held")
    client = signed_in(manager)
    with queries("events"):
        page = client.get("/events/").text
    assert "Spring dinner" in page and "Old show" in page
    found = client.get("/events/?is_ahead=true&q=spring").text
    assert "Spring dinner" in found and "Old show" not in found
    assert "Spring dinner" in b"".join(client.get("/events/?export=csv")).decode("utf-8-sig")


def test_a_manager_sees_the_count_of_all_guests_and_the_names_of_those_in_reach(
    dinner, guest, other, signed_in, manager, queries
):
    InvitationFactory(event=dinner, customer=other.customer)
    client = signed_in(manager)
    with queries("event"):
        page = client.get(f"/events/{dinner.pk}/")
    assert page.context["figures"]["everybody"] == 2
    assert own_name(guest) in page.text and other.customer.name not in page.text


def own_name(guest: Invitation) -> str:
    return guest.customer.name


def test_events_of_head_office_are_for_all_and_those_of_another_branch_for_nobody_here(
    head_office, west, signed_in, manager, head, teller
):
    EventFactory(name="For all", branch=head_office), EventFactory(name="Of the west", branch=west)
    for user in (manager, teller, head):
        page = signed_in(user).get("/events/").text
        assert "For all" in page and "Of the west" not in page
    of_all = Event.objects.get(name="For all")
    assert signed_in(head).get(f"/events/{of_all.pk}/change/").status_code == 404


def test_a_head_plans_changes_and_opens_an_event_with_a_quota(head, manager, east, signed_in):
    gold = TierFactory(gold=True)
    client = signed_in(head)
    typed = {
        "name": "Concert", "kind": "show", "branch": east.pk, "place": "Hall", "starts_at": "2099-03-01T19:00",
        "ends_at": "2099-03-01T18:00", "places": 40, "currency": "CNY", "host": manager.pk, f"quota_{gold.pk}": 5,
    }  # fmt: skip
    refused = client.post("/events/new/", typed)
    assert refused.status_code == 422 and "ends after it begins" in refused.text
    client.post("/events/new/", typed | {"ends_at": "2099-03-01T22:00"})
    event = Event.objects.get()
    assert (event.state, [(q.tier, q.invitations) for q in event.quotas.all()]) == ("planned", [(gold, 5)])
    client.post(f"/events/{event.pk}/open/")
    changed = {"ends_at": "2099-03-01T23:00", f"quota_{gold.pk}": ""}
    assert client.post(f"/events/{event.pk}/change/", typed | changed | {"version": 1}).status_code == 422
    assert client.post(f"/events/{event.pk}/change/", typed | changed | {"version": 2}).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.quotas.count(), event.ends_at.year) == ("open", 0, 2099)


def test_a_segment_is_invited_as_far_as_it_may_be(dinner, own, other, signed_in, manager, by_day, queries):
    quiet = CustomerFactory(name="Quiet", manager=manager, branch=manager.branch)
    member = SegmentMembershipFactory(customer=own.customer)
    for customer in (quiet, other.customer):
        SegmentMembershipFactory(customer=customer, segment=member.segment)
    ConsentFactory(customer=own.customer, channel="phone"), ConsentFactory(customer=other.customer, channel="phone")
    client, address = signed_in(manager), f"/events/{dinner.pk}/invite/"

    assert "Whom do you want to invite?" in client.get(address).text
    with queries("event:invite"):
        page = client.get(address, {"segment": member.segment.code, "channel": "phone"})
    assert [(str(each.customer), bool(each.reason)) for each in page.context["judged"]] == [
        ("Quiet", True), (own.customer.name, False),
    ]  # fmt: skip
    assert "no marketing consent" in page.text and other.customer.name not in page.text
    chosen = {"channel": "phone", "customers": [own.customer.pk, quiet.pk]}
    told = client.post(address, chosen, follow=True).text
    assert "1 customer is invited." in told and "Quiet: no marketing consent" in told
    client.post(address, chosen | {"customers": [other.customer.pk]})
    assert list(dinner.invitations.values_list("customer", flat=True)) == [own.customer.pk]


def test_an_answer_takes_two_clicks_and_a_place(dinner, guest, signed_in, manager, teller):
    client = signed_in(manager)
    assert f"/events/guests/{guest.pk}/answer/" in client.get(f"/events/{dinner.pk}/").text
    assert f"/events/guests/{guest.pk}/answer/" not in signed_in(teller).get(f"/events/{dinner.pk}/").text
    address = f"/events/guests/{guest.pk}/answer/"
    assert "Spring dinner" in client.get(address).text
    refused = client.post(address, {"state": "accepted", "companions": 1, "version": 1})
    assert refused.status_code == 422 and "There are not as many places." in refused.text
    assert client.post(address, {"state": "accepted", "companions": 0, "version": 1}).status_code == 302
    stale = client.post(address, {"state": "declined", "version": 1})
    assert stale.status_code == 422 and "another answer in the meantime" in stale.text
    guest.refresh_from_db()
    assert (guest.state, guest.places_taken, guest.changed_by) == ("accepted", 1, manager)


def test_a_teller_checks_in_at_the_door(own, east, signed_in, teller):
    guest = InvitationFactory(event=EventFactory(branch=east, today=True), customer=own.customer, accepted=True)
    client = signed_in(teller)
    assert "Check in" in client.get(f"/events/{guest.event_id}/").text
    client.post(f"/events/guests/{guest.pk}/check-in/")
    guest.refresh_from_db()
    assert guest.state == "attended" and guest.checked_in_at is not None


def test_the_customers_page_and_timeline_tell_of_it(guest, own, signed_in, manager, west):
    elsewhere = InvitationFactory(event=EventFactory(name="Of the west", branch=west), customer=own.customer).event
    client = signed_in(manager)
    page = client.get(f"/customers/{own.customer.pk}/").text
    assert f'"/events/{guest.event_id}/"' in page and "Of the west" in page and f"/events/{elsewhere.pk}/" not in page
    accept(guest, manager)
    page = client.get(f"/customers/{own.customer.pk}/timeline/", {"kind": "event"}).text
    assert "Spring dinner" in page and "Accepted" in page and f"/events/{elsewhere.pk}/" not in page


def test_a_merge_keeps_one_invitation_with_the_answer_of_either(dinner, guest, own, manager, head):
    absorbed = CustomerFactory(name=own.customer.name, manager=manager, branch=manager.branch)
    twice = accept(InvitationFactory(event=dinner, customer=absorbed), manager)
    only = InvitationFactory(event=EventFactory(), customer=absorbed)
    merge = merge_customers(survivor=own.customer, absorbed=absorbed, reason="The same", by=head, at=NOON)
    for row in (guest, twice, only):
        row.refresh_from_db()
    assert (guest.state, twice.state, only.customer) == ("accepted", "cancelled", own.customer)
    dinner.refresh_from_db()
    assert dinner.taken == 1
    assert undo_merge(merge=merge, reason="Two people", by=head, at=NOON) == ["Invitations"]
    only.refresh_from_db()
    assert only.customer == absorbed


def test_who_is_erased_leaves_the_place_to_who_waits(dinner, guest, own, manager):
    accept(guest, manager)
    waiting = accept(InvitationFactory(event=dinner), manager)
    assert waiting.state == "waiting"
    TAKEN.take(type("Subject", (), {"ids": [own.customer.pk]})())
    guest.refresh_from_db(), waiting.refresh_from_db()
    assert (guest.state, waiting.state) == ("cancelled", "accepted")


def test_rest_plans_invites_answers_and_checks_in(head, manager, own, other, east, api, by_day):
    client = api(head)
    gold = TierFactory(gold=True)
    begins = timezone.now() + timedelta(minutes=5)
    said = {
        "name": "Gala", "kind": "reception", "branch": east.code, "place": "Hall", "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=1)).isoformat(), "places": 1, "host": "head", "budget": "5000.00",
        "quotas": [{"customer_kind": gold.scheme.customer_kind, "tier": gold.code, "invitations": 3}],
    }  # fmt: skip
    assert client.post("/api/v1/events/", said | {"quotas": "x"}, format="json").status_code == 400
    assert client.post("/api/v1/events/", said | {"places": -1}, format="json").status_code == 400
    made = client.post("/api/v1/events/", said, format="json", headers={"Idempotency-Key": "k1"})
    again = client.post("/api/v1/events/", said, format="json", headers={"Idempotency-Key": "k1"})
    assert made.status_code == 201 and again.json()["id"] == made.json()["id"] and Event.objects.count() == 1
    address = f"/api/v1/events/{made.json()['id']}/"
    assert client.patch(address, {"places": 2}, format="json").status_code == 428
    changed = client.patch(address, {"places": 2}, format="json", headers={"If-Match": made["ETag"]})
    assert (changed.json()["places"], len(changed.json()["quotas"])) == (2, 1)
    assert client.patch(address, {"places": 3}, format="json", headers={"If-Match": made["ETag"]}).status_code == 412
    assert client.post(f"{address}open/").json()["state"] == "open"
    assert api(manager).post(f"{address}cancel/", {"reason": "x"}).status_code == 403

    ConsentFactory(customer=own.customer, channel="phone")
    program, guests = api(manager), f"{address}invitations/"
    beyond = program.post(guests, {"customers": [other.customer.number], "channel": "phone"}, format="json")
    assert beyond.status_code == 400 and other.customer.number in str(beyond.json()["errors"])
    asked = {"customers": [own.customer.number], "channel": "phone"}
    invited = program.post(guests, asked, format="json").json()
    assert program.post(guests, asked, format="json").json()["refused"][0]["reason"] == "invited already"
    one = f"{guests}{invited['invited'][0]['id']}/"
    tag = program.get(one)["ETag"]
    answered = program.patch(one, {"state": "accepted", "companions": 1}, format="json", headers={"If-Match": tag})
    assert (answered.json()["state"], answered.json()["places_taken"]) == ("accepted", 2)
    assert (
        program.patch(one, {"companions": 0}, format="json", headers={"If-Match": answered["ETag"]}).status_code == 400
    )
    assert program.get(f"{address}figures/").json()["taken"] == 2
    assert program.get(guests, {"state": "accepted"}).json()["results"][0]["customer"] == own.customer.number


def test_the_admin_site_shows_them(dinner, guest, signed_in, auditor):
    assert "Spring dinner" in signed_in(auditor).get("/admin/managers/event/").text
    assert own_name(guest) in signed_in(auditor).get("/admin/managers/invitation/").text
