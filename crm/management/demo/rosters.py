"""The rosters of the demo bank's phone centre: this week's is published and misses an evening, next week's is being filled."""

from datetime import datetime, time, timedelta

from crm.identity.models import Team, User
from crm.management.demo.bank import Bank
from service.models import Roster, Shift
from service.roster.planning import add_shift, make_roster, publish, set_demand

DAY = timedelta(days=1)
EARLY, LATE = (time(8), time(16)), (time(12), time(20))
# from hour, to hour, how many on working days
NEEDED = ((8, 12, 1), (12, 16, 2), (16, 20, 1))


def plan_weeks(*, bank: Bank, at: datetime) -> int:
    head, agent, teller = (bank.staff[name] for name in ("head", "agent", "teller"))
    team = Team.objects.get(code="phone")
    for since, until, needed in NEEDED:
        set_demand(team=team, weekdays=range(5), since=since, until=until, needed=needed, by=head)
    monday = at.date() - at.weekday() * DAY
    roster = make_roster(team=team, week_on=monday, by=head)
    _fill(roster, agent, teller, head, at, days=5)
    publish(roster=roster, by=head, at=at)
    _fill(make_roster(team=team, week_on=monday + 7 * DAY, by=head), agent, teller, head, at, days=3)
    return Shift.objects.count()


def _fill(roster: Roster, agent: User, teller: User, head: User, at: datetime, *, days: int) -> None:
    """The agent comes early each day; the teller late, but for one evening."""
    for number in range(days):
        on = roster.week_on + number * DAY
        for user, (begins, ends) in ((agent, EARLY), (teller, LATE)):
            if user == agent or number != 3:
                add_shift(roster=roster, user=user, on=on, begins=begins, ends=ends, by=head, at=at)
