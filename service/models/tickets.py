"""A matter of a customer that somebody answers. What is said of it and what became of it stands beside it and never changes."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch
from customers.models import Customer, Interaction
from customers.models.moving import moves_with_merges, said_once
from service.models.callers import Caller
from service.models.desks import TicketQueue
from service.models.levels import ServiceLevels
from service.tickets.numbers import spoken
from service.tickets.querysets import TicketQuerySet
from service.words import ENDED, ClockKind, Impact, Kind, Priority, Status


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"null": True, "blank": True, "related_name": "+", "verbose_name": label} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


class Ticket(models.Model):
    """`due_at`, `due_kind`, `warn_at` and `is_paused` are the cache of the clock (clocks/clock.py), written whole and by nothing else:
    those of the clock that is due first. `reckoned` says by what it was: version of the service levels, and data date of the tiers.

    `number` is said as 1024-7735; its last digit tests the others. `about` is whom it complains of: they never see it.
    `caller` brought it and is no customer, or speaks for one; without a `customer` it is theirs until it is known whose it is.
    """

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer"), db_index=False
    )
    caller = models.ForeignKey(
        Caller,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=pgettext_lazy("a ticket", "brought by"),
    )
    kind = models.CharField(pgettext_lazy("a ticket", "kind"), max_length=12, choices=Kind)
    channel = models.CharField(_("channel"), max_length=12, choices=Interaction.Channel)
    subject = models.CharField(_("subject"), max_length=200)
    impact = models.CharField(_("impact"), max_length=8, choices=Impact, default=Impact.MEDIUM)
    priority = models.CharField(pgettext_lazy("a ticket", "priority"), max_length=8, choices=Priority)
    is_priority_set = models.BooleanField(_("priority set by hand"), default=False)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.NEW)
    queue = models.ForeignKey(
        TicketQueue, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("queue"), db_index=False
    )  # fmt: skip
    assignee = _person(_("assigned to"), db_index=False)
    about = _person(_("complains about"), db_index=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    opened_at = models.DateTimeField(pgettext_lazy("a ticket", "opened"))
    opened_by = _person(_("opened by"), db_index=False)
    ended_at = models.DateTimeField(pgettext_lazy("a ticket", "solved"), null=True, blank=True)
    due_at = models.DateTimeField(pgettext_lazy("a ticket", "due"), null=True, blank=True, editable=False)
    due_kind = models.CharField(_("what is due"), max_length=16, choices=ClockKind, blank=True, editable=False)
    warn_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_paused = models.BooleanField(default=False, editable=False)
    levels = models.ForeignKey(
        ServiceLevels, models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    reckoned = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ENDED, due_at=None, due_kind="", ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(due_at__isnull=False, ended_at=None) & ~Q(due_kind="")),
                name="ticket_open_is_due",
            ),
            models.CheckConstraint(
                condition=Q(about=None) | Q(assignee=None) | ~Q(assignee=F("about")), name="ticket_not_with_whom_it_is_about"
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(caller__isnull=False), name="ticket_is_of_somebody"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="ticket_is_no_part_of_itself"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["customer", "-opened_at", "-id"], name="ticket_of_customer"),
            models.Index(fields=["due_at", "id"], condition=~Q(status__in=ENDED), name="ticket_due"),
            models.Index(fields=["queue", "due_at", "id"], condition=Q(assignee=None) & ~Q(status__in=ENDED), name="ticket_waiting"),
            models.Index(fields=["assignee", "due_at", "id"], condition=~Q(status__in=ENDED), name="ticket_assigned"),
            models.Index(fields=["-opened_at", "-id"], name="ticket_newest"),
            models.Index(fields=["ended_at"], condition=Q(status="solved"), name="ticket_solved"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("closed_for_good", "OLD.status = 'closed'", "status", "ended_at", "assignee_id", "priority"),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("number", "caller", "channel", "opened_at", "opened_by"),
            ),
            moves_with_merges(from_nobody=True),
        ]

    def __str__(self) -> str:
        return f"{self.number_said} {self.subject}"

    @property
    def who(self) -> str:
        """Whose matter it is."""
        return str(self.customer) if self.customer else self.caller.who

    @property
    def branch(self) -> Branch | None:
        """The customer's, or where it was opened for somebody who is none yet."""
        return self.customer.branch if self.customer else self.opened_by.branch

    @property
    def number_said(self) -> str:
        return spoken(self.number)

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and not self.is_paused and self.due_at <= timezone.now()


class TicketWatcher(models.Model):
    """Beside the customer's manager, who always is one."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="watchers", verbose_name=_("ticket"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("watcher"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("watcher of a ticket")
        verbose_name_plural = _("watchers of tickets")
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="ticket_watched_once")]

    def __str__(self) -> str:
        return str(self.user)


class TicketLink(models.Model):
    class Kind(models.TextChoices):
        RELATES = "relates", _("is about the same as")
        REPEATS = "repeats", _("repeats")
        CAUSED_BY = "caused_by", _("is caused by")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="links", verbose_name=_("ticket"))
    other = models.ForeignKey(Ticket, models.PROTECT, related_name="linked", verbose_name=_("other ticket"))
    kind = models.CharField(pgettext_lazy("a link", "kind"), max_length=10, choices=Kind, default=Kind.RELATES)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("link between tickets")
        verbose_name_plural = _("links between tickets")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other"], name="ticket_linked_once"),
            models.CheckConstraint(condition=~Q(ticket=F("other")), name="ticket_not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
