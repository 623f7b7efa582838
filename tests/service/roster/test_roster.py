"""Rosters: shifts over midnight and over the night on which clocks are set, rest, absences, gaps, publishing, and tickets dealt by them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from crm.base.errors import RuleBroken
from service.models import Demand, DeskProfile, Roster, Shift, Ticket
from service.roster.duty import on_duty
from service.roster.hours import HOUR, Gap, Span, gaps, hours_between, joined, missing, needed_of
from service.roster.planning import add_shift, make_roster, publish, remove_shift, set_demand, watch_gaps
from service.tickets.assigning import deal_out
from tests.factories import (
    AbsenceFactory,
    DeskProfileFactory,
    TeamFactory,
    TicketFactory,
    TicketQueueFactory,
    UserFactory,
)

MONDAY = date(2026, 4, 6)
NOW = datetime(2026, 4, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def roster(head) -> Roster:
    return make_roster(team=TeamFactory(), week_on=MONDAY + 2 * DAY, by=head)


@pytest.fixture
def worker(roster):
    return works_in(roster)


def works_in(roster):
    user = UserFactory(agent=True)
    roster.team.members.add(user)
    return user


def shift(roster, user, by, on=MONDAY, begins=time(8), ends=time(16), at=NOW) -> Shift:
    return add_shift(roster=roster, user=user, on=on, begins=begins, ends=ends, by=by, at=at)


@pytest.mark.django_db
def test_a_shift_over_midnight_ends_on_the_next_day(roster, worker, head):
    made = shift(roster, worker, head, begins=time(22), ends=time(6))
    assert timezone.localtime(made.ends_at).date() == MONDAY + DAY and made.ends_at - made.starts_at == 8 * HOUR
    assert made.rested_at - made.ends_at == 11 * HOUR


@pytest.mark.django_db
def test_nobody_works_twice_nor_before_they_have_rested(roster, worker, head):
    shift(roster, worker, head)
    for on, begins, ends in ((MONDAY, time(12), time(20)), (MONDAY + DAY, time(2), time(10))):
        with pytest.raises(RuleBroken, match="rested") as refusal:
            shift(roster, worker, head, on=on, begins=begins, ends=ends)
        assert refusal.value.code == "rest"
    assert shift(roster, worker, head, on=MONDAY + DAY, begins=time(3), ends=time(11))
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        first = Shift.objects.order_by("pk").first()
        Shift.objects.create(
            roster=roster, user=worker, starts_at=first.starts_at, ends_at=first.ends_at, rested_at=first.rested_at
        )


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"on": MONDAY + 7 * DAY}, {"on": MONDAY - DAY}, {"ends": time(21)}])
def test_of_this_week_and_of_at_most_twelve_hours(roster, worker, head, wrong):
    with pytest.raises(RuleBroken):
        shift(roster, worker, head, **wrong)


@pytest.mark.django_db
def test_only_who_is_of_the_team_and_there(roster, worker, head):
    with pytest.raises(RuleBroken, match="not of this team"):
        shift(roster, UserFactory(agent=True), head)
    AbsenceFactory(manager=worker, since=MONDAY, until=MONDAY + DAY)
    with pytest.raises(RuleBroken, match="away"):
        shift(roster, worker, head)
    assert shift(roster, worker, head, on=MONDAY + DAY)


@pytest.mark.django_db
def test_there_is_one_roster_of_a_week_from_a_monday(roster, head):
    assert roster.week_on == MONDAY
    with pytest.raises(RuleBroken, match="already"):
        make_roster(team=roster.team, week_on=MONDAY + 6 * DAY, by=head)
    with pytest.raises(IntegrityError, match="from_a_monday"), transaction.atomic():
        Roster.objects.create(team=roster.team, week_on=MONDAY + DAY)


@pytest.mark.django_db
def test_hours_that_miss_somebody_are_gaps_and_who_is_away_is_not_there(roster, worker, head):
    set_demand(team=roster.team, weekdays=[0], since=8, until=18, needed=2, by=head)
    shift(roster, worker, head)
    second = works_in(roster)
    shift(roster, second, head, begins=time(10), ends=time(18))
    found = gaps(roster.team, MONDAY, MONDAY + 7 * DAY)
    local = [
        (timezone.localtime(gap.starts_at).hour, timezone.localtime(gap.ends_at).hour, gap.missing) for gap in found
    ]
    assert local == [(8, 10, 1), (16, 18, 1)]
    AbsenceFactory(manager=second, since=MONDAY, until=MONDAY + DAY)
    assert (
        sum((gap.ends_at - gap.starts_at) // HOUR * gap.missing for gap in gaps(roster.team, MONDAY, MONDAY + DAY))
        == 12
    )


@pytest.mark.django_db
def test_demand_over_midnight_is_of_two_days_and_is_set_anew(roster, head):
    assert set_demand(team=roster.team, weekdays=[6], since=22, until=2, needed=3, by=head) == 4
    assert needed_of(roster.team) == {(6, 22): 3, (6, 23): 3, (0, 0): 3, (0, 1): 3}
    set_demand(team=roster.team, weekdays=[0], since=1, until=2, needed=0, by=head)
    assert Demand.objects.count() == 3
    for wrong in ({"weekdays": []}, {"weekdays": [7]}, {"since": 5, "until": 5}, {"until": 25}):
        with pytest.raises(RuleBroken):
            set_demand(
                **{"team": roster.team, "weekdays": [0], "since": 1, "until": 2, "needed": 1, "by": head} | wrong
            )


@pytest.mark.django_db
def test_on_the_night_on_which_clocks_are_set_a_shift_is_an_hour_shorter_or_longer(settings, head):
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.get_default_timezone.cache_clear()
    try:
        team = TeamFactory()
        lasts = []
        for sunday in (date(2026, 3, 29), date(2026, 10, 25)):
            with timezone.override(ZoneInfo("Europe/Berlin")):
                roster = make_roster(team=team, week_on=sunday, by=head)
                made = shift(roster, works_in(roster), head, on=sunday - DAY, begins=time(22), ends=time(6))
                lasts.append((made.ends_at - made.starts_at) // HOUR)
                set_demand(team=team, weekdays=range(7), since=0, until=24, needed=1, by=head)
                missed = gaps(team, sunday, sunday + DAY)
                lasts.append(sum((gap.ends_at - gap.starts_at) // HOUR for gap in missed))
        assert lasts == [7, 18, 9, 18]
    finally:
        settings.TIME_ZONE = "Asia/Shanghai"
        timezone.get_default_timezone.cache_clear()


@given(
    some.lists(some.tuples(some.integers(0, 5), some.integers(0, 47), some.integers(1, 12)), max_size=8),
    some.dictionaries(some.tuples(some.integers(0, 6), some.integers(0, 23)), some.integers(1, 4), max_size=30),
)
def test_gaps_are_just_what_is_missing(works, needed):
    """Against a count by hand; joined gaps hold every hour that misses somebody and no other."""
    begin = datetime(2026, 4, 5, 16, tzinfo=UTC)
    hours = hours_between(begin, begin + 48 * HOUR)
    spans = [Span(user, begin + start * HOUR, begin + (start + length) * HOUR) for user, start, length in works]
    rows = missing(needed, spans, hours)
    told: dict[datetime, int] = {}
    for gap in joined(rows):
        assert isinstance(gap, Gap)
        told |= dict.fromkeys(hours_between(gap.starts_at, gap.ends_at), gap.missing)
    for hour in hours:
        local = timezone.localtime(hour)
        there = len({span.user_id for span in spans if span.starts_at <= hour < span.ends_at})
        assert told.get(hour, 0) == max(0, needed.get((local.weekday(), local.hour), 0) - there)


@pytest.mark.django_db
def test_published_it_is_told_stands_and_is_seen_by_the_team(roster, worker, head, agent):
    with pytest.raises(RuleBroken, match="Nobody works"):
        publish(roster=roster, by=head, at=NOW)
    made = shift(roster, worker, head)
    assert not Roster.objects.visible_to(worker).exists() and not worker.notifications.exists()
    roster = publish(roster=Roster.objects.get(), by=head, at=NOW)
    assert worker.notifications.filter(text__contains="stand").exists() and Roster.objects.visible_to(worker).exists()
    assert not Roster.objects.visible_to(agent).exists() and not Shift.objects.visible_to(agent).exists()
    with pytest.raises(RuleBroken, match="already"):
        publish(roster=roster, by=head, at=NOW)
    with pytest.raises(RuleBroken, match="begun"):
        remove_shift(shift=made, by=head, at=made.starts_at)
    remove_shift(shift=made, by=head, at=NOW)
    assert not Shift.objects.exists() and worker.notifications.filter(text__contains="do not work").exists()


@pytest.mark.django_db
def test_gaps_of_the_next_days_are_told_once_a_day_to_who_published(roster, worker, head):
    set_demand(team=roster.team, weekdays=[0], since=8, until=20, needed=1, by=head)
    shift(roster, worker, head)
    publish(roster=roster, by=head, at=NOW)
    at = datetime(2026, 4, 5, 2, tzinfo=UTC)
    assert watch_gaps(at=NOW) == 0 and watch_gaps(at=at) == 1 and watch_gaps(at=at) == 0
    assert head.notifications.filter(text__contains="1 gap").count() == 1


@pytest.mark.django_db
def test_tickets_are_dealt_to_who_has_a_shift_where_a_roster_is_published(roster, worker, head, own):
    idle = works_in(roster)
    for user in (worker, idle):
        DeskProfileFactory(user=user)
    shift(roster, worker, head)
    queue = TicketQueueFactory(team=roster.team, is_dealt=True)
    during, after = datetime(2026, 4, 6, 2, tzinfo=UTC), datetime(2026, 4, 6, 12, tzinfo=UTC)

    def dealt(at) -> list:
        TicketFactory.create_batch(2, customer=own.customer, queue=queue, status="new")
        deal_out(at=at)
        found = set(Ticket.objects.exclude(assignee=None).values_list("assignee", flat=True))
        Ticket.objects.update(status="solved", due_at=None, due_kind="", ended_at=at, assignee=None)
        return sorted(found)

    assert dealt(during) == sorted([worker.pk, idle.pk])
    publish(roster=Roster.objects.get(), by=head, at=NOW)
    assert on_duty(during) == {roster.team_id: {worker.pk}}
    assert dealt(during) == [worker.pk] and dealt(after) == []
    assert dealt(during + 7 * DAY) == sorted([worker.pk, idle.pk])
    assert DeskProfile.objects.count() == 2
