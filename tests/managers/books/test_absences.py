"""Whoever covers reaches the book for just the days away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.models import Customer
from managers.books.absences import end_absence, record_absence, say_capacity
from managers.models import Absence
from tests.factories import AbsenceFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
AWAY = {"kind": "leave", "since": date(2026, 4, 3), "until": date(2026, 4, 10), "at": NOW}


def reaches(user: User, own: Story, at: datetime) -> bool:
    return scope_of(User.objects.get(pk=user.pk), at=at).opens(Customer.objects.get(pk=own.customer.pk))


def test_cover_begins_and_ends_by_itself(own: Story, manager, manager2, head) -> None:
    record_absence(manager=manager, cover=manager2, by=head, **AWAY)
    days = {number: reaches(manager2, own, datetime(2026, 4, number, 2, tzinfo=UTC)) for number in (2, 3, 9, 10)}
    assert days == {2: False, 3: True, 9: True, 10: False}
    assert manager2.notifications.count() == 1


def test_who_is_back_early_takes_the_reach_along(own: Story, manager, manager2, head) -> None:
    absence = record_absence(manager=manager, cover=manager2, by=head, **AWAY)
    back = datetime(2026, 4, 6, 2, tzinfo=UTC)
    end_absence(absence=absence, by=head, at=back)
    assert Absence.objects.get().until == date(2026, 4, 6)
    assert reaches(manager2, own, back - timedelta(hours=1)) and not reaches(manager2, own, back)
    with pytest.raises(RuleBroken):
        end_absence(absence=absence, by=head, at=back)


def test_what_has_not_begun_is_off_and_leaves_no_reach(own: Story, manager, manager2, head) -> None:
    end_absence(absence=record_absence(manager=manager, cover=manager2, by=head, **AWAY), by=head, at=NOW)
    assert not Absence.objects.exists() and not manager2.reaches.exists()


def test_an_absence_that_does_not_fit_is_refused_beside_its_field(manager, manager2, teller, head) -> None:
    AbsenceFactory(manager=manager2, since=date(2026, 4, 9), until=date(2026, 5, 1))
    given = {"manager": manager, "by": head, **AWAY}
    cases = [
        ("until", {"until": date(2026, 4, 3)}),
        ("until", {"since": date(2026, 3, 1), "until": date(2026, 4, 1)}),
        ("cover", {"cover": manager}),
        ("cover", {"cover": teller}),
        ("cover", {"cover": manager2}),
        ("manager", {"by": manager}),
        ("since", {"manager": manager2}),
    ]
    for field, case in cases:
        with pytest.raises(RuleBroken) as refused:
            record_absence(**given | case)
        assert refused.value.field == field
    assert Absence.objects.count() == 1


def test_a_capacity_of_nothing_and_a_stale_one_are_refused(manager, head) -> None:
    with pytest.raises(RuleBroken) as refused:
        say_capacity(manager=manager, capacity=0, languages=[], by=head)
    assert refused.value.field == "capacity"
    assert say_capacity(manager=manager, capacity=80, languages=["zh", "en", "zh"], by=head, version=0).languages == [
        "en",
        "zh",
    ]
    with pytest.raises(RuleBroken):
        say_capacity(manager=manager, capacity=90, languages=[], by=head, version=0)
