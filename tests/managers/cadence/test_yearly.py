"""The year of the contact plan: on each day what the book of contacts due said, or would have, on that day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from managers.cadence.due import keep_due
from managers.cadence.yearly import rows_of_year
from managers.models import DueContact
from managers.staff.scoring import close_year
from tests.factories import (
    AssignmentFactory,
    ContactPlanFactory,
    CustomerFactory,
    HandoverFactory,
    InteractionFactory,
    SiteVisitFactory,
    TierFactory,
    TierPeriodFactory,
)

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
GOLD = {"tier": "gold", "every": 30}


def held(manager, since=date(2026, 1, 5), until=None, **customer):
    found = CustomerFactory(manager=manager, branch=manager.branch, **customer)
    AssignmentFactory(customer=found, manager=manager, role="primary", since=since, until=until)
    TierPeriodFactory(customer=found, gold=True, since=since)
    return found


def spoke(customer, day: date, **said):
    return InteractionFactory(customer=customer, at=datetime(day.year, day.month, day.day, 2, tzinfo=UTC), **said)


def kept(manager, since=YEAR[0], until=YEAR[1]) -> tuple[int, int]:
    rows = rows_of_year([manager.pk], since, until)
    return sum(row["part"] for row in rows), sum(row["whole"] for row in rows)


def test_a_day_is_kept_until_the_contact_is_overdue(manager):
    ContactPlanFactory(lines=[GOLD])
    customer = held(manager, since=date(2026, 1, 5))  # the first is due on Wednesday, 4 February
    assert kept(manager, until=date(2026, 2, 5)) == (31, 31)
    assert kept(manager, until=date(2026, 2, 10)) == (31, 36)
    spoke(customer, date(2026, 2, 8))  # 30 days later is Tuesday, 10 March
    assert kept(manager, until=date(2026, 3, 16)) == (31 + 31, 70)


def test_it_counts_for_the_manager_the_tier_and_the_plan_of_the_day(manager, manager2):
    TierFactory(gold=True)
    ContactPlanFactory(lines=[GOLD], effective_from=date(2026, 2, 1))
    ContactPlanFactory(lines=[{"tier": "gold", "every": 300}], effective_from=date(2026, 4, 1))
    customer = held(manager, since=date(2026, 1, 5), until=date(2026, 3, 1))
    AssignmentFactory(customer=customer, manager=manager2, role="primary", since=date(2026, 3, 1))
    assert kept(manager) == (4, 28)  # from the plan's first day to the 4th, of February
    assert kept(manager2, until=date(2026, 4, 11)) == (31 + 10, 41)  # from 1 March on another count, due on the 31st
    customer.tier_periods.update(until=date(2026, 3, 11))
    assert kept(manager2) == (10, 10)


def test_who_left_is_asked_for_no_more(manager):
    ContactPlanFactory(lines=[GOLD])
    held(manager, status="closed", status_since=date(2026, 1, 15))
    assert kept(manager) == (10, 10)


def test_a_handover_halves_the_time_as_long_as_it_is_watched(manager):
    ContactPlanFactory(lines=[GOLD])
    customer = held(manager, since=date(2026, 3, 2))
    HandoverFactory(customer=customer, receiver=manager, handed_on=date(2026, 3, 2))
    assert kept(manager, until=date(2026, 3, 20)) == (16, 18)  # due on 17 March
    spoke(customer, date(2026, 5, 20))
    spoke(customer, date(2026, 6, 12))  # due within 15 days until 30 May, and within 30 from then on
    assert kept(manager, since=date(2026, 5, 20), until=date(2026, 6, 20)) == (31, 31)


def test_each_day_is_as_the_book_of_that_day_had_it(manager, head):
    """The statement of the year and the one that keeps the book agree, day by day, on every kind and unit."""
    lines = [GOLD | {"executive_months": 1, "site_months": 2}, {"tier": "mass", "every": 10, "unit": "business_days"}]
    ContactPlanFactory(lines=lines)
    company = held(manager, company=True)
    plain = CustomerFactory(manager=manager)
    TierPeriodFactory(customer=plain, tier=TierFactory(code="mass"), since=date(2026, 1, 5))
    AssignmentFactory(customer=plain, manager=manager, role="primary", since=date(2026, 1, 20))
    HandoverFactory(customer=plain, receiver=manager, handed_on=date(2026, 1, 20))
    days = [date(2026, 1, 20) + timedelta(days=place) for place in range(80)]
    said = {}
    for day in days:
        if day == date(2026, 2, 1):
            spoke(company, day, channel="visit", by=head)
        if day == date(2026, 2, 20):
            spoke(company, day, outcome="not_reached"), spoke(plain, day)
        if day == date(2026, 2, 27):
            spoke(plain, day, channel="messenger")
        if day == date(2026, 3, 20):
            visit = spoke(company, day, channel="visit", by=manager)
            SiteVisitFactory(customer=company, interaction=visit)
        keep_due(customers=None, at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        said[day] = (DueContact.objects.count() - DueContact.objects.overdue(day).count(), DueContact.objects.count())
    found = {day: kept(manager, day, day + timedelta(days=1)) for day in days}
    assert found == said
    assert sum(whole - part for part, whole in said.values()) > 20


def test_a_closed_year_keeps_the_figure(manager, head):
    ContactPlanFactory(lines=[GOLD], effective_from=date(2025, 1, 1))
    held(manager, since=date(2025, 12, 1))  # due on 31 December
    held(manager, since=date(2025, 11, 1))  # due on 1 December
    card = close_year(manager=manager, year=2025, by=head, at=datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert card.figures["cadence"] == {"part": "62", "whole": "92", "value": "67.4"}
