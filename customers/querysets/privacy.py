"""Subject exports and erasures."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from crm.identity.models import Branch, User
from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class SubjectExportQuerySet(OfCustomerQuerySet):
    def expired(self, *, at: datetime) -> Self:
        return self.filter(expires_at__lte=at).exclude(content="")

    def sealed(self) -> Self:
        """Those that keep contact data."""
        return self.exclude(content="").order_by("pk")

    def without_content(self) -> Self:
        """What lists show: nothing is opened for them."""
        return self.defer("content")


class ErasureQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for approvers and auditors; for a head those of the customers in reach, and of the own branches' erased ones."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if user.role in (User.Role.APPROVER, User.Role.AUDITOR):
            return self
        if user.role != User.Role.HEAD or user.branch is None:
            return self.none()
        below = Branch.objects.below(user.branch).values("pk")
        erased = Q(branch__in=below, customer__erased_on__isnull=False)
        return self.filter(erased | scope_of(user).customers_q("customer__"))

    def open(self) -> Self:
        return self.filter(state="open")

    def releasable(self, *, on: date) -> Self:
        """Those whose seal may go."""
        return self.filter(state="held", held_until__lte=on).order_by("pk")

    def sealed(self) -> Self:
        """Those that keep contact data."""
        return self.exclude(sealed="").order_by("pk")

    def for_change(self, erasure: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=erasure.pk)
