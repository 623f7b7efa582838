from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from crm.identity.models import User

PLANNERS = (User.Role.HEAD, User.Role.AUDITOR)


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Heads plan and see all of them; of the own teams one sees what is published."""
        if not getattr(user, "is_active", False) or not user.may("rosters:read"):
            return self.none()
        if user.role in PLANNERS:
            return self
        return self.filter(team__in=user.teams.values("pk"), published_at__isnull=False)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def of_week(self, day: date) -> Self:
        return self.filter(week_on=day - timedelta(days=day.weekday()))

    def for_change(self, roster: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=roster.pk)


class ShiftQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        rosters = apps.get_model("service", "Roster").objects.visible_to(user)
        return self.filter(roster__in=rosters.order_by().values("pk"))

    def at(self, moment: datetime) -> Self:
        """That are worked at the moment."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def between(self, first: datetime, last: datetime) -> Self:
        return self.filter(starts_at__lt=last, ends_at__gt=first)

    def published(self) -> Self:
        return self.filter(roster__published_at__isnull=False)


class OfRosterQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Planners all; others what they asked or are asked."""
        if not getattr(user, "is_active", False) or not user.may("swaps:read"):
            return self.none()
        return self if user.role in PLANNERS else self.filter(Q(asked_by=user.pk) | Q(to=user.pk))
