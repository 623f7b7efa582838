"""The clocks of tickets as they were reckoned last, and what was said of them once."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from service.models.tickets import Ticket
from service.tickets.querysets import OfTicketQuerySet
from service.words import ClockKind


class TicketClock(models.Model):
    """A cache of clocks/clock.py: all rows of a ticket are written anew each time, none is ever adjusted."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks", verbose_name=_("ticket"), db_index=False)
    kind = models.CharField(_("what is due"), max_length=16, choices=ClockKind)
    began_at = models.DateTimeField(_("began"))
    due_at = models.DateTimeField(_("due"))
    warn_at = models.DateTimeField(_("warning"))
    ended_at = models.DateTimeField(_("answered"), null=True, blank=True)
    is_paused = models.BooleanField(_("paused"), default=False)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of a ticket")
        verbose_name_plural = _("clocks of tickets")
        ordering = ["began_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "kind", "began_at"], name="ticket_clock_once")]
        indexes = [
            models.Index(
                fields=["warn_at", "ticket"], condition=models.Q(ended_at=None, is_paused=False), name="ticket_clock_running"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def was_late(self) -> bool:
        return self.ended_at is not None and self.ended_at > self.due_at


class ClockAlert(models.Model):
    """That a clock is close to its time, or over it, was said: once for each clock."""

    class Level(models.TextChoices):
        WARNED = "warned", _("Warned")
        BREACHED = "breached", _("Overdue")

    ticket = models.ForeignKey(
        Ticket,
        models.PROTECT,
        related_name="clock_alerts",
        verbose_name=_("ticket"),
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(_("what is due"), max_length=16, choices=ClockKind)
    began_at = models.DateTimeField(_("began"))
    level = models.CharField(_("level"), max_length=8, choices=Level)
    due_at = models.DateTimeField(_("due"))
    said_at = models.DateTimeField(_("said"))

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert of a clock")
        verbose_name_plural = _("alerts of clocks")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "began_at", "level"], name="ticket_alert_once")
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_level_display())
