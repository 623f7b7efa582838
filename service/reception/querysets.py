from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.identity.models import User
from crm.identity.scope import scope_of
from service.queue.querysets import of_branches

STAFF = (User.Role.MANAGER, User.Role.TELLER, User.Role.AGENT, User.Role.HEAD, User.Role.AUDITOR)


class RoomQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A booking may be made at any branch, so that staff know every room."""
        is_staff = getattr(user, "is_active", False) and user.role in STAFF
        return self.all() if is_staff else self.none()

    def used(self) -> Self:
        return self.filter(is_used=True)


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """At the branches whose reception one sees, of one's own calendar, and of customers in reach."""
        if not getattr(user, "is_active", False) or user.role not in STAFF:
            return self.none()
        if user.role == User.Role.AUDITOR:
            return self.all()
        here = of_branches(user, "room__") | Q(meeting__manager=user.pk)
        return self.filter(here | scope_of(user).customers_q("meeting__customer__"))

    def standing(self) -> Self:
        return self.filter(state__in=self.model.STANDING)

    def on(self, day: date) -> Self:
        """Those that begin on a day."""
        since: datetime = timezone.make_aware(datetime.combine(day, time()))
        return self.filter(starts_at__gte=since, starts_at__lt=since + timedelta(days=1))

    def for_change(self, booking: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related(
            "meeting__customer", "meeting__manager", "room__branch"
        )
        return rows.get(pk=booking.pk)
