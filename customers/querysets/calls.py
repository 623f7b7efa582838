"""Calls, and the figures of a phone centre."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Avg, Count, F, Q, Sum
from django.db.models.functions import Least

from crm.base.days import midnight
from crm.identity.models import User

DAY = timedelta(hours=24)


class CallQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """An agent's own; a head's people, of the own branch and below; an auditor sees all."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if user.role == User.Role.AUDITOR:
            return self
        if user.role == User.Role.HEAD and user.branch:
            return self.filter(agent__branch__path__startswith=user.branch.path)
        return self.filter(agent=user)

    def going_on(self, at: datetime) -> Self:
        return self.filter(ended_at=None, ends_at__gt=at)

    def lapsed(self, at: datetime) -> Self:
        """Over by time; nobody has ended them."""
        return self.filter(ended_at=None, ends_at__lte=at)

    def for_change(self, call):
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=call.pk)

    def wrong_within_a_day(self, customer_id: int, at: datetime) -> int:
        """Answers that were wrong, whoever took the calls."""
        rows = self.filter(customer=customer_id, begun_at__gt=at - DAY)
        return int(rows.aggregate(n=Sum("wrong"))["n"] or 0)

    def refused_on(self, customer_id: int, on: date) -> int:
        """Verifications that failed on the day, whoever took the calls."""
        began, over = midnight(on), midnight(on + timedelta(days=1))
        return self.filter(customer=customer_id, state="refused", begun_at__gte=began, begun_at__lt=over).count()

    def by_agent(self) -> models.QuerySet:
        """Per agent: calls, verified, refused and the mean length of those that ended; who took most comes first."""
        length = Least("ended_at", "ends_at") - F("begun_at")
        return (
            self.order_by()
            .values("agent__name", "agent__username")
            .annotate(
                calls=Count("pk"),
                verified=Count("pk", filter=Q(state="verified")),
                refused=Count("pk", filter=Q(state="refused")),
                length=Avg(length, filter=Q(ended_at__isnull=False), output_field=models.DurationField()),
            )
            .order_by("-calls", "agent__username")
        )
