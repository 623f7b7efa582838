"""Nights that the breaker stopped, and what a person said to each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run


class Stop(models.Model):
    """`moves` are the excesses: `[{tier, name, direction, moves, members, share, limit}]`, the largest share first.

    `started_by` is copied from the run, so that the database itself refuses who would answer for the own night.
    """

    class Answer(models.TextChoices):
        WAITING = "", _("Waits")
        RELEASED = "released", _("Released")
        REFUSED = "refused", _("Refused: run again")

    run = models.OneToOneField(Run, models.PROTECT, related_name="stop")
    stopped_at = models.DateTimeField(_("stopped at"), auto_now_add=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    moves = models.JSONField(_("moves"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stopped night")
        verbose_name_plural = _("stopped nights")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(started_by=None) | ~Q(answered_by=F("started_by")),
                name="stop_answered_by_another_person",
                violation_error_message=_("Whoever started a night can't answer for it."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None)
                | (~Q(answer="") & Q(answered_by__isnull=False) & ~Q(reason="")),
                name="stop_answered_by_somebody_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="answered_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__answer="")),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.run)
