"""Who is at work by the rosters."""

from datetime import datetime

from django.utils import timezone

from service.models import Roster, Shift


def on_duty(at: datetime) -> dict[int, set[int]]:
    """Of each team that has a published roster of the week: who has a shift at the moment."""
    teams = Roster.objects.published().of_week(timezone.localdate(at)).values_list("team", flat=True)
    found: dict[int, set[int]] = {team: set() for team in teams}
    for team, user in Shift.objects.published().at(at).values_list("roster__team", "user"):
        if team in found:
            found[team].add(user)
    return found
