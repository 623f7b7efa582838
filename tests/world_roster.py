"""Of the world: a week that is not published yet, and one that is, with shifts of the agent that go to the teller."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from crm.identity.models import User
from tests.factories import RosterFactory, ShiftFactory, SwapFactory, TeamFactory

DAY = timedelta(days=1)


def planned() -> dict[str, Any]:
    users = {user.username: user for user in User.objects.filter(username__in=("agent", "teller", "head"))}
    team = TeamFactory()
    team.members.set(users.values())
    worked = RosterFactory(team=team, published_at=now(), published_by=users["head"])
    draft = RosterFactory()
    filled = ShiftFactory(roster=draft)
    draft.team.members.add(filled.user)
    first, second, third = (
        ShiftFactory(roster=worked, user=users["agent"], starts_at=filled.starts_at + number * DAY)
        for number in range(3)
    )
    return {
        "roster": draft,
        "planned": filled.user,
        "own_shift": third,
        "swap": SwapFactory(shift=first, to=users["teller"]),
        "agreed_swap": SwapFactory(shift=second, to=users["teller"], state="consented", consented_at=now()),
        "later": Days(draft.week_on + 2 * DAY),
    }


class Days:
    def __init__(self, pk: Any) -> None:
        self.pk = pk
