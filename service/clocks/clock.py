"""The clock: from a ticket's log, what was promised of it and a calendar, to due times. One pure function, and nothing else sets them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

from service.clocks.calendars import Calendar, Span
from service.words import ENDED, STOPPED, ClockKind


class Says(TextChoices):
    """Who spoke to whom in a step of the log."""

    NOTHING = "", ""
    OURS = "ours", "ours"
    THEIRS = "theirs", "theirs"


@dataclass(frozen=True)
class Step:
    """From this moment on the ticket has the status; and who wrote to whom then."""

    at: datetime
    status: str
    says: str = ""


@dataclass(frozen=True)
class Target:
    """How long each answer may take in working time; `warn` is the part of it, in percent, after which somebody is warned."""

    first_response: timedelta
    solution: timedelta
    calendar: Calendar
    next_response: timedelta | None = None
    warn: int = 75


@dataclass(frozen=True)
class Running:
    """One clock of a ticket. `ended_at` is when it was answered, None while it is not; while it `is_paused` no time passes, and the
    due times are those that hold if it went on at once."""

    kind: str
    began_at: datetime
    due_at: datetime
    warn_at: datetime
    ended_at: datetime | None
    is_paused: bool


def clocks(log: Sequence[Step], target: Target) -> list[Running]:
    """All clocks of a ticket whose log has at least one step, in the order in which they began."""
    if not log:
        return []
    pauses, is_paused = _pauses(log)
    found = []
    for kind, began_at, ended_at in _begun(log):
        asked = getattr(target, kind)
        if asked is None:
            continue
        before = [(since, min(until, ended_at or until)) for since, until in pauses if since < (ended_at or until)]
        due_at, warn_at = (
            after(began_at, part, target.calendar, before) for part in (asked, asked * target.warn / 100)
        )
        found.append(Running(kind, began_at, due_at, warn_at, ended_at, is_paused and ended_at is None))
    return found


def due_of(found: Sequence[Running]) -> Running | None:
    """The clock that is due first of those that run: what `due_at` of a ticket is the cache of."""
    return min((each for each in found if each.ended_at is None), key=lambda each: each.due_at, default=None)


def after(start: datetime, length: timedelta, calendar: Calendar, pauses: Sequence[Span] = ()) -> datetime:
    """The moment at which so much working time has passed since the start, pauses (in order) left out."""
    left = length
    for since, until in _worked(start, calendar, pauses):
        if until is None or until - since >= left:
            return since + left
        left -= until - since
    raise AssertionError("working time has no end")


def _worked(start: datetime, calendar: Calendar, pauses: Sequence[Span]) -> Iterator[tuple[datetime, datetime | None]]:
    """Working time outside the pauses; what has no end is the last."""
    free = list(_between(start, pauses))
    if calendar.is_always:
        yield from free
        return
    place = 0
    for opens, closes in calendar.spans_from(start):
        while place < len(free):
            since, until = free[place]
            first, last = max(opens, since), closes if until is None else min(closes, until)
            if first < last:
                yield first, last
            if until is None or until > closes:
                break
            place += 1


def _between(start: datetime, pauses: Sequence[Span]) -> Iterator[tuple[datetime, datetime | None]]:
    for since, until in pauses:
        if since > start:
            yield start, since
        start = max(start, until)
    yield start, None


def _pauses(log: Sequence[Step]) -> tuple[list[Span], bool]:
    """From when until when nothing ran, and whether nothing runs now."""
    found: list[Span] = []
    since: datetime | None = None
    for step in log:
        if step.status in STOPPED:
            since = since or step.at
        elif since:
            found.append((since, step.at))
            since = None
    return found, since is not None


def _begun(log: Sequence[Step]) -> list[tuple[str, datetime, datetime | None]]:
    """Which clocks began when, and when each was answered."""
    found: list[tuple[str, datetime, datetime | None]] = []
    answered: datetime | None = None
    asked: datetime | None = None
    solved: datetime | None = None
    for step in log:
        is_ended = step.status in ENDED
        if is_ended or step.says == Says.OURS:
            answered = answered or step.at
            if asked and asked < step.at:  # what is answered at once was no clock
                found.append((ClockKind.NEXT_RESPONSE, asked, step.at))
            asked = None
        elif step.says == Says.THEIRS and answered:
            asked = asked or step.at
        solved = (solved or step.at) if is_ended else None
    if asked:
        found.append((ClockKind.NEXT_RESPONSE, asked, None))
    begun = log[0].at
    return [(ClockKind.FIRST_RESPONSE, begun, answered), (ClockKind.SOLUTION, begun, solved), *found]
