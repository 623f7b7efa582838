"""By when the bank speaks with a customer: from the last time both spoke, by the plan of the tier, on a business day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from customers.models import Interaction
from customers.services import assign_manager, correct_interaction, log_interaction
from managers.cadence import due as due_module
from managers.cadence.due import keep_book, keep_due
from managers.models import Assignment, DueContact
from tests.factories import (
    AssignmentFactory,
    ContactPlanFactory,
    CustomerFactory,
    HandoverFactory,
    InteractionFactory,
    SiteVisitFactory,
    TierPeriodFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
GOLD = {"tier": "gold", "every": 90}


@pytest.fixture
def customer(manager, east):
    found = CustomerFactory(manager=manager, branch=east)
    TierPeriodFactory(customer=found, gold=True, since=date(2026, 1, 5))
    return found


def due(customer, what="contact") -> DueContact | None:
    keep_due(customers=[customer.pk], at=NOW)
    return DueContact.objects.filter(customer=customer, what=what).first()


def spoke(customer, day, **said) -> Interaction:
    return InteractionFactory(customer=customer, at=datetime(2026, *day, 2, tzinfo=UTC), **said)


def test_nothing_is_due_before_there_is_a_plan(customer):
    assert due(customer) is None


def test_it_is_counted_from_the_last_time_both_spoke(customer):
    ContactPlanFactory(lines=[GOLD])
    spoke(customer, (2, 3))
    spoke(customer, (3, 20))
    found = due(customer)
    assert (found.last_at, found.due_on, found.is_doubled) == (
        datetime(2026, 3, 20, 2, tzinfo=UTC),
        date(2026, 6, 18),
        False,
    )


def test_without_any_contact_it_is_counted_from_the_tier_or_the_manager_whichever_is_later(customer, manager):
    ContactPlanFactory(lines=[GOLD])
    assert due(customer).due_on == date(2026, 4, 7)  # 90 days end on Sunday, and Monday is a holiday
    AssignmentFactory(customer=customer, manager=manager, role="primary", since=date(2026, 2, 2))
    assert due(customer).due_on == date(2026, 5, 6)  # 90 days end on a Sunday before three days of May


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"channel": "phone"}, True),
        ({"channel": "phone", "outcome": "not_reached"}, False),
        ({"channel": "branch", "direction": "in"}, True),
        ({"channel": "messenger"}, False),
        ({"channel": "messenger", "direction": "in"}, True),
        ({"channel": "messenger", "outcome": "agreed"}, True),
        ({"channel": "email", "outcome": "follow_up"}, False),
        ({"channel": "sms", "outcome": "declined"}, True),
        ({"channel": "sms", "direction": "in", "outcome": "not_reached"}, False),
        ({"channel": "visit"}, True),
    ],
)
def test_only_what_both_said_counts(customer, said, counts):
    ContactPlanFactory(lines=[GOLD])
    spoke(customer, (3, 20), **said)
    assert (due(customer).last_at is not None) is counts


@pytest.mark.parametrize(
    ("line", "falls_on"),
    [
        ({"every": 30, "unit": "days"}, date(2026, 4, 20)),  # a Sunday before
        ({"every": 1, "unit": "months"}, date(2026, 4, 20)),
        ({"every": 10, "unit": "business_days"}, date(2026, 4, 3)),
        ({"every": 12, "unit": "business_days"}, date(2026, 4, 8)),  # the holiday on Monday is no business day
    ],
)
def test_days_months_and_business_days_end_on_a_business_day(customer, line, falls_on):
    ContactPlanFactory(lines=[{"tier": "gold", **line}])
    spoke(customer, (3, 20))
    assert due(customer).due_on == falls_on


def test_after_another_manager_took_over_it_is_due_in_half_the_time(customer, manager, manager2, head):
    ContactPlanFactory(lines=[GOLD])
    spoke(customer, (3, 20))
    HandoverFactory(customer=customer, giver=manager2, receiver=manager, handed_on=date(2026, 3, 1))
    found = due(customer)
    assert (found.is_doubled, found.due_on) == (True, date(2026, 5, 6))  # 45 days end on Monday, 4 May, a holiday
    keep_due(customers=None, at=NOW + timedelta(days=60))
    assert DueContact.objects.get(customer=customer).is_doubled is False


def test_who_has_the_customer_for_the_first_time_does_not_double_it(customer, manager):
    ContactPlanFactory(lines=[GOLD])
    AssignmentFactory(customer=customer, manager=manager, role="primary", since=date(2026, 3, 1))
    assert due(customer).is_doubled is False


def test_an_executive_visits_in_person(customer, manager, head, manager2):
    ContactPlanFactory(lines=[GOLD | {"executive_months": 6}])
    spoke(customer, (3, 20), channel="visit", by=manager)
    spoke(customer, (3, 21), channel="phone", by=head)
    assert due(customer, "executive").last_at is None
    spoke(customer, (2, 2), channel="visit", by=head)
    assert due(customer, "executive").due_on == date(2026, 8, 3)
    AssignmentFactory(customer=customer, manager=manager2, role="sponsor", since=date(2026, 3, 1))
    spoke(customer, (2, 20), channel="visit", by=manager2)  # before they were the sponsor
    assert due(customer, "executive").due_on == date(2026, 8, 3)
    spoke(customer, (3, 3), channel="visit", by=manager2)
    assert due(customer, "executive").due_on == date(2026, 9, 3)


def test_companies_alone_are_visited_and_only_where_the_visit_was_noted(customer, manager):
    ContactPlanFactory(lines=[GOLD | {"site_months": 12}])
    company = CustomerFactory(company=True, manager=manager)
    TierPeriodFactory(customer=company, gold=True)
    spoke(company, (3, 1), channel="visit")
    assert due(customer, "site") is None and due(company, "site").last_at is None
    SiteVisitFactory(customer=company, interaction=spoke(company, (3, 2), channel="visit"))
    assert due(company, "site").due_on == date(2027, 3, 2)


def test_a_contact_that_was_logged_long_after_is_marked(customer):
    plan = ContactPlanFactory(lines=[GOLD])
    late = spoke(customer, (3, 20))
    Interaction.objects.filter(pk=late.pk).update(created_at=datetime(2026, 3, 23, 20, tzinfo=UTC))
    assert due(customer).days_late == 4
    Interaction.objects.filter(pk=late.pk).update(created_at=datetime(2026, 3, 23, 2, tzinfo=UTC))
    assert due(customer).days_late is None  # three days are in time
    assert plan.content == {"lines": [GOLD]}


def test_what_a_file_brought_is_not_late(customer):
    ContactPlanFactory(lines=[GOLD])
    spoke(customer, (3, 20), source_hash=b"x")
    assert due(customer).days_late is None


def test_it_follows_what_is_logged_and_corrected_at_once(customer, manager):
    ContactPlanFactory(lines=[GOLD])
    logged = log_interaction(customer=customer, at=NOW, channel="phone", by=manager, as_of=NOW)
    assert DueContact.objects.get(customer=customer).last_at == NOW
    correct_interaction(interaction=logged, by=manager, as_of=NOW, outcome="not_reached")
    assert DueContact.objects.get(customer=customer).last_at is None


def test_it_follows_another_manager_at_once(customer, manager2, head):
    ContactPlanFactory(lines=[GOLD])
    AssignmentFactory(customer=customer, manager=customer.manager, role="primary", since=date(2026, 1, 1))
    assign_manager(customer=customer, manager=manager2, by=head, at=NOW)
    assert Assignment.objects.filter(customer=customer, role="primary").count() == 2
    assert DueContact.objects.get(customer=customer).is_doubled


@pytest.mark.parametrize("change", [{"status": "closed"}, {"status": "prospect"}])
def test_nothing_is_due_with_who_has_left(customer, change):
    ContactPlanFactory(lines=[GOLD])
    assert due(customer)
    type(customer).objects.filter(pk=customer.pk).update(**change)
    assert due(customer) is None


def test_the_whole_book_again_writes_nothing(customer):
    ContactPlanFactory(lines=[GOLD])
    CustomerFactory()  # in no tier of the plan
    assert (keep_due(customers=None, at=NOW), keep_due(customers=None, at=NOW)) == (1, 0)
    before = DueContact.objects.get()
    other = CustomerFactory(manager=UserFactory(manager=True))
    TierPeriodFactory(customer=other, gold=True)
    assert keep_book(at=NOW) == 1 and keep_book(at=NOW) == 0
    DueContact.objects.filter(customer=other).delete()
    assert keep_due(customers=[other.pk], at=NOW) == 1 and DueContact.objects.filter(pk=before.pk).exists()


def test_the_book_in_batches_is_the_book(customer, monkeypatch):
    ContactPlanFactory(lines=[GOLD])
    for _ in range(4):
        TierPeriodFactory(customer=CustomerFactory(), gold=True)
    monkeypatch.setattr(due_module, "BATCH", 2)
    assert (keep_book(at=NOW), keep_due(customers=None, at=NOW)) == (5, 0)


def test_it_goes_as_the_role_that_serves(customer, as_app_role):
    ContactPlanFactory(lines=[GOLD])
    assert due(customer)
