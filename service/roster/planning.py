"""Rosters: made for a week, filled with shifts, published to the team; and what they miss is told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import Team, User
from crm.identity.services.alerts import notify
from service.models import Demand, Roster, Shift
from service.roster.hours import DAY, away_of, days_of, gaps

REST = timedelta(hours=11)
LONGEST = timedelta(hours=12)
AHEAD = 2 * DAY
WEEK = 7 * DAY
OVERLAP = "shift_one_at_a_time_and_rest"


@transaction.atomic
def set_demand(*, team: Team, weekdays: Sequence[int], since: int, until: int, needed: int, by: User) -> int:
    """How many must be there from an hour to before another one on these weekdays; over midnight, where it ends before it begins. 0: nobody.
    How many hours were set. Raises RuleBroken."""
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise RuleBroken(_("Choose days of the week."), field="weekdays", code="required")
    if not (0 <= since < 24 and 0 < until <= 24) or since == until:
        raise RuleBroken(_("From one hour to another one."), field="until")
    hours = range(since, until if until > since else until + 24)
    cells = [((day + hour // 24) % 7, hour % 24) for day in sorted(set(weekdays)) for hour in hours]
    _lock(team)
    for weekday in {cell[0] for cell in cells}:
        of_day = [hour for day, hour in cells if day == weekday]
        Demand.objects.filter(team=team, weekday=weekday, hour__in=of_day).delete()
    rows = [Demand(team=team, weekday=weekday, hour=hour, needed=needed) for weekday, hour in dict.fromkeys(cells)]
    Demand.objects.bulk_create(rows if needed else [])
    days = sorted(set(weekdays))
    audit.record("demand.set", team, by=by, weekdays=days, since=since, until=until, needed=needed)
    return len(rows)


@transaction.atomic
def make_roster(*, team: Team, week_on: date, by: User) -> Roster:
    """Of the week of the day. Raises RuleBroken where there is one."""
    monday = week_on - week_on.weekday() * DAY
    _lock(team)
    if Roster.objects.filter(team=team, week_on=monday).exists():
        raise RuleBroken(_("This week has a roster already."), field="week_on", code="made")
    made = Roster.objects.create(team=team, week_on=monday)
    audit.record("roster.made", made, by=by, team=team.code, week_on=monday.isoformat())
    return made


@transaction.atomic
def add_shift(*, roster: Roster, user: User, on: date, begins: time, ends: time, by: User, at: datetime) -> Shift:
    """By the clock on the wall; one that ends before it begins ends on the next day. Raises RuleBroken."""
    roster = Roster.objects.for_change(roster)
    zone = timezone.get_default_timezone()
    starts_at = datetime.combine(on, begins, zone).astimezone(UTC)
    ends_at = datetime.combine(on if ends > begins else on + DAY, ends, zone).astimezone(UTC)
    shift = Shift(roster=roster, user=user, starts_at=starts_at, ends_at=ends_at, rested_at=ends_at)
    if not roster.week_on <= on < roster.week_on + WEEK:
        raise RuleBroken(_("This day is of another week."), field="on")
    if roster.is_published and ends_at <= at:
        raise RuleBroken(_("This shift is over."), field="on")
    refuse_worker(shift, user)
    _save(shift)
    _bump(roster)
    if roster.is_published and user != by:
        tell([user], _("You work %(shift)s.") % {"shift": shift}, roster, at)
    _record("shift.added", shift, by=by)
    return shift


@transaction.atomic
def remove_shift(*, shift: Shift, by: User, at: datetime) -> None:
    """One that has not begun; who was to work it hears of it."""
    roster = Roster.objects.for_change(shift.roster)
    shift = Shift.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=shift.pk)
    if roster.is_published and shift.starts_at <= at:
        raise RuleBroken(_("It has begun: it stays as it was."), code="begun")
    _record("shift.removed", shift, by=by)
    if roster.is_published:
        tell([shift.user], _("You do not work %(shift)s.") % {"shift": shift}, roster, at)
    shift.delete()
    _bump(roster)


@transaction.atomic
def publish(*, roster: Roster, by: User, at: datetime, version: int | None = None) -> Roster:
    """Who works in it hears of it, and from then on tickets are dealt by it. What it misses is said, and does not stand against it."""
    roster = Roster.objects.for_change(roster)
    if version is not None and roster.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code="stale")
    if roster.is_published:
        raise RuleBroken(_("This roster is published already."), code="published")
    people = list(User.objects.filter(shifts__roster=roster, is_active=True).distinct())
    if not people:
        raise RuleBroken(_("Nobody works in this roster yet."), code="empty")
    roster.published_at, roster.published_by = at, by
    roster.version += 1
    roster.save(update_fields=["published_at", "published_by", "version"])
    tell(people, _("Your shifts of the week from %(day)s stand.") % {"day": said_day(roster.week_on)}, roster, at)
    audit.record("roster.published", roster, by=by, team=roster.team.code, gaps=len(gaps_of(roster)))
    return roster


def gaps_of(roster: Roster) -> list[Any]:
    return gaps(roster.team, roster.week_on, roster.week_on + WEEK)


def refuse_worker(shift: Shift, user: User) -> None:
    """Who is of the team, is there on those days, works no other shift then, and has rested."""
    if not user.is_active or not shift.roster.team.members.filter(pk=user.pk).exists():
        raise RuleBroken(_("%(user)s is not of this team.") % {"user": user}, field="user", code="team")
    if shift.ends_at - shift.starts_at > LONGEST:
        raise RuleBroken(
            _("A shift lasts at most %(hours)s hours.") % {"hours": LONGEST // timedelta(hours=1)}, field="ends"
        )
    days = days_of(shift.starts_at, shift.ends_at)
    if away_of([user.pk], days[0], days[-1] + DAY)[user.pk]:
        raise RuleBroken(_("%(user)s is away then.") % {"user": user}, field="user", code="away")


def _save(shift: Shift) -> None:
    """The database looks whether they work then, and whether they have rested."""
    shift.rested_at = shift.ends_at + REST
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != OVERLAP:  # type: ignore[union-attr]
            raise
        raise RuleBroken(not_rested(shift.user), field="user", code="rest") from error


def not_rested(user: User) -> str:
    hours = REST // timedelta(hours=1)
    return _("%(user)s works another shift then, or has not rested for %(hours)s hours.") % {
        "user": user,
        "hours": hours,
    }


@transaction.atomic
def watch_gaps(*, at: datetime) -> int:
    """Hours of the next two days that published rosters miss are told to whoever published them: once a day; to how many."""
    today, count = timezone.localdate(at), 0
    near = (
        Roster.objects.published().filter(week_on__gt=today - WEEK, week_on__lte=today + AHEAD).exclude(told_on=today)
    )
    for roster in (
        near.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("team", "published_by")
        .order_by("pk")
    ):
        first, last = max(today, roster.week_on), min(today + AHEAD, roster.week_on + WEEK)
        found = gaps(roster.team, first, last) if first < last else []
        if found and roster.published_by:
            text = ngettext(
                "%(team)s: %(count)s gap in the next two days.",
                "%(team)s: %(count)s gaps in the next two days.",
                len(found),
            )
            tell([roster.published_by], text % {"team": roster.team, "count": len(found)}, roster, at)
            Roster.objects.filter(pk=roster.pk).update(told_on=today)
            count += 1
    return count


def tell(users: Sequence[User], text: str, roster: Roster, at: datetime) -> None:
    notify(users=list(users), text=text, url=reverse("roster", args=[roster.pk]), at=at)


def _lock(team: Team) -> None:
    Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)


def _bump(roster: Roster) -> None:
    roster.version += 1
    roster.save(update_fields=["version"])


def _record(action: str, shift: Shift, *, by: Any) -> None:
    audit.record(action, shift, by=by, user=shift.user.username, team=shift.roster.team.code)
