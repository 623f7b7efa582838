"""Who comes to a branch: VIPs are told of at once, bookings take a manager and a room once, and the hall counts everybody once."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from managers.models import Absence, Meeting
from segmentation.models import Tier
from service.models import Booking, QueueNumber
from service.queue.taking import take_number
from service.reception import services
from tests.at_once import at_once
from tests.factories import (
    AbsenceFactory,
    BookingFactory,
    BranchQueueFactory,
    BusinessKindFactory,
    CounterFactory,
    CustomerFactory,
    QueueNumberFactory,
    RoomFactory,
    TeamFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)
from tests.segmentation.standards.bank import line, use

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def queue(east):
    queue = BranchQueueFactory(branch=east, lobby=TeamFactory())
    CounterFactory(queue=queue)
    return queue


@pytest.fixture
def gold(db, other):
    """Of another branch and its manager."""
    use(line("gold", "card", queue_weight=1))
    TierPeriodFactory(customer=other.customer, tier=Tier.objects.get(code="gold"))
    other.customer.manager = UserFactory(manager=True, branch=other.customer.branch)
    other.customer.save()
    return other.customer


def test_manager_cover_and_lobby_know_of_a_vip_within_ten_seconds(queue, gold, teller, api):
    cover, greeter = UserFactory(manager=True, branch=gold.branch), UserFactory(teller=True, branch=queue.branch)
    today = timezone.localdate()
    AbsenceFactory(manager=gold.manager, cover=cover, since=today, until=today + DAY)
    queue.lobby.members.add(greeter, teller)
    client = api(teller)
    client.get("/api/v1/queue/")  # the first request of a process reads all routes
    began = monotonic()
    made = client.post("/api/v1/queue/", {"branch": "EAST", "kind": "cash", "text": gold.number}, format="json")
    assert made.status_code == 201 and monotonic() - began < 10
    told = {alert.user: alert for alert in Notification.objects.all()}
    assert set(told) == {gold.manager, cover, greeter}
    assert gold.name in told[cover].text and told[cover].url == f"/customers/{gold.pk}/"
    assert gold.name not in told[greeter].text and "Gold" in told[greeter].text and "C001" in told[greeter].text


def test_nobody_is_told_of_others_and_without_a_lobby_the_head_is(queue, gold, teller, head):
    kind = BusinessKindFactory()
    take_number(queue=queue, kind=kind, by=teller, at=NOW)
    take_number(queue=queue, kind=kind, text=CustomerFactory(branch=queue.branch).number, by=teller, at=NOW)
    assert not Notification.objects.exists()
    queue.lobby = None
    queue.save()
    take_number(queue=queue, kind=kind, text=gold.number, by=teller, at=NOW)
    assert {alert.user for alert in Notification.objects.all()} == {gold.manager, head}


def test_a_booking_takes_manager_and_room_once_and_moves_with_both(own, manager, manager2, teller):
    room, other = RoomFactory(), RoomFactory()
    said = {"customer": own.customer, "starts_at": NOW + DAY, "minutes": 60, "by": teller, "at": NOW}
    made = services.book(manager=manager, room=room, subject="Review", **said)
    assert (made.state, made.ends_at, made.meeting.manager) == ("booked", NOW + DAY + HOUR, manager)
    with pytest.raises(RuleBroken, match="another meeting at this time"):
        services.book(manager=manager, room=other, **said)
    with pytest.raises(RuleBroken, match="room is taken") as refusal:
        services.book(manager=manager2, room=room, **said)
    assert refusal.value.field == "room" and Meeting.objects.count() == 1
    when = {"starts_at": NOW + DAY + HOUR / 2, "minutes": 30, "room": room, "by": teller, "at": NOW}
    moved = services.move(booking=made, **when)
    made.refresh_from_db()
    assert (made.state, moved.moved_from, moved.meeting.subject) == ("cancelled", made, "Review")
    assert Meeting.objects.standing().get() == moved.meeting
    with pytest.raises(RuleBroken, match="is over: Cancelled"):
        services.move(booking=made, **when)
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingFactory(room=room, meeting__starts_at=moved.starts_at, meeting__ends_at=moved.ends_at)
    assert Notification.objects.filter(user=manager).count() == 3


def test_who_is_away_is_not_booked_and_the_cover_is_named(own, manager, manager2, teller):
    day = timezone.localdate(NOW + DAY)
    AbsenceFactory(manager=manager, cover=manager2, since=day, until=day + DAY)
    said = {"customer": own.customer, "room": RoomFactory(), "minutes": 60, "by": teller, "at": NOW}
    with pytest.raises(RuleBroken, match=f"is away on this day; {manager2} covers") as refusal:
        services.book(manager=manager, starts_at=NOW + DAY, **said)
    assert refusal.value.field == "manager"
    services.book(manager=manager, starts_at=NOW + 2 * DAY, **said)
    Absence.objects.update(cover=None)
    with pytest.raises(RuleBroken, match=r"is away on this day\.$"):
        services.book(manager=manager, starts_at=NOW + DAY, **said)
    with pytest.raises(RuleBroken, match="is no manager"):
        services.book(manager=teller, starts_at=NOW + DAY, **said)
    closed = RoomFactory(is_used=False)
    with pytest.raises(RuleBroken, match="not in use"):
        services.book(manager=manager2, starts_at=NOW + DAY, **said | {"room": closed})


def test_who_arrives_is_said_to_the_manager_and_who_does_not_is_kept(own, manager, teller):
    room = RoomFactory()
    said = {"customer": own.customer, "manager": manager, "room": room, "minutes": 30, "by": teller, "at": NOW}
    first, second = (services.book(starts_at=NOW + hours * HOUR, **said) for hours in (1, 2))
    with pytest.raises(RuleBroken, match="not begun yet"):
        services.miss(booking=second, by=teller, at=NOW + HOUR)
    with pytest.raises(RuleBroken, match="of another day"):
        services.arrive(booking=first, by=teller, at=NOW - DAY)
    with pytest.raises(RuleBroken, match="changed this booking"):
        services.arrive(booking=first, by=teller, at=NOW, version=9)
    arrived = services.arrive(booking=first, by=teller, at=NOW + HOUR)
    assert arrived.arrived_at == NOW + HOUR and "Here for you" in Notification.objects.filter(user=manager).first().text
    assert services.miss(booking=second, by=teller, at=NOW + 3 * HOUR).state == "no_show"
    with pytest.raises(RuleBroken, match="is over"):
        services.cancel(booking=first, reason="Ill", by=teller, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_book_a_room_at_once_one_gets_it() -> None:
    room, by = RoomFactory(), UserFactory(teller=True)
    people = [UserFactory(manager=True) for _count in range(6)]
    customers = [CustomerFactory(manager=user) for user in people]

    def book(place: int) -> None:
        services.book(
            customer=customers[place], manager=people[place], room=room, starts_at=NOW + DAY, minutes=60, by=by, at=NOW
        )

    wrong = at_once([lambda place=place: book(place) for place in range(6)])
    assert len(wrong) == 5 and all(isinstance(error, RuleBroken) for error in wrong)
    assert Booking.objects.count() == Meeting.objects.count() == 1


def test_the_hall_counts_everybody_once_by_tier(queue, own, gold, manager, teller, signed_in, queries):
    now, tier = timezone.now(), Tier.objects.get(code="gold")
    QueueNumberFactory(queue=queue, customer=gold, tier=tier, weight=1)
    QueueNumberFactory(queue=queue, called=True, counter=queue.counters.first())
    QueueNumberFactory(queue=queue, served=True)
    TierPeriodFactory(customer=own.customer, tier=TierFactory(code="gold"))
    meeting = {"meeting__customer": own.customer, "meeting__manager": manager}
    BookingFactory(room__branch=queue.branch, meeting__starts_at=now, meeting__ends_at=now + HOUR / 4, **meeting)
    browser = signed_in(teller)
    with queries("reception"):
        page = browser.get("/reception/")
    lines = {line.code: (line.here, line.waiting, line.expected) for line in page.context["lines"]}
    assert lines == {"gold": (0, 1, 1), "": (1, 0, 0)}
    assert gold.name not in page.text and own.customer.name in page.text
    assert "<html" not in browser.get("/reception/", headers={"HX-Request": "true"}).text
    assert QueueNumber.objects.count() == 3


def test_a_teller_books_and_moves_on_pages_and_over_rest(own, manager, teller, signed_in, api, queries):
    room, day = RoomFactory(), timezone.localdate() + 2 * DAY
    typed = {"customer": own.customer.number, "starts_at": f"{day}T10:00", "minutes": "30", "room": room.pk}
    browser = signed_in(teller)
    browser.post("/bookings/add/", typed)
    booking = Booking.objects.get()
    assert booking.meeting.manager == manager
    page = browser.post("/bookings/add/", typed)
    assert page.status_code == 422 and "another meeting at this time" in page.text
    with queries("booking"):
        assert own.customer.name in browser.get(f"/bookings/{booking.pk}/").text
    with queries("bookings"):
        assert own.customer.name in browser.get(f"/bookings/?day={day}").text
    url, client = f"/api/v1/bookings/{booking.pk}/", api(teller)
    said = {"version": 1, "starts_at": f"{day}T15:00:00+08:00", "minutes": 30, "room": room.pk}
    moved = client.post(f"{url}move/", said, format="json")
    assert moved.status_code == 200 and moved.json()["moved_from"] == booking.pk
    assert client.post(f"{url}cancel/", {"version": 2, "reason": "Ill"}, format="json").status_code == 409
