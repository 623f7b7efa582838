"""What goes with a complaint: who was told of its last day, the letters to the customer, and a review by somebody above."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from customers.models.moving import said_once
from service.complaints.querysets import CompensationQuerySet, OfComplaintQuerySet
from service.complaints.words import Letter, Outcome
from service.models.complaints import Complaint


def never_changes() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]


class LegalAlert(models.Model):
    """That the last day of a complaint is near, or over, was said: once for each last day."""

    class Level(models.TextChoices):
        WARNED = "warned", _("Warned")
        BREACHED = "breached", pgettext_lazy("complaints", "Over the last day")

    complaint = models.ForeignKey(
        Complaint, models.PROTECT, related_name="alerts", verbose_name=_("complaint"), db_index=False
    )
    level = models.CharField(_("level"), max_length=8, choices=Level)
    due_on = models.DateField(_("to be answered by"))
    said_at = models.DateTimeField(_("said"))

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert of a complaint")
        verbose_name_plural = _("alerts of complaints")
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "due_on", "level"], name="complaint_alert_once")]
        triggers = never_changes()

    def __str__(self) -> str:
        return str(self.get_level_display())


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class ComplaintLetter(models.Model):
    """As it was sent; templates that change later change no letter."""

    complaint = models.ForeignKey(
        Complaint, models.PROTECT, related_name="letters", verbose_name=_("complaint"), db_index=False
    )
    kind = models.CharField(_("letter"), max_length=16, choices=Letter)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), max_length=20_000)
    sent_at = models.DateTimeField(_("sent"))
    sent_by = _person(_("by"))

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of a complaint")
        verbose_name_plural = _("letters of complaints")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "kind"], name="complaint_letter_once")]
        triggers = never_changes()

    def __str__(self) -> str:
        return str(self.get_kind_display())


IMPARTIAL = """
IF EXISTS (
    SELECT FROM service_complaint AS complaint JOIN service_ticket AS ticket ON ticket.id = complaint.ticket_id
    WHERE complaint.id = NEW.complaint_id AND (ticket.about_id = NEW.reviewer_id OR ticket.assignee_id = NEW.reviewer_id)
) OR EXISTS (SELECT FROM service_legalstep WHERE complaint_id = NEW.complaint_id AND by_id = NEW.reviewer_id) THEN
    RAISE EXCEPTION 'Who handled a complaint does not review it.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class ComplaintReview(models.Model):
    """The customer is not content with the answer: somebody above, who did not handle it, looks at it again. Decided once."""

    complaint = models.OneToOneField(
        Complaint, models.PROTECT, related_name="review_above", verbose_name=_("complaint")
    )
    asked_on = models.DateField(_("asked for on"))
    asked_by = _person(_("written down by"))
    words = models.TextField(_("what the customer says"), max_length=10_000)
    reviewer = _person(pgettext_lazy("a complaint", "reviewer"))
    due_on = models.DateField(_("to be decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    decision = models.TextField(_("decision"), max_length=10_000, blank=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a complaint")
        verbose_name_plural = _("reviews of complaints")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None, outcome="", decision="")
                | (Q(decided_on__gte=F("asked_on")) & ~Q(outcome="") & ~Q(decision="")),
                name="complaint_review_is_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(reviewer=F("asked_by")), name="complaint_reviewer_is_somebody_else"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("decided_once", "OLD.decided_on IS NOT NULL", "decided_on", "outcome", "decision"),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("complaint", "asked_on", "asked_by", "words", "reviewer", "due_on"),
            ),
            pgtrigger.Trigger(name="impartial", operation=pgtrigger.Insert, when=pgtrigger.Before, func=IMPARTIAL),
        ]

    def __str__(self) -> str:
        return f"{pgettext_lazy('a complaint', 'Review')} {self.complaint.ticket.number_said}"


class Compensation(models.Model):
    """A fee that a complaint asks to be given back: by a waiver that somebody else approves, in the waiver ledger and nowhere else."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="compensations", verbose_name=_("complaint"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+", verbose_name=_("proposal"))

    objects = CompensationQuerySet.as_manager()

    class Meta:
        verbose_name = _("compensation")
        verbose_name_plural = _("compensations")
        ordering = ["pk"]
        triggers = never_changes()

    def __str__(self) -> str:
        return str(self.proposal)
