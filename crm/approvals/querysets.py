from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.approvals.kinds import kinds
from crm.identity.models import User

SEES_ALL = (User.Role.APPROVER, User.Role.AUDITOR)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """One's own; all for approvers, their deputies and auditors; for an admin what names no customer."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if user.role in SEES_ALL or user.deputy_for.holding(at=timezone.now()).exists():
            return self
        own = Q(maker=user)
        if user.role == User.Role.ADMIN:
            own |= Q(kind__in=[kind.name for kind in kinds().values() if not kind.names_customers])
        return self.filter(own)

    def open(self) -> "ProposalQuerySet":
        return self.filter(status="open")

    def undecided(self, *, at: datetime) -> "ProposalQuerySet":
        """Open, and not past its expiry, whether or not the clock has come round to say so."""
        return self.open().filter(expires_at__gt=at)

    def dearest_first(self) -> "ProposalQuerySet":
        """The oldest day first, and of a day the dearest."""
        return self.order_by("made_on", models.F("amount").desc(nulls_last=True), "pk")

    def locked(self) -> "ProposalQuerySet":
        """In order of key, until the transaction ends."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)


class DeputyQuerySet(models.QuerySet):
    def holding(self, *, at: datetime) -> "DeputyQuerySet":
        """In the place of somebody who is still an approver."""
        return self.filter(
            starts_at__lte=at, ends_at__gt=at, approver__role=User.Role.APPROVER, approver__is_active=True
        )
