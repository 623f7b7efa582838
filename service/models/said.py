"""What happened with a ticket and what was said: written once, never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedBytesField
from customers.models import DocumentImage
from service.clocks.clock import Says
from service.models.tickets import Ticket
from service.tickets.querysets import OfTicketQuerySet
from service.words import Status


def _once() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]


class TicketStep(models.Model):
    """The log, from which the clock follows: from `at` on the ticket has the status. `told` is what changed, from and to."""

    class Act(models.TextChoices):
        OPENED = "opened", pgettext_lazy("a ticket", "Opened")
        REPLIED = "replied", _("Replied")
        WROTE = "wrote", _("Customer wrote")
        NOTED = "noted", _("Noted")
        MOVED = "moved", _("Status changed")
        REOPENED = "reopened", _("Reopened")
        ASSIGNED = "assigned", pgettext_lazy("a ticket", "Assigned")
        QUEUED = "queued", _("Queue changed")
        PRIORITISED = "prioritised", _("Priority changed")
        LINKED = "linked", _("Linked")
        JOINED = "joined", pgettext_lazy("a ticket", "Customer found out")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="steps", verbose_name=_("ticket"), db_index=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"), db_index=False
    )  # fmt: skip
    act = models.CharField(_("what"), max_length=12, choices=Act)
    status = models.CharField(_("status"), max_length=16, choices=Status)
    says = models.CharField(max_length=6, choices=Says, blank=True)
    told = models.JSONField(_("details"), default=dict, blank=True)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a ticket")
        verbose_name_plural = _("steps of tickets")
        ordering = ["pk"]
        indexes = [models.Index(fields=["ticket", "id"], name="ticket_step_of_ticket")]
        triggers = _once()

    def __str__(self) -> str:
        return str(self.get_act_display())


class TicketMessage(models.Model):
    """A reply to the customer, a word of theirs, or a note that stays inside."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply to the customer")
        WORD = "word", _("From the customer")
        NOTE = "note", _("Internal note")

    step = models.OneToOneField(TicketStep, models.PROTECT, related_name="message", verbose_name=_("step"))
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="messages", verbose_name=_("ticket"), db_index=False
    )
    kind = models.CharField(pgettext_lazy("a message", "kind"), max_length=5, choices=Kind)
    body = models.TextField(_("text"), max_length=10_000)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a ticket")
        verbose_name_plural = _("messages of tickets")
        ordering = ["pk"]
        indexes = [models.Index(fields=["ticket", "id"], name="ticket_message_of_ticket")]
        triggers = _once()

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_public(self) -> bool:
        return self.kind != self.Kind.NOTE


class TicketAttachment(models.Model):
    """A file of a message, encrypted. `content_type` is what it was found to be, not what its name said."""

    message = models.ForeignKey(TicketMessage, models.PROTECT, related_name="attachments", verbose_name=_("message"))
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("format"), max_length=20, choices=DocumentImage.Kind)
    size = models.PositiveIntegerField(_("bytes"))
    content = EncryptedBytesField(editable=False)

    class Meta:
        verbose_name = _("attachment of a ticket")
        verbose_name_plural = _("attachments of tickets")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="ticket_attachment_is_not_empty")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # what is encrypted changes when the keys are turned
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["content"])
            ),
        ]

    def __str__(self) -> str:
        return self.name
