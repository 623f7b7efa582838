"""A manager who leaves gets nobody new, and on the day after the last one the successor has the book."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.models import Customer
from customers.services import assign_manager
from managers.books.keeping import follow_records
from managers.handovers import leaving
from managers.handovers.leaving import call_off_leaving, hand_over_leavers, record_leaving
from managers.models import Assignment, Handover, Leaving
from tests.factories import (
    AbsenceFactory,
    AssignmentFactory,
    CustomerFactory,
    LeavingFactory,
    TierPeriodFactory,
    UserFactory,
)
from tests.people import Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
TODAY = date(2026, 4, 1)
LAST = date(2026, 4, 10)


@pytest.fixture
def held(own: Story, manager) -> Customer:
    Customer.objects.filter(pk=own.customer.pk).update(manager=manager)
    follow_records(customers=None, at=NOW)
    return own.customer


def leave(manager, successor, head, **said) -> Leaving:
    return record_leaving(manager=manager, successor=successor, by=head, at=NOW, **{"last_day": LAST} | said)


def test_the_book_is_with_the_successor_on_the_day_after_the_last(held, manager, manager2, head) -> None:
    leave(manager, manager2, head, reason="Retires")
    assert hand_over_leavers(as_of=datetime(2026, 4, 10, 15, tzinfo=UTC)) == 0
    night = datetime(2026, 4, 10, 17, tzinfo=UTC)
    assert [hand_over_leavers(as_of=night) for _again in range(2)] == [1, 0]

    held.refresh_from_db()
    primaries = Assignment.objects.filter(customer=held, role="primary").order_by("since")
    after = LAST + timedelta(1)
    assert held.manager == manager2
    assert [(row.manager, row.since, row.until) for row in primaries] == [
        (manager, TODAY, after),
        (manager2, after, None),
    ]
    assert Handover.objects.get().reason == "Retires" and Leaving.objects.get().done_at == night


def test_who_leaves_takes_on_nobody(held, other: Story, manager, manager2, head) -> None:
    leave(manager2, manager, head)
    with pytest.raises(RuleBroken, match="leaves, the last day is") as refused:
        assign_manager(customer=held, manager=manager2, by=head, at=NOW)
    assert refused.value.field == "manager"
    call_off_leaving(leaving=Leaving.objects.get(), by=head, at=NOW)
    assert assign_manager(customer=held, manager=manager2, by=head, at=NOW).manager == manager2


def test_who_has_left_takes_on_nobody_until_they_come_back(held, manager, manager2, head) -> None:
    left = leave(manager, manager2, head)
    hand_over_leavers(as_of=datetime(2026, 4, 11, 2, tzinfo=UTC))
    said = {"customer": held, "manager": manager, "by": head, "at": datetime(2026, 4, 12, 2, tzinfo=UTC)}
    with pytest.raises(RuleBroken, match="has left, the last day was"):
        assign_manager(**said)
    call_off_leaving(leaving=left, by=head, at=NOW)
    assert assign_manager(**said).manager == manager


def test_a_record_that_somebody_is_changing_goes_the_next_time(held, manager, manager2, head, monkeypatch) -> None:
    leave(manager, manager2, head)
    at = datetime(2026, 4, 11, 2, tzinfo=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(leaving, "assign_managers", lambda **said: set())
        assert hand_over_leavers(as_of=at) == 0 and Leaving.objects.ahead().exists()
    assert hand_over_leavers(as_of=at) == 1
    held.refresh_from_db()
    assert held.manager == manager2


def test_a_successor_who_left_the_role_holds_up_nobody_else_and_the_head_hears_once(
    held, other, manager, manager2, head
) -> None:
    third, fourth = UserFactory(manager=True, branch=head.branch), UserFactory(manager=True, branch=head.branch)
    moved = CustomerFactory(manager=third, branch=head.branch)
    leave(manager, manager2, head, last_day=date(2026, 4, 9))
    leave(third, fourth, head)
    type(manager2).objects.filter(pk=manager2.pk).update(is_active=False)
    before, at = head.notifications.count(), datetime(2026, 4, 11, 2, tzinfo=UTC)
    assert [hand_over_leavers(as_of=at) for _again in range(2)] == [1, 0]
    moved.refresh_from_db()
    assert moved.manager == fourth and head.notifications.count() == before + 1


def test_who_lacks_what_a_tier_of_the_book_asks_for_is_no_successor(held, manager, manager2, head, ask_of) -> None:
    ask_of(**{TierPeriodFactory(customer=held).tier.code: {"grade": "senior"}})
    now = timezone.now()
    said = {"manager": manager, "successor": manager2, "last_day": timezone.localdate(now), "by": head, "at": now}
    with pytest.raises(RuleBroken, match="Missing: grade") as refused:
        record_leaving(**said)
    assert refused.value.field == "successor"


def test_what_the_leaver_was_beside_the_book_ends_too(held, other: Story, manager, manager2, head) -> None:
    backup = AssignmentFactory(customer=other.customer, manager=manager)
    away = AbsenceFactory(manager=manager)
    leave(manager, manager2, head)
    hand_over_leavers(as_of=datetime(2026, 4, 11, 2, tzinfo=UTC))
    for row in (backup, away):
        row.refresh_from_db()
        assert row.until == date(2026, 4, 11)


def test_a_leaving_that_was_called_off_hands_over_nothing(held, manager, manager2, head) -> None:
    call_off_leaving(leaving=leave(manager, manager2, head), by=head, at=NOW)
    assert hand_over_leavers(as_of=datetime(2026, 4, 11, 2, tzinfo=UTC)) == 0
    held.refresh_from_db()
    assert held.manager == manager


def test_a_leaving_that_does_not_fit_is_refused_beside_its_field(held, manager, manager2, teller, head) -> None:
    third, gone = UserFactory(manager=True), UserFactory(manager=True, is_active=False)
    LeavingFactory(manager=third, successor=UserFactory(manager=True))
    AbsenceFactory(cover=manager, since=TODAY, until=date(2026, 4, 12))
    cases = [
        ("last_day", {"last_day": date(2026, 3, 31)}),
        ("last_day", {"last_day": LAST}),
        ("successor", {"successor": manager}),
        ("successor", {"successor": teller}),
        ("successor", {"successor": gone}),
        ("successor", {"successor": third}),
        ("manager", {"manager": third}),
        ("manager", {"by": manager}),
    ]
    given = {"manager": manager, "successor": manager2, "last_day": date(2026, 4, 11), "by": head, "at": NOW}
    for field, case in cases:
        with pytest.raises(RuleBroken) as refused:
            record_leaving(**given | case)
        assert refused.value.field == field, case
    assert record_leaving(**given)
    with pytest.raises(RuleBroken, match="is to follow"):
        record_leaving(**given | {"manager": manager2, "successor": UserFactory(manager=True)})
