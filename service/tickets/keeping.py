"""Queues, and what who works them off is able to do: kept by heads, each of their branches."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Team, User
from managers.targets.querysets import branches_headed
from service.models import DeskProfile, TicketQueue
from service.tickets.querysets import teams_kept_by

MOST = 200


@transaction.atomic
def keep_queue(
    *, code: str, name: str, team: Team, skill: str, is_dealt: bool, by: User, queue: TicketQueue | None = None
) -> TicketQueue:
    """A new one, or this one changed; its code stays. Raises RuleBroken."""
    _refuse_foreign([team, *([queue.team] if queue else [])], by, "team")
    others = TicketQueue.objects.exclude(pk=queue.pk) if queue else TicketQueue.objects.all()
    for field, value in (("code", code), ("name", name)):
        if others.filter(**{field: value}).exists():
            raise RuleBroken(_("There is a queue “%(name)s” already.") % {"name": value}, field=field)
    queue = queue or TicketQueue(code=code)
    queue.name, queue.team, queue.skill, queue.is_dealt = name, team, skill.strip().lower(), is_dealt
    queue.save()
    told: dict[str, Any] = {"code": queue.code, "team": team.code, "skill": queue.skill, "is_dealt": is_dealt}
    audit.record("ticket_queue.kept", queue, by=by, **told)
    return queue


@transaction.atomic
def keep_profile(
    *,
    user: User,
    capacity: int,
    skills: list[str],
    away_until: date | None,
    by: User,
    teams: Iterable[Team] | None = None,
) -> DeskProfile:
    """Of somebody who may work on tickets; `teams` of the head's own become theirs, but for managers, whose heads make their teams.
    Raises RuleBroken."""
    if user.branch is None or not branches_headed(by).filter(pk=user.branch.pk).exists():
        raise RuleBroken(_("%(user)s is of no branch of yours.") % {"user": user}, field="user", code="reach")
    if not user.is_active or not user.may("tickets:write"):
        raise RuleBroken(_("%(user)s does not work on tickets.") % {"user": user}, field="user", code="role")
    if not 1 <= capacity <= MOST:
        raise RuleBroken(_("From 1 to %(most)s tickets at once.") % {"most": MOST}, field="capacity")
    said: dict[str, Any] = {
        "capacity": capacity,
        "skills": sorted({each.strip().lower() for each in skills if each.strip()}),
    }
    if teams is not None and user.role != User.Role.MANAGER:
        _join(user, list(teams), by)
    profile, _made = DeskProfile.objects.update_or_create(user=user, defaults=said | {"away_until": away_until})
    away = away_until.isoformat() if away_until else ""
    audit.record("desk_profile.kept", profile, by=by, user=user.username, away_until=away, **said)
    return profile


def _join(user: User, teams: list[Team], by: User) -> None:
    """Teams of others stay as they are."""
    _refuse_foreign(teams, by, "teams")
    kept = user.teams.exclude(pk__in=teams_kept_by(by).values("pk"))
    user.teams.set([*teams, *kept])


def _refuse_foreign(teams: list[Team], by: User, field: str) -> None:
    keys = {team.pk for team in teams}
    if teams_kept_by(by).filter(pk__in=keys).count() < len(keys):
        raise RuleBroken(_("This team is of no branch of yours."), field=field, code="reach")
