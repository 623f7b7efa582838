"""What stands on the day of a manager: from every source, ranked, with its reason, and only of books in reach."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from crm.base import slots
from crm.identity.models import Reach, User
from crm.identity.services.reach import grant_reach
from customers.models import Interaction
from managers.day.reading import day_of
from managers.day.sources import SLOT, Source, statement
from managers.models import Task
from segmentation.models import NearTier
from tests.factories import (
    CustomerFactory,
    DueContactFactory,
    EventFactory,
    InteractionFactory,
    InvitationFactory,
    ReferralFactory,
    TaskFactory,
    TierFactory,
    TierPeriodFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def reasons(user, today, **asked) -> list[str]:
    return [row.reason for row in day_of(user, on=today, **asked).rows]


def near(customer, today, **said):
    given = {"direction": "up", "tier": TierFactory(gold=True), "measure": "aum_month_average", "missing": "12000.00"}
    given |= {"falls_on": today + 8 * DAY, "as_of": today, "currency": "CNY"}
    return NearTier.objects.create(customer=customer, **given | said)


def test_every_source_has_its_reason_and_the_most_pressing_is_first(own, manager, today, overdue):
    InteractionFactory(customer=own.customer, at=timezone.now() - DAY, next_on=today, note="Call back about the fund")
    ReferralFactory(customer=own.customer, due_at=timezone.now() + DAY)
    near(own.customer, today)
    TaskFactory(customer=own.customer, due_on=today)
    event = EventFactory(
        host=manager, starts_at=timezone.now() + timedelta(hours=2), ends_at=timezone.now() + timedelta(hours=4)
    )
    found = day_of(manager, on=today)
    assert [row.source.kind for row in found.rows] == ["referral", "event", "tier", "step", "task", "contact"]
    said = [row.reason for row in found.rows]
    assert said[0].startswith("Referred for “Fund”") and event.name in said[1]
    assert said[2] == "12,000.00 CNY short of Gold, 8 days left"
    assert "Call back about the fund" in said[3] and said[5] == "Contact overdue for 9 days"
    assert found.total == 6 and found.rows[5].source_on is None and found.rows[2].source_on == today


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"direction": "down", "missing": "500.00"}, ": 500.00 CNY short, 8 days left"),
        ({"direction": "down", "missing": None}, "Loses Gold on"),
        ({"missing": "0"}, "if the figures stay, 8 days left"),
    ],
)
def test_a_tier_that_is_near_is_said_with_what_is_missing(own, manager, today, said, reason):
    near(own.customer, today, **said)
    assert reason in reasons(manager, today)[0]


def test_a_loss_comes_before_a_gain_and_a_higher_tier_before_a_lower_one(own, manager, today):
    private, gold, loses = (CustomerFactory(manager=manager) for _ in range(3))
    TierPeriodFactory(customer=private, tier=TierFactory(code="private", rank=5))
    TierPeriodFactory(customer=gold, gold=True)
    for each in (private, gold):
        DueContactFactory(customer=each, due_on=today - DAY)
    near(gold, today)
    near(loses, today, direction="down")
    found = [row.customer_id for row in day_of(manager, on=today).rows]
    assert found == [loses.pk, gold.pk, private.pk, gold.pk]


def test_only_books_in_reach_and_those_whom_one_covers(own, other, manager, manager2, head, today, overdue):
    DueContactFactory(customer=other.customer, due_on=today)
    assert [row.customer_id for row in day_of(manager2, on=today).rows] == [other.customer.pk]
    grant_reach(user=manager2, cause=Reach.Cause.COVER, owner=manager, by=head, since=timezone.now() - DAY, until=None)
    manager2 = User.objects.get(pk=manager2.pk)
    found = day_of(manager2, on=today).rows
    assert {row.customer_id: row.owner_id for row in found} == {
        other.customer.pk: manager2.pk,
        own.customer.pk: manager.pk,
    }
    assert day_of(head, on=today).total == 0


def test_who_has_left_needs_nothing(own, manager, today, overdue):
    type(own.customer).objects.filter(pk=own.customer.pk).update(status="closed")
    assert day_of(manager, on=today).rows == []


def test_what_is_not_near_does_not_stand_there_yet(own, manager, today):
    DueContactFactory(customer=own.customer, due_on=today + 8 * DAY)
    TaskFactory(customer=own.customer, due_on=today + 15 * DAY)
    TaskFactory(customer=own.customer, due_on=today, state=Task.State.DONE, closed_at=timezone.now())
    near(own.customer, today, falls_on=today + 40 * DAY)
    EventFactory(host=manager, starts_at=timezone.now() + 3 * DAY, ends_at=timezone.now() + 4 * DAY)
    assert day_of(manager, on=today).rows == []


def test_a_step_that_was_answered_by_a_later_contact_is_gone(own, manager, today):
    InteractionFactory(customer=own.customer, at=timezone.now() - 2 * DAY, next_on=today - DAY)
    assert len(reasons(manager, today)) == 1
    Interaction.objects.create(customer=own.customer, at=timezone.now() - DAY, channel="phone")
    assert reasons(manager, today) == []


def test_guests_of_the_own_book_make_an_event_ones_own(own, manager, manager2, today):
    event = EventFactory(host=manager2, starts_at=timezone.now() + timedelta(hours=1), ends_at=timezone.now() + DAY)
    assert reasons(manager, today) == []
    InvitationFactory(event=event, customer=own.customer, accepted=True)
    assert "1 guest of the own book" in reasons(manager, today)[0]


def test_flows_of_money_come_before_other_tasks(own, manager, today):
    figures = {
        "rule": "Left",
        "kind": "outflow",
        "figures": {"amount": "900000", "before": "1000000", "currency": "CNY", "days": 7},
    }
    TaskFactory(customer=own.customer, due_on=today)
    TaskFactory(customer=own.customer, due_on=today, kind="change", about="7", figures=figures)
    assert "900,000.00 CNY went out" in reasons(manager, today)[0]


def test_an_upper_app_contributes_a_source(own, manager, today, tmp_path: Path, monkeypatch):
    text = tmp_path / "detractors.sql"
    text.write_text(
        "SELECT b.id::text AS about, b.id AS customer_id, %(day)s::date AS due_on, %(day)s::date AS source_on,"
        " '{}'::jsonb AS figures, 0 AS lift FROM book b"
    )
    source = Source("detractor", "Detractors", "mood-sad", 950, text, lambda figures, due: "Gave 2 of 10", "tasks:read")
    monkeypatch.setitem(slots._slots, SLOT, [*slots._slots[SLOT]])
    slots.contribute(SLOT, source)
    statement.cache_clear()
    assert reasons(manager, today) == ["Gave 2 of 10"]
    statement.cache_clear()


def test_a_kind_alone_and_no_more_than_asked(own, manager, today, overdue):
    TaskFactory(customer=own.customer, due_on=today)
    assert len(reasons(manager, today, kind="task")) == 1
    found = day_of(manager, on=today, most=1)
    assert (len(found.rows), found.total) == (1, 2)
