"""A customer asks the bank to forget them, and what became of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.base.crypto import EncryptedTextField
from crm.identity.models import Branch
from customers.models.moving import said_once
from customers.models.parties import Customer
from customers.querysets.privacy import ErasureQuerySet


class Erasure(models.Model):
    """Asked for on `received_on`, to be answered by `due_on`. Done by an approved proposal, and by nothing else.

    What a law keeps is sealed in `sealed`, out of everybody's sight, until `held_until`, the first day on which it may go.
    `counts` says what was taken, in numbers. `branch` is the customer's when it was asked for: an erased one has none.
    """

    class Requester(models.TextChoices):
        CUSTOMER = "customer", _("The customer")
        GUARDIAN = "guardian", _("A guardian or heir")
        AUTHORITY = "authority", _("A court or authority")
        BANK = "bank", _("The bank itself: no purpose is left")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("an erasure", "Open")
        REFUSED = "refused", _("Refused")
        HELD = "held", _("Erased, the rest sealed")
        ERASED = "erased", _("Erased")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, related_name="+", verbose_name=_("branch"), db_index=False
    )
    requester = models.CharField(_("who asked"), max_length=10, choices=Requester)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due on"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField(_("recorded"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposal")
    )
    answer = models.CharField(_("what the customer was told"), max_length=300, blank=True, default="")
    closed_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
        db_index=False,
    )
    held_until = models.DateField(_("kept until"), null=True, blank=True)
    sealed = EncryptedTextField(default="", editable=False)
    counts = models.JSONField(_("what was erased"), default=dict, editable=False)
    released_at = models.DateTimeField(_("seal gone"), null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=~Q(state="refused"), name="erasure_once",
                violation_error_message=_("The erasure of this customer is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="erasure_is_answered_at_a_moment",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="erasure_due_after_received"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="erasure_held_until_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "erased"]) | Q(proposal__isnull=False), name="erasure_by_a_proposal"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["customer", "-id"], name="erasure_of_customer"),
            models.Index(fields=["due_on", "id"], name="erasure_due"),
            models.Index(fields=["held_until"], condition=Q(state="held"), name="erasure_held"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("answered_once", "OLD.closed_at IS NOT NULL", "closed_at", "closed_by_id", "answer", "counts", "proposal_id"),
            said_once("gone_for_good", "OLD.state IN ('refused', 'erased')", "state", "sealed", "held_until", "released_at"),
            pgtrigger.Protect(
                name="what_was_asked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("customer", "branch", "requester", "received_on", "due_on", "asked_at", "asked_by"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"E{self.pk:08}"

    @property
    def number(self) -> str:
        return str(self)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_done(self) -> bool:
        return self.state in (self.State.HELD, self.State.ERASED)

    @property
    def is_proposed(self) -> bool:
        """Waits for an approver."""
        return self.is_open and self.proposal is not None and self.proposal.is_open
