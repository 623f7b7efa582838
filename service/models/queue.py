"""Numbers of a branch's queue, and what became of each: the log never changes."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.moving import ALONG_A_MERGE, said_once
from segmentation.models import Tier
from service.models.counters import BranchQueue, BusinessKind, Counter
from service.queue.querysets import OfNumberQuerySet, QueueNumberQuerySet


class QueueNumber(models.Model):
    """Of one day. `weight` is that of the customer's rights when it was taken, 0 for who is not known or has none: from 1 on it is a
    VIP's. `tier` is the one of then. A number that was transferred waits again, from when it was taken."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a queue number", "Waiting")
        TRANSFERRED = "transferred", pgettext_lazy("a queue number", "Transferred")
        CALLED = "called", pgettext_lazy("a queue number", "Called")
        RECALLED = "recalled", pgettext_lazy("a queue number", "Called again")
        SERVING = "serving", pgettext_lazy("a queue number", "Being served")
        SERVED = "served", pgettext_lazy("a queue number", "Served")
        NO_SHOW = "no_show", pgettext_lazy("a queue number", "Did not come")

    class FoundBy(models.TextChoices):
        WALK_IN = "walk_in", _("Walk-in")
        CARD = "card", pgettext_lazy("a queue number", "Card")
        PHONE = "phone", _("Phone number")
        OTHER = "other", _("Document or customer number")

    WAITS = (State.WAITING, State.TRANSFERRED)
    AT_COUNTER = (State.CALLED, State.RECALLED, State.SERVING)
    ENDED = (State.SERVED, State.NO_SHOW)

    queue = models.ForeignKey(
        BranchQueue, models.PROTECT, related_name="numbers", verbose_name=_("branch"), db_index=False
    )
    day = models.DateField(_("day"))
    letter = models.CharField(max_length=1)
    serial = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(
        BusinessKind, models.PROTECT, related_name="+", verbose_name=_("kind of business"), db_index=False
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    found_by = models.CharField(_("recognised by"), max_length=8, choices=FoundBy, default=FoundBy.WALK_IN)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tier"), db_index=False
    )
    weight = models.PositiveSmallIntegerField(_("queue weight"), default=0)
    is_paper = models.BooleanField(_("on paper"), default=False)
    taken_at = models.DateTimeField(pgettext_lazy("a queue number", "taken"))
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.WAITING)
    counter = models.ForeignKey(
        Counter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="numbers",
        verbose_name=_("counter"),
        db_index=False,
    )
    called_at = models.DateTimeField(_("first called"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("a queue number", "ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = QueueNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue number")
        verbose_name_plural = _("queue numbers")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["queue", "day", "letter", "serial"], name="queue_number_once_a_day"),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(state__in=["called", "recalled", "serving"]), name="queue_number_one_at_a_counter"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "transferred"], counter=None, ended_at=None)
                | Q(state__in=["called", "recalled", "serving"], counter__isnull=False, called_at__isnull=False, ended_at=None)
                | Q(state__in=["served", "no_show"], ended_at__isnull=False),
                name="queue_number_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(called_at=None) | Q(called_at__gte=models.F("taken_at")), name="queue_number_called_after_taken"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-taken_at", "-id"], name="queue_number_newest"),
            models.Index(fields=["queue", "day", "taken_at"], name="queue_number_of_day"),
            models.Index(fields=["queue", "taken_at"], condition=Q(state__in=["waiting", "transferred"]), name="queue_number_waiting"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ended_once", "OLD.ended_at IS NOT NULL", "state", "ended_at", "counter_id", "called_at"),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("queue", "day", "letter", "serial", "is_paper", "taken_at"),
            ),
            # an erasure leaves a number of nobody
            pgtrigger.Trigger(
                name="moves_with_merges",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.customer_id IS DISTINCT FROM NEW.customer_id AND OLD.customer_id IS NOT NULL AND NEW.customer_id IS NOT NULL"
                ),
                func=ALONG_A_MERGE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.serial:03}"

    @property
    def is_vip(self) -> bool:
        return self.weight > 0

    @property
    def waits(self) -> bool:
        return self.state in self.WAITS


class QueueStep(models.Model):
    """`is_vip` is what the number was when it was called; at a shared counter the order of these is what fairness is measured by."""

    class Act(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("a queue number", "Taken")
        CALLED = "called", pgettext_lazy("a queue number", "Called")
        RECALLED = "recalled", pgettext_lazy("a queue number", "Called again")
        SERVING = "serving", pgettext_lazy("a queue number", "Being served")
        SERVED = "served", pgettext_lazy("a queue number", "Served")
        NO_SHOW = "no_show", pgettext_lazy("a queue number", "Did not come")
        TRANSFERRED = "transferred", pgettext_lazy("a queue number", "Transferred")

    number = models.ForeignKey(QueueNumber, models.PROTECT, related_name="steps", verbose_name=_("queue number"))
    act = models.CharField(_("what"), max_length=11, choices=Act)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"), db_index=False
    )  # fmt: skip
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counter"), db_index=False
    )
    is_shared = models.BooleanField(_("at a shared counter"), default=False)
    is_vip = models.BooleanField(_("VIP"), default=False)

    objects = OfNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a queue number")
        verbose_name_plural = _("steps of queue numbers")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["counter", "-id"], condition=Q(act="called", is_shared=True), name="queue_step_called")
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_act_display())
