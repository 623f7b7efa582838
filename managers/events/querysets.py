"""Events are seen where their branch is one's own, above it, or for a head below it; guests where the customer is in reach."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from crm.identity.models import User
from crm.identity.scope import scope_of

AT_A_BRANCH = (User.Role.MANAGER, User.Role.TELLER, User.Role.HEAD)


def _above(path: str) -> list[str]:
    """`/HO/EAST/`: the paths of HO and of EAST."""
    codes = path.strip("/").split("/")
    return [f"/{'/'.join(codes[:end])}/" for end in range(1, len(codes) + 1)]


def branch_q(user: Any, path: str = "branch") -> Q:
    """On Event, or on a model from which `path` leads to the branch of one."""
    nobody = Q(pk__in=[])
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return nobody
    if user.role == User.Role.AUDITOR:
        return Q()
    if user.role not in AT_A_BRANCH or user.branch is None:
        return nobody
    seen = Q(**{f"{path}__path__in": _above(user.branch.path)})
    return seen | _below(user, path) if user.role == User.Role.HEAD else seen


def sees(user: Any, path: str) -> bool:
    """The same of one branch that was read already."""
    if user.role == User.Role.AUDITOR or user.branch is None:
        return bool(user.role == User.Role.AUDITOR)
    own = user.branch.path
    return own.startswith(path) or (user.role == User.Role.HEAD and path.startswith(own))


def _below(user: Any, path: str) -> Q:
    return Q(**{f"{path}__path__startswith": user.branch.path})


class EventQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(branch_q(user))

    def writable_by(self, user: Any) -> Self:
        """Those of the own branch and below it."""
        return self.filter(_below(user, "branch")) if user.branch else self.none()

    def ahead(self) -> Self:
        return self.filter(state__in=self.model.AHEAD)

    def for_change(self, pk: int) -> Any:
        """As it is now, locked until the transaction ends; before its invitations, by all who change these."""
        return self.locked([pk]).get()

    def locked(self, keys: Any) -> Self:
        return self.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",), no_key=True)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(branch_q(user, "event__branch"), scope_of(user).open_q("customer__"))

    def open(self) -> Self:
        """Of those who may still come."""
        return self.filter(state__in=self.model.OPEN)

    def accepted(self) -> Self:
        return self.filter(state=self.model.State.ACCEPTED)

    def waiting(self) -> Self:
        """First come, first served."""
        return self.filter(state=self.model.State.WAITING).order_by("event", "line")

    def counting(self) -> Self:
        """Those that use up a quota."""
        return self.exclude(state__in=(self.model.State.DECLINED, self.model.State.CANCELLED))

    def for_change(self, invitation: Any) -> Any:
        """As it is now, locked until the transaction ends. The event is locked first."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer__manager", "event")
        return rows.get(pk=invitation.pk)

    def figures(self) -> dict[str, int]:
        """Guests by state, whoever they are, and how many people came: guests with companions."""
        states = self.model.State
        counts = {str(state): Count("pk", filter=Q(state=state)) for state in states}
        came = Coalesce(Sum("places_taken", filter=Q(state=states.ATTENDED)), 0)
        return self.order_by().aggregate(everybody=Count("pk"), came=came, **counts)
