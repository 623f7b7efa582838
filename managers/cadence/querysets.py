from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from crm.identity.models import User
from customers.querysets.parties import OfCustomerQuerySet

SOON = timedelta(days=14)
STATES = ("kept", "due", "overdue")


class ContactPlanQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Any:
        """The version of a day; None before the first."""
        return self.filter(effective_from__lte=on).order_by("-effective_from").first()


class DueContactQuerySet(OfCustomerQuerySet):
    def overdue(self, on: date) -> Self:
        return self.filter(_is("overdue", on))

    def in_state(self, state: str, on: date) -> Self:
        return self.filter(_is(state, on))

    def unmanaged(self) -> Self:
        """Of customers whom nobody at work looks after."""
        return self.exclude(customer__manager__is_active=True, customer__manager__role=User.Role.MANAGER)

    def counted(self, *by: str, on: date) -> Any:
        """Per value of the paths: `total`, of which `kept`, `due` and `overdue`, and `late`, those logged late."""
        counts = {state: Count("pk", filter=_is(state, on)) for state in STATES}
        late = Count("pk", filter=Q(days_late__isnull=False))
        return self.order_by().values(*by).annotate(total=Count("pk"), late=late, **counts)


def _is(state: str, on: date) -> Q:
    """Each row is in one of the states: overdue, due within a fortnight, or kept."""
    return {
        "overdue": Q(due_on__lt=on),
        "due": Q(due_on__gte=on, due_on__lte=on + SOON),
        "kept": Q(due_on__gt=on + SOON),
    }[state]
