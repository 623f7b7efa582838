"""Planning, inviting and answering: places, the waiting list, quotas, who is not invited."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from crm.audit.models import Event as Trail
from crm.base.errors import RuleBroken
from managers.events.answering import answer_invitation, check_in
from managers.events.inviting import invite
from managers.events.planning import cancel_event, change_event, close_answers, close_event, open_event, plan_event
from managers.models import Event, Invitation
from tests.factories import (
    ConsentFactory,
    CustomerFactory,
    EventFactory,
    FlagFactory,
    InvitationFactory,
    TierFactory,
    TierPeriodFactory,
    TierQuotaFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)


@pytest.fixture
def dinner(east, head) -> Event:
    return EventFactory(branch=east, host=head, places=2)


@pytest.fixture
def guests(dinner, manager) -> list[Invitation]:
    rows = [CustomerFactory(manager=manager, branch=manager.branch) for _ in range(4)]
    return [InvitationFactory(event=dinner, customer=row, invited_by=manager) for row in rows]


def say(guest: Invitation, state: str, by, companions: int = 0) -> Invitation:
    return answer_invitation(invitation=guest, state=state, companions=companions, by=by, at=NOON)


def states(event: Event) -> list[str]:
    return list(event.invitations.order_by("pk").values_list("state", flat=True))


def test_who_accepts_has_a_place_with_companions_and_who_finds_none_waits_in_order(dinner, guests, manager):
    say(guests[0], "accepted", manager, companions=1)
    say(guests[2], "accepted", manager)
    say(guests[1], "accepted", manager)

    assert states(dinner) == ["accepted", "waiting", "waiting", "invited"]
    assert list(dinner.invitations.waiting()) == [guests[2], guests[1]]
    dinner.refresh_from_db()
    assert (dinner.taken, dinner.left) == (2, 0)


def test_the_first_whom_the_free_places_fit_gets_them_and_their_manager_is_told(dinner, guests, manager):
    say(guests[0], "accepted", manager)
    say(guests[3], "accepted", manager)
    say(guests[1], "accepted", manager, companions=1)
    say(guests[2], "accepted", manager)

    after = say(guests[0], "declined", manager)

    assert after.state == "cancelled" and after.companions == 0
    assert states(dinner) == ["cancelled", "waiting", "accepted", "accepted"]
    told = manager.notifications.get()
    assert str(guests[2].customer) in told.text and told.url == f"/events/{dinner.pk}/"


def test_more_places_go_to_who_waits_and_there_are_never_fewer_than_are_taken(dinner, guests, manager, head):
    say(guests[0], "accepted", manager, companions=1)
    say(guests[1], "accepted", manager)

    change_event(event=dinner, version=1, places=3, by=head, at=NOON)

    assert states(dinner)[:2] == ["accepted", "accepted"]
    with pytest.raises(RuleBroken, match="3 places are taken") as refusal:
        change_event(event=dinner, version=2, places=2, by=head, at=NOON)
    assert refusal.value.field == "places"
    with pytest.raises(RuleBroken, match="in the meantime"):
        change_event(event=dinner, version=1, places=9, by=head, at=NOON)


def test_who_has_a_place_keeps_it_when_more_companions_do_not_fit(dinner, guests, manager):
    say(guests[0], "accepted", manager)
    say(guests[1], "accepted", manager)
    with pytest.raises(RuleBroken, match="Only 0 places are left"):
        say(guests[0], "accepted", manager, companions=1)
    with pytest.raises(RuleBroken, match="not as many places") as refusal:
        say(guests[2], "accepted", manager, companions=2)
    assert refusal.value.field == "companions"
    guests[0].refresh_from_db()
    assert guests[0].state == "accepted" and guests[0].companions == 0


def test_the_database_promises_that_no_event_is_overbooked(dinner, guests):
    rows = dinner.invitations.filter(pk__in=[guest.pk for guest in guests[:3]])
    with pytest.raises(IntegrityError, match="event_not_overbooked"), transaction.atomic():
        rows.update(state="accepted", answered_at=NOON)
    with pytest.raises(DatabaseError, match="taken by its guests"), transaction.atomic():
        Event.objects.filter(pk=dinner.pk).update(taken=1)


def test_each_state_stays_in_the_history(dinner, guests, manager):
    say(guests[0], "accepted", manager)
    say(guests[0], "declined", manager)
    steps = list(guests[0].steps.order_by("pgh_id").values_list("state", "changed_by"))
    assert steps == [("invited", None), ("accepted", manager.pk), ("cancelled", manager.pk)]
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE managers_invitationstep SET state = 'absent'")


def test_many_are_invited_at_once_and_of_each_other_one_it_is_said_why(dinner, manager, east):
    book = {"manager": manager, "branch": east}
    names = ["fine", "no consent", "flagged", "closed", "merged", "known"]
    people = {name: CustomerFactory(name=name, **book) for name in names}
    people["closed"].status = "closed"
    people["merged"].merged_into, people["merged"].status = people["fine"], "closed"
    people["closed"].save(), people["merged"].save()
    for name in set(names) - {"no consent"}:
        ConsentFactory(customer=people[name], channel="phone")
    FlagFactory(customer=people["flagged"], kind="do_not_contact")
    InvitationFactory(event=dinner, customer=people["known"])

    answer = invite(event=dinner, customers=people.values(), channel="phone", by=manager, at=NOON)

    assert [each.customer.name for each in answer.invited] == ["fine"]
    assert {each.customer.name: str(each.reason) for each in answer.refused} == {
        "no consent": "no marketing consent",
        "flagged": "Do not contact",
        "closed": "Closed",
        "merged": "merged into another record, or erased",
        "known": "invited already",
    }
    assert Trail.objects.get(action="event.invited").data["customers"] == [people["fine"].number]
    late = datetime(2026, 3, 4, 15, tzinfo=UTC)
    at_night = invite(event=EventFactory(), customers=[people["fine"]], channel="phone", by=manager, at=late)
    assert [str(each.reason) for each in at_night.refused] == ["quiet hours"]


def test_a_quota_ends_the_invitations_of_its_tier(dinner, manager):
    gold = TierFactory(gold=True)
    TierQuotaFactory(event=dinner, tier=gold, invitations=1)
    people = CustomerFactory.create_batch(3, manager=manager)
    for customer in people:
        ConsentFactory(customer=customer, channel="phone")
    for customer in people[:2]:
        TierPeriodFactory(customer=customer, tier=gold)

    answer = invite(event=dinner, customers=people, channel="phone", by=manager, at=NOON)

    assert [each.customer for each in answer.invited] == [people[0], people[2]]
    assert [str(each.reason) for each in answer.refused] == [f"the quota of {gold} is used up"]


def test_inviting_costs_the_same_for_one_and_for_many(dinner, manager, django_assert_max_num_queries):
    people = CustomerFactory.create_batch(30, manager=manager)
    with django_assert_max_num_queries(14):
        invite(event=dinner, customers=people, channel="phone", by=manager, at=NOON)


def test_an_event_runs_from_plan_to_held(east, head, manager):
    said = {"kind": "show", "branch": east, "place": "Hall", "places": 5, "currency": "CNY", "host": head}
    begins = NOON + timedelta(days=1)
    event = plan_event(name="Concert", starts_at=begins, ends_at=begins + timedelta(hours=2), by=head, at=NOON, **said)
    come, stay, out = (InvitationFactory(event=event) for _ in range(3))
    with pytest.raises(RuleBroken, match="No answers are taken"):
        say(come, "accepted", manager)
    open_event(event=event, version=1, by=head)
    say(come, "accepted", manager), say(stay, "accepted", manager)
    close_answers(event=event, by=head)
    with pytest.raises(RuleBroken, match="No answers are taken"):
        say(out, "accepted", manager)
    with pytest.raises(RuleBroken, match="on the day"):
        check_in(invitation=come, by=manager, at=NOON)
    with pytest.raises(RuleBroken, match="has not begun"):
        close_event(event=event, by=head, at=NOON)
    assert check_in(invitation=come, by=manager, at=begins).state == "attended"
    with pytest.raises(RuleBroken, match="already"):
        check_in(invitation=come, by=manager, at=begins)
    with pytest.raises(RuleBroken, match="has accepted"):
        check_in(invitation=out, by=manager, at=begins)

    held = close_event(event=event, cost=Decimal(1200), by=head, at=begins + timedelta(hours=3))

    assert states(event) == ["attended", "absent", "invited"] and held.cost == 1200
    with pytest.raises(RuleBroken, match="only the cost"):
        change_event(event=event, version=None, places=9, by=head, at=NOON)
    assert change_event(event=event, version=None, cost=Decimal(1300), by=head, at=NOON).cost == 1300


def test_a_cancelled_event_frees_all_and_tells_the_managers_of_who_accepted(dinner, guests, manager, head):
    say(guests[0], "accepted", manager)
    with pytest.raises(RuleBroken, match="Say why"):
        cancel_event(event=dinner, reason=" ", by=head, at=NOON)
    event = cancel_event(event=dinner, reason="Typhoon", by=head, at=NOON)
    assert states(event) == ["cancelled"] * 4
    event.refresh_from_db()
    assert event.taken == 0 and "Typhoon" in manager.notifications.get().text


def test_what_can_not_be_said_of_an_event_is_refused_beside_its_field(west, dinner, head):
    wrong = {"branch": west, "places": 0, "budget": Decimal("-1"), "cost": Decimal("1.001"), "currency": "cny"}
    for field, value in wrong.items():
        with pytest.raises(RuleBroken) as refusal:
            change_event(event=dinner, version=None, by=head, at=NOON, **{field: value})
        assert refusal.value.field == field
