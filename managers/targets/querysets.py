from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from crm.identity.models import Branch, Team, User
from crm.identity.scope import scope_of
from managers.books.querysets import ManagerQuerySet


def branches_headed(user: Any) -> QuerySet[Branch]:
    """Of a head: their branch and all below it."""
    is_head = getattr(user, "role", "") == User.Role.HEAD and user.branch_id
    return Branch.objects.below(user.branch) if is_head else Branch.objects.none()


def teams_seen(user: Any) -> QuerySet[Team]:
    """Those of the branches that the user heads, and their own."""
    return Team.objects.filter(Q(branch__in=branches_headed(user)) | Q(members=user.pk)).distinct()


class TargetQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A manager sees the own ones and those of their teams, a head those of their branches, an auditor all."""
        if scope_of(user).opens_everything:
            return self.all()
        managers = ManagerQuerySet(User).visible_to(user).order_by()
        seen = Q(manager__in=managers.values("pk")) | Q(branch__in=branches_headed(user).values("pk"))
        return self.filter(seen | Q(team__in=teams_seen(user).values("pk")))

    def of_day(self, day: date) -> Self:
        """Those whose period the day is in."""
        return self.filter(since__lte=day, until__gt=day)

    def for_change(self, target: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
