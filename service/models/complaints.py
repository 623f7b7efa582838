"""A complaint under the law: beside its ticket, with a clock of its own that nothing pauses."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from customers.models.moving import said_once
from service.complaints.querysets import ComplaintQuerySet, OfComplaintQuerySet
from service.complaints.regimes import NAMES
from service.models.tickets import Ticket


class Complaint(models.Model):
    """`rules` are the pack of its regime as it was on the day of receipt. `due_on` and `stage` are the cache of the clock
    (complaints/clock.py), written whole and by nothing else; an answer ends it, once, and with it cause and remedies are known."""

    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="complaint", verbose_name=_("ticket"))
    regime = models.CharField(_("regime"), max_length=32)
    rules = models.JSONField(_("rules"))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    stage = models.CharField(pgettext_lazy("a complaint", "stage"), max_length=32)
    answered_on = models.DateField(pgettext_lazy("a complaint", "answered on"), null=True, blank=True)
    cause = models.CharField(_("root cause"), max_length=32, blank=True)
    remedies = ArrayField(models.CharField(max_length=32), verbose_name=_("remedies"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="complaint_due_after_receipt"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")), name="complaint_answered_after_receipt"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(answered_on=None), name="complaint_due")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "answered_once", "OLD.answered_on IS NOT NULL", "answered_on", "due_on", "stage", "cause", "remedies"
            ),
            pgtrigger.Protect(
                name="answered_with_cause",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_on__isnull=True, new__answered_on__isnull=False)
                & (pgtrigger.Q(new__cause="") | pgtrigger.Q(new__remedies=[])),
            ),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("ticket", "regime", "rules", "received_on"),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Complaint')} {self.ticket.number_said}"

    @property
    def customer_id(self) -> int | None:
        return self.ticket.customer_id

    @property
    def regime_said(self) -> str:
        return _t(NAMES.get(self.regime, self.rules["name"]))

    @property
    def days_taken(self) -> int | None:
        """From the receipt to the answer."""
        return (self.answered_on - self.received_on).days if self.answered_on else None

    @property
    def is_late(self) -> bool:
        """Answered too late, or not answered yet although the last day is over."""
        return (self.answered_on or timezone.localdate()) > self.due_on


class LegalStep(models.Model):
    """What was said on a day, from which the clock of the law follows. Never changes."""

    class Act(models.TextChoices):
        RECEIVED = "received", _("Received")
        COMPLEX = "complex", _("Found to be complex")
        APPROVED = "approved", _("Extension approved")
        NOTICED = "noticed", _("Customer told of the extension")
        HOLDING_REPLY = "holding_reply", _("Holding reply sent")
        ANSWERED = "answered", _("Final answer sent")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps", verbose_name=_("complaint"))
    act = models.CharField(_("what"), max_length=16, choices=Act)
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposal")
    )
    words = models.TextField(_("text"), max_length=10_000, blank=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a complaint")
        verbose_name_plural = _("steps of complaints")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "act"], name="complaint_step_once"),
            models.CheckConstraint(
                condition=~Q(act="approved") | Q(proposal__isnull=False), name="complaint_extension_has_an_approver"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_act_display())
