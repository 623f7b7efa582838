"""The clock against a count, minute by minute, on the wall."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.clocks.calendars import ALWAYS, Calendar
from service.clocks.clock import Says, Step, Target, after, clocks, due_of
from service.words import ENDED, STOPPED, ClockKind, Status

MINUTE = timedelta(minutes=1)
OFFICE = ((540, 720), (780, 1050))
NIGHTS = ((0, 150), (1320, 1440))
LONDON = Calendar("london", "London", "Europe/London", (*(OFFICE,) * 5, ((60, 150),), NIGHTS), "GB-ENG")
SHANGHAI = Calendar("office", "Office", "Asia/Shanghai", (*(OFFICE,) * 5, (), ()), "CN")
# the clocks of London are set on 29 March and on 25 October 2026; 29 February 2028 is a day; in China one works on 14 February 2026
STARTS = [
    datetime(2026, 3, 27, 9, tzinfo=UTC), datetime(2026, 10, 23, 9, tzinfo=UTC), datetime(2028, 2, 27, 9, tzinfo=UTC),
    datetime(2026, 2, 12, 1, tzinfo=UTC),
]  # fmt: skip
CALENDARS = st.sampled_from([LONDON, SHANGHAI, ALWAYS])


@lru_cache(maxsize=200_000)
def works(calendar: Calendar, minute: datetime) -> bool:
    local = minute.astimezone(ZoneInfo(calendar.zone))
    at = local.hour * 60 + local.minute
    return calendar.is_always or any(since <= at < until for since, until in calendar.hours_on(local.date()))


def counted(start: datetime, minutes: int, calendar: Calendar, pauses=()) -> datetime:
    """The end of the last of so many minutes of work."""
    at, left = start, minutes
    while left:
        if works(calendar, at) and not any(since <= at < until for since, until in pauses):
            left -= 1
        at += MINUTE
    return at


@st.composite
def moments(draw) -> datetime:
    return draw(st.sampled_from(STARTS)) + draw(st.integers(0, 3 * 24 * 60)) * MINUTE


@st.composite
def pauses(draw, start: datetime):
    found, at = [], start
    for _number in range(draw(st.integers(0, 3))):
        since = at + draw(st.integers(0, 900)) * MINUTE
        at = since + draw(st.integers(1, 2000)) * MINUTE
        found.append((since, at))
    return found


@settings(max_examples=150)
@given(start=moments(), minutes=st.integers(1, 1500), calendar=CALENDARS, data=st.data())
def test_due_is_the_end_of_the_last_minute_of_a_count(start, minutes, calendar, data) -> None:
    away = data.draw(pauses(start))
    assert after(start, minutes * MINUTE, calendar, away) == counted(start, minutes, calendar, away)


@st.composite
def logs(draw) -> list[Step]:
    at = draw(moments())
    steps = [Step(at, Status.NEW)]
    for _number in range(draw(st.integers(0, 7))):
        at += draw(st.integers(0, 1200)) * MINUTE
        steps.append(Step(at, draw(st.sampled_from(list(Status))), draw(st.sampled_from(list(Says)))))
    return steps


@settings(max_examples=150)
@given(log=logs(), calendar=CALENDARS, first=st.integers(1, 600), solution=st.integers(1, 1500))
@example(
    log=[Step(STARTS[0], "new"), Step(STARTS[0], "waiting_customer"), Step(STARTS[0] + MINUTE, "solved"),
         Step(STARTS[0] + 2 * MINUTE, "open")],
    calendar=LONDON, first=1, solution=1,
)  # fmt: skip
@example(log=[Step(STARTS[0], "new"), Step(STARTS[0], "waiting_customer")], calendar=LONDON, first=5, solution=900)
def test_the_clocks_of_any_log_are_those_of_a_count(log, calendar, first, solution) -> None:
    target = Target(first * MINUTE, solution * MINUTE, calendar, next_response=first * MINUTE, warn=50)
    going = max(place for place, step in enumerate(log) if step.status not in STOPPED or not place)
    # a pause whose end is not known counts as none
    stopped = [(step.at, later.at) for step, later in pairwise(log[: going + 1]) if step.status in STOPPED]
    for each in clocks(log, target):
        minutes = solution if each.kind == ClockKind.SOLUTION else first
        ended = each.ended_at or datetime.max.replace(tzinfo=UTC)
        before = [(since, min(until, ended)) for since, until in stopped if since < ended]
        assert each.due_at == counted(each.began_at, minutes, calendar, before)
        assert each.began_at <= each.warn_at <= each.due_at
    is_open = log[-1].status not in ENDED
    assert (due_of(clocks(log, target)) is not None) == is_open


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def due(log: list[Step], **more) -> dict[str, datetime | None]:
    target = Target(60 * MINUTE, 600 * MINUTE, ALWAYS, next_response=120 * MINUTE, **more)
    return {each.kind: None if each.ended_at else each.due_at for each in clocks(log, target)}


def test_what_one_waits_for_the_customer_is_added_once_they_answer() -> None:
    log = [Step(at(9), "new"), Step(at(9, 30), "waiting_customer", "ours")]
    assert due(log) == {"first_response": None, "solution": at(19)}
    log.append(Step(at(12, 30), "open", "theirs"))
    assert due(log) == {"first_response": None, "solution": at(22), "next_response": at(14, 30)}


def test_of_words_and_answers_at_one_moment_the_last_word_alone_is_a_clock() -> None:
    log = [Step(at(9), "open", "ours"), Step(at(9), "open", "theirs")] * 3
    assert [each.kind for each in clocks(log, Target(MINUTE, MINUTE, ALWAYS, MINUTE))].count("next_response") == 1


def test_a_reply_on_a_solved_ticket_goes_on_where_the_solution_stopped() -> None:
    log = [Step(at(9), "new"), Step(at(10), "solved", "ours"), Step(at(10, day=12), "open", "theirs")]
    assert due(log)["solution"] == at(19, day=12)
    assert due([*log, Step(at(11, day=12), "solved")]) == dict.fromkeys(ClockKind)


def test_a_shorter_target_keeps_what_was_paused() -> None:
    log = [Step(at(9), "new"), Step(at(10), "waiting_customer", "ours"), Step(at(15), "open", "theirs")]
    shorter = Target(60 * MINUTE, 120 * MINUTE, ALWAYS)
    assert due_of(clocks(log, shorter)).due_at == at(16)


def test_while_it_is_paused_nothing_is_overdue_by_itself() -> None:
    paused = clocks(
        [Step(at(9), "new"), Step(at(9, 30), "waiting_customer")], Target(60 * MINUTE, 600 * MINUTE, ALWAYS)
    )
    assert all(each.is_paused for each in paused)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        # an hour that is skipped is none: 29 March 2026, 01:00 to 02:30 is half an hour of work
        (datetime(2026, 3, 28, 22, tzinfo=UTC), 120 + 60 + 60, datetime(2026, 3, 29, 21, 30, tzinfo=UTC)),
        # one that comes twice is two: 25 October 2026, 00:00 to 02:30 is three and a half
        (datetime(2026, 10, 24, 23, tzinfo=UTC), 210, datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_clocks_that_are_set_change_how_long_a_night_is(start, minutes, expected) -> None:
    nights = Calendar("nights", "Nights", "Europe/London", (NIGHTS,) * 7)
    assert after(start, minutes * MINUTE, nights) == expected
