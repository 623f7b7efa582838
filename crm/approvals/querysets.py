from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT

from crm.approvals.kinds import kinds
from crm.identity.models import User

SEES_ALL = (User.Role.APPROVER, User.Role.AUDITOR)
PRESENT = (User.Role.APPROVER, User.Role.HEAD)
GIVING = ("role", "login_reset")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """One's own; all for approvers, their deputies and auditors; for an admin what names no customer, for a head
        what those of the own branches propose. Never what is kept from whom it is about."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        kept = [kind.name for kind in kinds().values() if kind.is_kept_from_subject]
        rows = self.exclude(kind__in=kept, subject_user=user)
        if user.role in SEES_ALL or (user.role in PRESENT and places_of(user)):
            return rows
        own = Q(maker=user)
        if user.role == User.Role.HEAD and user.branch:
            own |= Q(maker__branch__path__startswith=user.branch.path)
        if user.role == User.Role.ADMIN:
            own |= Q(kind__in=[kind.name for kind in kinds().values() if not kind.names_customers])
        return rows.filter(own)

    def open(self) -> "ProposalQuerySet":
        return self.filter(status="open")

    def undecided(self, *, at: datetime) -> "ProposalQuerySet":
        """Open, and not past its expiry, whether or not the clock has come round to say so."""
        return self.open().filter(expires_at__gt=at)

    def giving(self) -> "ProposalQuerySet":
        """Those by which somebody got a role or a login."""
        return self.filter(status="approved", kind__in=GIVING)

    def awaiting(self, user: Any, *, at: datetime) -> "ProposalQuerySet":
        """What the user may decide, in the own right or for an absent approver (but for what a kind itself forbids)."""
        found = Q(pk__in=[])
        for barred in places_of(user, at=at):
            given = self.model.objects.giving().filter(Q(maker__in=barred) | Q(checker__in=barred))
            named = given.annotate(username=KT("content__username")).values("username")
            found |= (
                ~Q(maker__in=barred)
                & (Q(subject_user=None) | ~Q(subject_user__in=barred))
                & ~Q(maker__username__in=named)
            )
        return self.undecided(at=at).filter(found)

    def oldest_and_dearest(self) -> "ProposalQuerySet":
        """The oldest day first, and of a day the dearest."""
        return self.order_by("made_on", F("amount").desc(nulls_last=True), "pk")

    def locked(self) -> "ProposalQuerySet":
        """In order of key, until the transaction ends."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)


def places_of(user: Any, *, at: datetime | None = None) -> list[set[int]]:
    """For each place in which the user decides, the people whose own proposals are barred; empty for most people."""
    if user.role == User.Role.APPROVER:
        return [{user.pk}]
    if user.role != User.Role.HEAD:
        return []
    return [{user.pk, absent} for absent in user.deputy_for.holding(at=at).values_list("approver", flat=True)]


class DeputyQuerySet(models.QuerySet):
    def holding(self, *, at: datetime | None = None) -> "DeputyQuerySet":
        """In the place of somebody who is still an approver, by somebody who still may; now, unless `at` says when."""
        moment = models.functions.Now() if at is None else at
        return self.filter(
            starts_at__lte=moment, ends_at__gt=moment, approver__role=User.Role.APPROVER, approver__is_active=True,
            deputy__role__in=PRESENT, deputy__is_active=True,
        )  # fmt: skip
