from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from crm.identity.models import User

# who sees the queue of every branch, and who that of their own
EVERYWHERE = (User.Role.AUDITOR, User.Role.ADMIN)
AT_ONE = (User.Role.TELLER, User.Role.MANAGER)


def of_branches(user: Any, prefix: str) -> Q:
    """Of the branches that a person sees the queue of; a head those below too."""
    if not getattr(user, "is_active", False):
        return Q(pk__in=[])
    if user.role in EVERYWHERE:
        return Q()
    if user.branch is None or user.role not in (*AT_ONE, User.Role.HEAD):
        return Q(pk__in=[])
    if user.role == User.Role.HEAD:
        return Q(**{f"{prefix}branch__path__startswith": user.branch.path})
    return Q(**{f"{prefix}branch": user.branch_id})


class BranchQueueQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(of_branches(user, ""))

    def for_change(self, queue: Any) -> Any:
        """Locked until the transaction ends: one change after the other in a branch."""
        return self.select_for_update(of=("self",), no_key=True).select_related("branch").get(pk=queue.pk)


class OfBranchQuerySet(models.QuerySet):
    """Rows with a `queue`."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(of_branches(user, "queue__"))


class QueueNumberQuerySet(OfBranchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Policy admins see figures of the queue, never its numbers."""
        return self.none() if getattr(user, "role", "") == User.Role.ADMIN else super().visible_to(user)

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def waiting(self) -> Self:
        """The first that came first."""
        return self.filter(state__in=self.model.WAITS).order_by("taken_at", "pk")

    def at_counters(self) -> Self:
        return self.filter(state__in=self.model.AT_COUNTER)


class OfNumberQuerySet(models.QuerySet):
    """Rows with a `number`."""

    def visible_to(self, user: Any) -> Self:
        numbers = self.model._meta.get_field("number").related_model.objects
        return self.filter(number__in=numbers.visible_to(user).values("pk"))
