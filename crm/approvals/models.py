"""Proposals: what somebody wants changed, and who else said yes. The database holds the four eyes, for everybody."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.approvals import triggers
from crm.approvals.kinds import Kind, kind_of, kinds
from crm.approvals.querysets import DeputyQuerySet, ProposalQuerySet
from crm.base.money import CurrencyField, MoneyField
from crm.identity.models import Reach


def person(label: Any, *, null: bool = True, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name=related_name, verbose_name=label
    )


class Proposal(models.Model):
    """The full content with its hash, the version it builds on and its simulated effect. Decided once, by another."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        STALE = "stale", _("Overtaken")

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("hash"), max_length=64)
    base_version = models.CharField(_("builds on"), max_length=120, blank=True)
    effect = models.JSONField(_("effect"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    amount = MoneyField(_("cost"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    subject_user = person(_("about"))
    maker = person(_("maker"), null=False, related_name="proposals")
    made_at = models.DateTimeField(_("made"))
    made_on = models.DateField(editable=False)
    expires_at = models.DateTimeField(_("expires"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    checker = person(_("checker"))
    acting_for = person(_("in place of"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    reaches = models.ManyToManyField(Reach, related_name="+", editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checker=None) | ~Q(checker=F("maker")),
                name="proposal_maker_is_never_checker",
                violation_error_message=_("Nobody decides what they proposed."),
            ),
            models.CheckConstraint(
                condition=Q(checker=None) | Q(subject_user=None) | ~Q(checker=F("subject_user")),
                name="proposal_subject_is_never_checker",
                violation_error_message=_("Nobody decides about themselves."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None) | (~Q(status="open") & Q(decided_at__isnull=False)),
                name="proposal_is_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["approved", "refused"], checker__isnull=False)
                | (~Q(status__in=["approved", "refused"]) & Q(checker=None, acting_for=None)),
                name="proposal_is_decided_by_a_checker",
            ),
            triggers.seven_days(),
        ]
        indexes = [
            models.Index(fields=["status", "expires_at"], name="approvals_open_by_expiry"),
            models.Index(fields=["maker", "-id"], name="approvals_of_maker"),
            models.Index(fields=["subject_user", "kind", "status"], name="approvals_about_user"),
            models.Index(fields=["kind", "status"], name="approvals_of_kind"),
        ]
        triggers = triggers.PROPOSAL

    def __str__(self) -> str:
        return self.title

    @property
    def has_kind(self) -> bool:
        return self.kind in kinds()

    @property
    def what(self) -> Kind:
        return kind_of(self.kind)

    @property
    def kind_label(self) -> str:
        return str(kinds()[self.kind].label) if self.has_kind else self.kind

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_small(self) -> bool:
        """Whether it may be approved together with others like it."""
        limit = self.what.small_up_to
        return limit is not None and self.amount is not None and self.amount <= limit


class Deputy(models.Model):
    """For a dated absence `deputy` decides in the place of `approver`, and no more than the approver could."""

    approver = person(_("absent"), null=False)
    deputy = person(_("deputy"), null=False, related_name="deputy_for")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    appointed_by = person(_("appointed by"), null=False)
    appointed_at = models.DateTimeField(_("appointed"), auto_now_add=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(approver=F("deputy")), name="deputy_is_somebody_else"),
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="deputy_ends_after_start"),
        ]
        indexes = [models.Index(fields=["deputy", "ends_at"], name="approvals_deputy_until")]
        triggers = [*triggers.DEPUTY, pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.deputy} / {self.approver}"
